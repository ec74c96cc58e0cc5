namespace GeoCivic.Photos;

/// <summary>Bounds that keep one photo from taking the machine; beyond them it is refused with 413.</summary>
public static class PhotoLimits
{
    /// <summary>Bytes of one photo as sent.</summary>
    public const int MaxBytes = 20 << 20;

    /// <summary>Pixels of one photo, as its header declares them.</summary>
    public const long MaxPixels = 50_000_000;

    /// <summary>Bytes of embedded EXIF that are looked at; a camera writes at most 64 KiB.</summary>
    public const int MaxExifBytes = 256 << 10;

    /// <summary>Refuses sizes that are nothing or too much.</summary>
    /// <exception cref="Http.ProblemException">413 too many pixels; 422 none.</exception>
    public static void CheckPixels(int width, int height)
    {
        if (width <= 0 || height <= 0)
        {
            throw PhotoRefusal.Damaged("The header declares a width or height of 0.");
        }

        if ((long)width * height > MaxPixels)
        {
            throw PhotoRefusal.TooManyPixels(width, height);
        }
    }
}
