namespace GeoCivic.Photos;

/// <summary>Keeps photos by their content. Whether somebody may see one is for the caller to check.</summary>
public interface IPhotoStore
{
    /// <summary>Keeps a photo. When this returns, it outlives a crash; the same content is kept once.</summary>
    /// <param name="content">The photo without metadata.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="Http.ProblemException">507 when there is no space.</exception>
    Task<PhotoHash> PutAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Opens a photo for reading, seekable; null when it is not here.</summary>
    Stream? OpenRead(PhotoHash hash);

    /// <summary>All photos that are here, in no particular order.</summary>
    IEnumerable<PhotoHash> List();

    /// <summary>
    /// Removes a photo unless it was put (again) since <paramref name="unlessPutSince"/>; a photo that is put at the
    /// same moment stays.
    /// </summary>
    /// <returns>Whether it was removed.</returns>
    bool Delete(PhotoHash hash, DateTimeOffset unlessPutSince);

    /// <summary>Removes what interrupted writes before an instant left behind.</summary>
    /// <returns>How many files were removed.</returns>
    int DeleteLeftovers(DateTimeOffset before);
}
