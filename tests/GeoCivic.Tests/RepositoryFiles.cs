namespace GeoCivic.Tests;

/// <summary>The repository's folder, and the data beside it, which is not part of it.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = GeoCivic.Database.AppPaths.Root;

    public static string Shared(params string[] parts) =>
        System.IO.Path.GetFullPath(
            System.IO.Path.Combine([Root, "..", "shared", "data", .. parts])
        );
}
