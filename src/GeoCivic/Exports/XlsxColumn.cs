namespace GeoCivic.Exports;

/// <summary>A column of a sheet.</summary>
/// <param name="Header">Its first cell.</param>
/// <param name="Width">In characters of the standard font; null for the program's own width.</param>
/// <param name="Wraps">Whether long texts get more lines.</param>
internal sealed record XlsxColumn(string Header, double? Width = null, bool Wraps = false);

/// <summary>A text that opens an address.</summary>
/// <param name="Text">What the cell shows.</param>
/// <param name="Address">Absolute address.</param>
internal sealed record XlsxLink(string Text, string Address);
