namespace GeoCivic.Spatial.Locating;

/// <summary>A rectangle along the axes.</summary>
internal readonly record struct Box(double MinX, double MaxX, double MinY, double MaxY)
{
    internal double Width => MaxX - MinX;

    internal double Height => MaxY - MinY;

    internal Box With(Box other) =>
        new(
            Math.Min(MinX, other.MinX),
            Math.Max(MaxX, other.MaxX),
            Math.Min(MinY, other.MinY),
            Math.Max(MaxY, other.MaxY)
        );

    internal Box Intersect(Box other) =>
        new(
            Math.Max(MinX, other.MinX),
            Math.Min(MaxX, other.MaxX),
            Math.Max(MinY, other.MinY),
            Math.Min(MaxY, other.MaxY)
        );

    /// <summary>Whether a point is in it, edges included; NaN is not.</summary>
    internal bool Contains(double x, double y) => x >= MinX && x <= MaxX && y >= MinY && y <= MaxY;
}

/// <summary>Single-precision bounds rounded outwards, as PostGIS stores them.</summary>
internal static class FloatBox
{
    internal static float Down(double value)
    {
        float nearest = (float)value;
        return nearest <= value ? nearest : MathF.BitDecrement(nearest);
    }

    internal static float Up(double value)
    {
        float nearest = (float)value;
        return nearest >= value ? nearest : MathF.BitIncrement(nearest);
    }
}
