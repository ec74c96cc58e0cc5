using GeoCivic.Http;

namespace GeoCivic.Inspections;

/// <summary>What a plan of checks asks for.</summary>
internal sealed record PlanDraft
{
    /// <summary>How often a plan has a run.</summary>
    public static readonly string[] Cadences = ["daily", "weekly", "monthly", "quarterly"];

    /// <summary>Special (专门巡查) or comprehensive patrols (综合巡查).</summary>
    public static readonly string[] Kinds = ["special", "comprehensive"];

    private const int MostCodes = 1000;

    public required string Name { get; init; }

    public required string Cadence { get; init; }

    public required string Kind { get; init; }

    public required string[] PointTypes { get; init; }

    public required string[] Communities { get; init; }

    public required string[] Grids { get; init; }

    public required string[] Points { get; init; }

    public required string[] Shifts { get; init; }

    /// <summary>Percent of the points that have to be seen in each shift.</summary>
    public required int Share { get; init; }

    public required DateOnly Starts { get; init; }

    /// <summary>Last day; null: open.</summary>
    public required DateOnly? Ends { get; init; }

    /// <summary>No run without a working day in it.</summary>
    public required bool WorkingDays { get; init; }

    public required string? Note { get; init; }

    /// <summary>Whether it asks for points of the whole street, so that whoever keeps it needs the whole street.</summary>
    public bool IsOfWholeStreet =>
        Communities.Length + Grids.Length == 0 && (PointTypes.Length > 0 || Points.Length == 0);

    /// <summary>Reads the members of a plan; what is not given stays as it was.</summary>
    /// <param name="body">The body; the caller ends reading.</param>
    /// <param name="before">The plan as it was, or null for a new one.</param>
    /// <param name="today">The Beijing day.</param>
    public static PlanDraft Read(BodyReader body, PlanDraft? before, DateOnly today)
    {
        var isNew = before is null;
        var share = body.Whole("share", 1, 100);
        var starts = body.Day("starts");
        var openEnded = body.Flag("open_ended") ?? false;
        var ends = body.Day("ends");
        if (openEnded && ends is not null)
        {
            body.Fault("open_ended", "contradicts ends");
        }

        // Runs that nobody knew of cannot have been missed.
        if (starts < today && starts != before?.Starts)
        {
            body.Refuse("starts", "lies in the past: nobody could have kept to it");
        }

        var draft = new PlanDraft
        {
            Name = body.Text("name", 100, required: isNew) ?? before?.Name ?? "",
            Cadence = body.Choice("cadence", isNew, Cadences) ?? before?.Cadence ?? Cadences[0],
            Kind = body.Choice("type", required: false, Kinds) ?? before?.Kind ?? "comprehensive",
            PointTypes = Codes(body, "point_types", before?.PointTypes),
            Communities = Codes(body, "communities", before?.Communities),
            Grids = Codes(body, "grids", before?.Grids),
            Points = Codes(body, "points", before?.Points),
            Shifts = ReadShifts(body, before),
            Share = share ?? before?.Share ?? 100,
            Starts = starts ?? before?.Starts ?? today,
            Ends = openEnded ? null : ends ?? before?.Ends,
            WorkingDays = body.Flag("working_days") ?? before?.WorkingDays ?? false,
            Note = body.Text("note", 500) ?? before?.Note,
        };
        if (draft.Ends < draft.Starts)
        {
            body.Refuse("ends", "lies before starts");
        }
        else if (draft.Ends < today && draft.Ends != before?.Ends)
        {
            body.Refuse("ends", "lies in the past: what was to be done then stays");
        }

        return draft;
    }

    private static string[] Codes(BodyReader body, string name, string[]? before) =>
        body.Texts(name, MostCodes, 64) is { } codes
            ? [.. codes.Distinct(StringComparer.Ordinal)]
            : before ?? [];

    private static string[] ReadShifts(BodyReader body, PlanDraft? before)
    {
        if (body.Texts("shifts", 3, 20) is not { } shifts)
        {
            return before?.Shifts ?? ["day"];
        }

        if (
            shifts.Length == 0
            || shifts.Distinct(StringComparer.Ordinal).Count() < shifts.Length
            || !shifts.All(s => NewVisit.Shifts.Contains(s, StringComparer.Ordinal))
        )
        {
            body.Fault(
                "shifts",
                $"must list at least one of {string.Join(", ", NewVisit.Shifts)}, each once"
            );
        }

        return [.. NewVisit.Shifts.Where(s => shifts.Contains(s, StringComparer.Ordinal))];
    }
}
