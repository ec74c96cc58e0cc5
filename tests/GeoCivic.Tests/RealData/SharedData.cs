namespace GeoCivic.Tests.RealData;

/// <summary>Real files beside the repository, never part of it.</summary>
internal static class SharedData
{
    internal static string Path(string name)
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "GeoCivic.sln")))
            {
                var path = System.IO.Path.Combine(folder.Parent!.FullName, "shared", "data", name);
                return File.Exists(path)
                    ? path
                    : throw new FileNotFoundException($"The tests need the real data file {path}.");
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
