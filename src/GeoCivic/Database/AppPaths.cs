namespace GeoCivic.Database;

/// <summary>Where the repository's (or the published copy's) files lie.</summary>
public static class AppPaths
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);

    /// <summary>The folder that holds <c>wwwroot</c> and <c>data</c>.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>Files served to browsers.</summary>
    public static string WebRoot => Path.Combine(Root, "wwwroot");

    /// <summary>Reference and demo data.</summary>
    public static string Data => Path.Combine(Root, "data");

    /// <summary>Where photos are kept, a folder for each database, unless <c>Photos:Directory</c> names another; never below <see cref="WebRoot"/>.</summary>
    public static string Photos => Path.Combine(Root, ".geocivic", "photos");

    private static string FindRoot()
    {
        var named = Environment.GetEnvironmentVariable("GEOCIVIC_ROOT");
        if (!string.IsNullOrEmpty(named))
        {
            return named;
        }

        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (
                Directory.Exists(Path.Combine(folder.FullName, "wwwroot"))
                && Directory.Exists(Path.Combine(folder.FullName, "data", "reference"))
            )
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            "No folder with wwwroot and data above the program; set GEOCIVIC_ROOT to the repository's folder."
        );
    }
}
