namespace GeoCivic.Photos;

/// <summary>A photo that may be kept: checked, without metadata, with what was learnt from them beside it.</summary>
/// <param name="Content">The file without metadata.</param>
/// <param name="Format">Its format.</param>
/// <param name="Width">Pixels across, before the orientation is applied.</param>
/// <param name="Height">Pixels down, before the orientation is applied.</param>
/// <param name="Capture">What the camera wrote.</param>
public sealed record CleanPhoto(
    ReadOnlyMemory<byte> Content,
    PhotoFormat Format,
    int Width,
    int Height,
    PhotoCapture Capture
)
{
    /// <summary>
    /// Checks a photo and rebuilds it without metadata. It fails closed: what is not fully understood is refused, and
    /// there is no way by which the original could be kept.
    /// </summary>
    /// <param name="original">The file as sent, at most <see cref="PhotoLimits.MaxBytes"/>.</param>
    /// <exception cref="Http.ProblemException">413 too large, 415 another format, 422 damaged.</exception>
    public static CleanPhoto From(byte[] original)
    {
        if (original.Length > PhotoLimits.MaxBytes)
        {
            throw PhotoRefusal.TooLarge();
        }

        var format = PhotoFormats.Detect(original);
        var rebuilt = format switch
        {
            PhotoFormat.Jpeg => JpegRebuild.Rebuild(original),
            PhotoFormat.Png => PngRebuild.Rebuild(original),
            _ => WebpRebuild.Rebuild(original),
        };
        return new CleanPhoto(
            rebuilt.Content,
            format,
            rebuilt.Width,
            rebuilt.Height,
            PhotoCapture.Read(rebuilt.Exif)
        );
    }
}
