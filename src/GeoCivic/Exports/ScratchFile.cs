namespace GeoCivic.Exports;

/// <summary>Files that live as long as an answer.</summary>
/// <remarks>A zip made of a stream that cannot go back holds sizes behind the data, which not every office program reads.</remarks>
internal static class ScratchFile
{
    /// <summary>An empty file to write, go back and read.</summary>
    /// <param name="kind">A word for its name, so that a full disk tells what filled it.</param>
    public static FileStream Create(string kind)
    {
        var path = Path.Combine(Path.GetTempPath(), $"geocivic-{kind}-{Guid.NewGuid():N}");
        var file = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                Share = FileShare.Delete,
                Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
            }
        );
        if (!OperatingSystem.IsWindows())
        {
            // It lives on without a name, so that not even a killed service leaves it behind.
            File.Delete(path);
        }

        return file;
    }
}
