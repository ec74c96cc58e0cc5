using System.Runtime.InteropServices;
using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.Photos;

/// <summary>
/// Photos in a folder: <c>ab/cd/abcd…</c>, written beside and moved into place, so that a name that exists always has
/// its whole content.
/// </summary>
public sealed class FilePhotoStore : IPhotoStore
{
    private const string IncomingName = "incoming";
    private readonly string _root;
    private readonly string _incoming;
    private readonly TimeProvider _clock;

    /// <summary>Opens the store, making its folder if there is none.</summary>
    /// <param name="root">The folder.</param>
    /// <param name="clock">Clock for the age of photos.</param>
    /// <exception cref="InvalidOperationException">The folder is one that is served to browsers.</exception>
    public FilePhotoStore(string root, TimeProvider clock)
    {
        _root = Path.GetFullPath(root);
        _clock = clock;
        var web = Path.GetFullPath(AppPaths.WebRoot) + Path.DirectorySeparatorChar;
        if ((_root + Path.DirectorySeparatorChar).StartsWith(web, StringComparison.Ordinal))
        {
            throw new InvalidOperationException(
                "Photos:Directory lies below the web root; photos would be served without asking who may see them."
            );
        }

        _incoming = Path.Combine(_root, IncomingName);
        Directory.CreateDirectory(_incoming);
    }

    /// <inheritdoc />
    public async Task<PhotoHash> PutAsync(
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        var hash = PhotoHash.Of(content.Span);
        var path = PathOf(hash);
        if (TryTouch(path))
        {
            return hash;
        }

        try
        {
            var temporary = Path.Combine(_incoming, $"{Guid.NewGuid():n}.new");
            try
            {
                await using (
                    var file = new FileStream(
                        temporary,
                        FileMode.CreateNew,
                        FileAccess.Write,
                        FileShare.None,
                        bufferSize: 0,
                        FileOptions.Asynchronous
                    )
                )
                {
                    await file.WriteAsync(content, cancellationToken);
                    file.Flush(flushToDisk: true);
                }

                File.SetLastWriteTimeUtc(temporary, _clock.GetUtcNow().UtcDateTime);
                var folder = Path.GetDirectoryName(path)!;
                Directory.CreateDirectory(folder);
                File.Move(temporary, path, overwrite: true);
                // The move is in the folder, and the folder in its parents: without these a power cut may forget it.
                DirectorySync.Flush(folder);
                DirectorySync.Flush(Path.GetDirectoryName(folder)!);
                DirectorySync.Flush(_root);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (IOException e) when (IsFull(e))
        {
            throw PhotoRefusal.StoreFull();
        }

        return hash;
    }

    /// <summary>The folder of a database's photos: the configured one, else one named after the database below <see cref="AppPaths.Photos"/>.</summary>
    public static string FolderOf(string? configured, string connectionString)
    {
        var database = new NpgsqlConnectionStringBuilder(connectionString).Database ?? "geocivic";
        return string.IsNullOrEmpty(configured)
            ? Path.Combine(
                AppPaths.Photos,
                string.Concat(database.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'))
            )
            : configured;
    }

    /// <inheritdoc />
    public Stream? OpenRead(PhotoHash hash)
    {
        try
        {
            return new FileStream(
                PathOf(hash),
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read | FileShare.Delete,
                1 << 16,
                FileOptions.Asynchronous | FileOptions.SequentialScan
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc />
    public IEnumerable<PhotoHash> List()
    {
        foreach (var file in Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories))
        {
            if (
                PhotoHash.TryParse(Path.GetFileName(file), out var hash)
                && file.Equals(PathOf(hash), StringComparison.Ordinal)
            )
            {
                yield return hash;
            }
        }
    }

    /// <inheritdoc />
    public bool Delete(PhotoHash hash, DateTimeOffset unlessPutSince)
    {
        var path = PathOf(hash);
        if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) >= unlessPutSince.UtcDateTime)
        {
            return false;
        }

        // Between looking and removing somebody may put it again. Moved aside, it is out of their reach: a put before
        // the move shows in its time, and one after it writes a new file.
        var aside = Path.Combine(_incoming, $"{Guid.NewGuid():n}.old");
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            return false;
        }

        if (File.GetLastWriteTimeUtc(aside) >= unlessPutSince.UtcDateTime)
        {
            File.Move(aside, path, overwrite: true);
            return false;
        }

        File.Delete(aside);
        return true;
    }

    /// <inheritdoc />
    public int DeleteLeftovers(DateTimeOffset before)
    {
        var removed = 0;
        foreach (var file in Directory.EnumerateFiles(_incoming))
        {
            if (File.GetLastWriteTimeUtc(file) < before.UtcDateTime)
            {
                File.Delete(file);
                removed++;
            }
        }

        return removed;
    }

    private string PathOf(PhotoHash hash)
    {
        var text = hash.ToString();
        return Path.Combine(_root, text[..2], text[2..4], text);
    }

    // A fresh time keeps the sweep of orphans away until the record that names the photo is committed.
    private bool TryTouch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
    }

    // ENOSPC and EDQUOT of Linux, ERROR_DISK_FULL of the runtime.
    private static bool IsFull(IOException e) =>
        e.HResult is 28 or 122 || unchecked((uint)e.HResult) == 0x80070070;
}

/// <summary>Makes names in a folder durable.</summary>
internal static partial class DirectorySync
{
    /// <summary>fsync of a folder; nothing where the system keeps no folders that way.</summary>
    public static void Flush(string folder)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var descriptor = Open([.. System.Text.Encoding.UTF8.GetBytes(folder), 0], 0);
        if (descriptor < 0)
        {
            throw new IOException($"The folder {folder} cannot be opened.");
        }

        var failed = Fsync(descriptor) != 0;
        _ = Close(descriptor);
        if (failed)
        {
            throw new IOException($"The folder {folder} cannot be flushed.");
        }
    }

#pragma warning disable SYSLIB1054 // Generated marshalling needs unsafe code, which nothing else here does.
    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    private static extern int Close(int descriptor);
#pragma warning restore SYSLIB1054
}
