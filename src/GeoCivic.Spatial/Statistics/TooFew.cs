namespace GeoCivic.Spatial.Statistics;

/// <summary>Why a statistic says nothing.</summary>
public enum TooFewReason
{
    /// <summary>Fewer cells with a value than the normal approximation needs.</summary>
    Cells,

    /// <summary>Fewer events than cells need so that a neighbourhood can stand out at all.</summary>
    Events,

    /// <summary>Every cell has the same value: there is nothing to compare.</summary>
    Constant,
}

/// <summary>A refusal: the data are too few for a statement.</summary>
/// <param name="Reason">What is missing.</param>
/// <param name="N">What there is: cells with a value, or events.</param>
/// <param name="Needed">What is needed.</param>
public sealed record TooFew(TooFewReason Reason, int N, int Needed)
{
    /// <summary>
    /// Cells with a value that a statement needs. Gi* is asymptotically normal as the number of cells grows (Getis and Ord,
    /// Geographical Analysis 24, 1992; Ord and Getis, Geographical Analysis 27, 1995); 30 is the customary least number,
    /// and the tests of this project simulate the rate of false alarms at it.
    /// </summary>
    public const int LeastCells = 30;

    /// <summary>
    /// Events that a statement needs. With fewer, nearly all cells hold none, and two events that happen to be neighbours
    /// would already be an alarm; the tests simulate the rate of false alarms at it.
    /// </summary>
    public const int LeastEvents = 30;

    /// <summary>The reason as programs write it: <c>cells</c>, <c>events</c> or <c>constant</c>.</summary>
    public string Word =>
        Reason switch
        {
            TooFewReason.Cells => "cells",
            TooFewReason.Events => "events",
            _ => "constant",
        };

    /// <summary>Whether the data are too few, or null when they are enough.</summary>
    /// <param name="values">The cells' values; NaN where a cell has none.</param>
    /// <param name="events">What was counted in all cells with a value, where it is events; null for other measurements.</param>
    public static TooFew? Check(ReadOnlySpan<double> values, long? events = null)
    {
        int n = 0;
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                n++;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
        }

        return n < LeastCells ? new TooFew(TooFewReason.Cells, n, LeastCells)
            : events < LeastEvents ? new TooFew(TooFewReason.Events, (int)events, LeastEvents)
            : low == high ? new TooFew(TooFewReason.Constant, 1, 2)
            : null;
    }
}
