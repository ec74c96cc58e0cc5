namespace GeoCivic.SchoolPerimeters.Events;

/// <summary>How many issues are inside the zones around a school.</summary>
/// <param name="SchoolStreet">Its street.</param>
/// <param name="School">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="N">Issues; one inside the zones of two rules counts once.</param>
/// <param name="Open">Those of them about which something is to be done still.</param>
/// <param name="Peak">Those found when pupils come and go.</param>
internal sealed record StallsOfSchool(
    string SchoolStreet,
    string School,
    string Name,
    int N,
    int Open,
    int Peak
);

/// <summary>Stalls and vendors around schools in a window of days, counted by school and by hour.</summary>
/// <param name="From">First Beijing day.</param>
/// <param name="To">Last Beijing day, included.</param>
/// <param name="Season">The drive, when the window is one.</param>
/// <param name="Events">A row for each issue × school × rule, by school, time and rule.</param>
internal sealed record StallSheet(
    DateOnly From,
    DateOnly To,
    Season? Season,
    IReadOnlyList<StallEvent> Events
)
{
    /// <summary>Each issue once: one inside the zones of two rules or schools is one issue still.</summary>
    public IReadOnlyList<StallEvent> Issues { get; } =
    [.. Events.DistinctBy(e => (e.Street, e.Issue))];

    /// <summary>Issues by school.</summary>
    public IReadOnlyList<StallsOfSchool> BySchool() =>
        [
            .. Events
                .GroupBy(e => (e.SchoolStreet, e.School))
                .Select(g => g.DistinctBy(e => (e.Street, e.Issue)).ToList())
                .Select(g => new StallsOfSchool(
                    g[0].SchoolStreet,
                    g[0].School,
                    g[0].SchoolName,
                    g.Count,
                    g.Count(e => e.Open),
                    g.Count(e => e.SchoolPeak)
                )),
        ];

    /// <summary>Issues by the Beijing hour in which they were found, 24 numbers.</summary>
    public int[] ByHour()
    {
        var hours = new int[24];
        foreach (var issue in Issues)
        {
            hours[issue.Local.Hour]++;
        }

        return hours;
    }
}
