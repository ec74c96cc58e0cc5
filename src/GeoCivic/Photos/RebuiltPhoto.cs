namespace GeoCivic.Photos;

/// <summary>A photo whose container was written anew with nothing but what is needed to show it.</summary>
/// <param name="Content">The new file.</param>
/// <param name="Width">Pixels across, as stored (before the orientation is applied).</param>
/// <param name="Height">Pixels down, as stored.</param>
/// <param name="Exif">The EXIF block (a TIFF structure) that was left out, for reading place and time; or null.</param>
internal sealed record RebuiltPhoto(byte[] Content, int Width, int Height, byte[]? Exif);
