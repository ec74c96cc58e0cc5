namespace GeoCivic.Spatial.Tests;

/// <summary>Finds files of the repository and of the shared folder beside it.</summary>
internal static class RepositoryFiles
{
    internal static string Root { get; } = FindRoot();

    internal static string Shared(params string[] path) =>
        Path.GetFullPath(Path.Combine([Root, "..", "shared", .. path]));

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "GeoCivic.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException("GeoCivic.sln is in no parent folder.");
    }
}
