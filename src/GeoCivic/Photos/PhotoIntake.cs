namespace GeoCivic.Photos;

/// <summary>A photo that is in the store.</summary>
/// <param name="Hash">Its name there.</param>
/// <param name="ReceivedHash">SHA-256 of the bytes as they came, for the sender to compare.</param>
/// <param name="Photo">What is known of it.</param>
public sealed record ReceivedPhoto(PhotoHash Hash, PhotoHash ReceivedHash, CleanPhoto Photo);

/// <summary>
/// The one way into the store: takes a photo from a request, checks and cleans it, keeps it. A slow sender holds only
/// a file on disk; only a few photos at a time are in memory.
/// </summary>
public sealed class PhotoIntake(IPhotoStore store) : IDisposable
{
    private readonly SemaphoreSlim _atWork = new(Math.Max(2, Environment.ProcessorCount));

    /// <summary>Receives one photo.</summary>
    /// <param name="body">Its bytes; name and declared type are not asked for, the content decides.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Http.ProblemException">413 too large, 415 another format, 422 damaged, 507 no space.</exception>
    public async Task<ReceivedPhoto> ReceiveAsync(
        Stream body,
        CancellationToken cancellationToken = default
    )
    {
        await using var spool = await SpoolAsync(body, cancellationToken);
        await _atWork.WaitAsync(cancellationToken);
        try
        {
            var original = new byte[spool.Length];
            spool.Position = 0;
            await spool.ReadExactlyAsync(original, cancellationToken);
            var photo = CleanPhoto.From(original);
            var hash = await store.PutAsync(photo.Content, cancellationToken);
            return new ReceivedPhoto(hash, PhotoHash.Of(original), photo);
        }
        finally
        {
            _atWork.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _atWork.Dispose();

    // The limit counts what arrives; no declared length is believed, and nothing beyond it is read.
    private static async Task<FileStream> SpoolAsync(
        Stream body,
        CancellationToken cancellationToken
    )
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            // The original still has its metadata.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), $"geocivic-photo-{Guid.NewGuid():n}"),
            options
        );
        try
        {
            var buffer = new byte[1 << 16];
            var received = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                received += read;
                if (received > PhotoLimits.MaxBytes)
                {
                    throw PhotoRefusal.TooLarge();
                }

                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            await file.FlushAsync(cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
