namespace GeoCivic.Hotspots;

/// <summary>Whole days of Beijing time, both included.</summary>
public readonly record struct TimeStep(DateOnly From, DateOnly To);

/// <summary>Divides time into days, weeks that start on Monday, or months.</summary>
public static class TimeSteps
{
    /// <summary>The most steps of one answer.</summary>
    public const int Most = 400;

    /// <summary>
    /// The whole steps from the one that holds the first day to the one that holds the last, so that the first and the last
    /// can be compared with the others.
    /// </summary>
    /// <param name="step"><c>day</c>, <c>week</c> or <c>month</c>.</param>
    /// <param name="from">A day of the first step.</param>
    /// <param name="to">A day of the last step.</param>
    /// <returns>The steps, or null when there are more than <see cref="Most"/>.</returns>
    public static IReadOnlyList<TimeStep>? Between(string step, DateOnly from, DateOnly to)
    {
        var first = step switch
        {
            "week" => from.AddDays(-(((int)from.DayOfWeek + 6) % 7)),
            "month" => new DateOnly(from.Year, from.Month, 1),
            _ => from,
        };
        var steps = new List<TimeStep>();
        while (first <= to)
        {
            if (steps.Count == Most)
            {
                return null;
            }

            var next = step switch
            {
                "week" => first.AddDays(7),
                "month" => first.AddMonths(1),
                _ => first.AddDays(1),
            };
            steps.Add(new TimeStep(first, next.AddDays(-1)));
            first = next;
        }

        return steps;
    }
}
