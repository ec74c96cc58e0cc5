using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>A row of the maintained running sums.</summary>
/// <param name="First">1 January of the row's year.</param>
/// <param name="Days">Days with a change, in order; 1 is <paramref name="First"/>.</param>
/// <param name="Sums">How many up to and with each.</param>
internal readonly record struct YearSums(DateOnly First, short[] Days, int[] Sums)
{
    /// <summary>Years that the rows of a slice run over.</summary>
    public static int SpanOf(string slice) => slice is "all" or "open" or "closed" ? 2 : 1;

    /// <summary>
    /// A query of the rows that cover a window: every <paramref name="span"/> years from the year of its first day, so that
    /// no day is in two of them.
    /// </summary>
    public static NpgsqlCommand Command(
        NpgsqlConnection connection,
        string file,
        string? street,
        int span,
        DateOnly from,
        DateOnly to
    )
    {
        var last = from.Year + ((to.Year - from.Year) / span * span);
        return new NpgsqlCommand(Sql.Load($"Hotspots/{file}.sql"), connection)
            .With("street", street)
            .With("span", span)
            .With("first_year", from.Year)
            .With("before_day", from.DayOfYear - 1)
            .With("last_year", last)
            .With("to_day", to.DayNumber - new DateOnly(last, 1, 1).DayNumber + 1);
    }

    /// <summary>How many up to and with a day.</summary>
    public long Until(DateOnly day)
    {
        var at = Array.BinarySearch(
            Days,
            (short)Math.Clamp(day.DayNumber - First.DayNumber + 1, 0, short.MaxValue)
        );
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? 0 : Sums[at];
    }
}
