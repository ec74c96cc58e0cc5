using GeoCivic.Spatial.Calendar;

namespace GeoCivic.Issues;

/// <summary>Until when a report has to be filed (立案).</summary>
/// <param name="DueAt">The instant; null when none was set.</param>
/// <param name="Zh">How it came about, or why there is none.</param>
/// <param name="En">The same in English.</param>
internal sealed record FilingLimit(DateTime? DueAt, string? Zh, string? En)
{
    /// <summary>Nothing said.</summary>
    public static readonly FilingLimit None = new(null, null, null);

    /// <summary>
    /// The limit from now. What a worker saw is taken also when the year's calendar is missing: then there is no limit,
    /// and the text says so.
    /// </summary>
    public static async Task<FilingLimit> OfAsync(TaskClocks clocks)
    {
        try
        {
            var (deadline, _, _) = await clocks.StartAsync("file");
            return new FilingLimit(
                deadline.DueAt.UtcDateTime,
                deadline.Explanation.Zh,
                deadline.Explanation.En
            );
        }
        catch (CalendarYearMissingException e)
        {
            return new FilingLimit(
                null,
                $"缺少{e.Year}年工作日历，未计算立案时限。",
                $"The working calendar of {e.Year} is missing; no limit for filing was set."
            );
        }
    }
}
