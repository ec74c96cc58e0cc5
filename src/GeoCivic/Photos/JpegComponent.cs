namespace GeoCivic.Photos;

/// <summary>One colour of a JPEG.</summary>
/// <param name="Id">Its number in the file.</param>
/// <param name="Across">Blocks of it in a coding unit, across.</param>
/// <param name="Down">Blocks of it in a coding unit, down.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down)
{
    /// <summary>Blocks that cover the picture, across.</summary>
    public int Columns { get; set; }

    /// <summary>Blocks that cover the picture, down.</summary>
    public int Rows { get; set; }

    /// <summary>Blocks in a row when whole coding units are counted.</summary>
    public int Stride { get; set; }

    /// <summary>For each block the coefficients that are not zero yet known: later scans refine exactly those.</summary>
    public ulong[] Known { get; set; } = [];

    /// <summary>Whether a scan had it.</summary>
    public bool Scanned { get; set; }
}
