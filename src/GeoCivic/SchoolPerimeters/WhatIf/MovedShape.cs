using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>A verdict that would be another.</summary>
public sealed record Flip(
    string Venue,
    string VenueName,
    string Street,
    string Category,
    string Rule,
    string RuleName,
    string From,
    string To,
    double LimitM,
    double StraightBefore,
    double StraightAfter,
    double? WalkingBefore,
    double? WalkingAfter,
    double Lon,
    double Lat
);

/// <summary>What moving a wall or gates would do.</summary>
/// <param name="Before">Rows by verdict as it is.</param>
/// <param name="After">Rows by verdict as it would be.</param>
/// <param name="Flips">Verdicts that would be others.</param>
/// <param name="Same">How many would stay.</param>
public sealed record ShapeEffect(
    IReadOnlyDictionary<string, int> Before,
    IReadOnlyDictionary<string, int> After,
    IReadOnlyList<Flip> Flips,
    int Same
);

/// <summary>Compares the verdicts around a school as it is with those around it as it would be; nothing is saved.</summary>
public sealed class MovedShape(ComplianceGround ground, ComplianceRows compliance)
{
    /// <summary>The school that a code means.</summary>
    /// <exception cref="ProblemException">None, or several: the street is needed.</exception>
    public async Task<PerimeterSchool> SchoolAsync(
        string code,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var found = await ground.SchoolsAsync(
            new ComplianceQuestion(scope, default) { Schools = [code], SchoolStreet = street },
            cancellationToken
        );
        var own = found.Where(s => s.Own).ToList();
        return own.Count switch
        {
            0 => throw new ProblemException(
                Problems.NotFound,
                $"There is no school '{code}' that you may see."
            ),
            1 => own[0],
            _ => throw ProblemException.Unacceptable(
                "street",
                $"is needed: {own.Count} streets have a school '{code}'"
            ),
        };
    }

    /// <summary>The effect.</summary>
    /// <param name="before">The school as it is.</param>
    /// <param name="after">The school as it would be.</param>
    /// <param name="scope">What the asker may see: other venues do not occur.</param>
    /// <param name="on">The Beijing day whose rules count.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ShapeEffect> EffectAsync(
        PerimeterSchool before,
        PerimeterSchool after,
        Scope scope,
        DateOnly on,
        CancellationToken cancellationToken
    )
    {
        var question = new ComplianceQuestion(scope, on)
        {
            Schools = [before.Code],
            SchoolStreet = before.Street,
        };
        var book = await compliance.RulesOfAsync([before], question, cancellationToken);
        var within = ComplianceRows.WithinOf(question, book);
        // Far enough from each shape to reach whatever lies within of the other: every pair is measured from both.
        var both = question with
        {
            Within = within + Apart(before, after),
        };
        var old = await RowsAsync(both, before, book, cancellationToken);
        var moved = await RowsAsync(both, after, book, cancellationToken);
        var flips = new List<Flip>();
        var (tallyOld, tallyNew, same) = (Tally(), Tally(), 0);
        foreach (var (key, row) in old.OrderBy(r => r.Key, RowKey.Order))
        {
            if (
                !moved.TryGetValue(key, out var other)
                || Math.Min(Straight(row), Straight(other)) > within
            )
            {
                continue;
            }

            var (was, now) = (row.Decision.Verdict.ToName(), other.Decision.Verdict.ToName());
            tallyOld[was]++;
            tallyNew[now]++;
            if (was == now)
            {
                same++;
            }
            else
            {
                flips.Add(FlipOf(row, other));
            }
        }

        return new ShapeEffect(tallyOld, tallyNew, flips, same);
    }

    private async Task<Dictionary<RowKey, ComplianceRow>> RowsAsync(
        ComplianceQuestion question,
        PerimeterSchool school,
        IReadOnlyDictionary<string, IReadOnlyList<PerimeterRule>> book,
        CancellationToken cancellationToken
    )
    {
        var rows = new Dictionary<RowKey, ComplianceRow>();
        await foreach (
            var found in compliance.OfAsync(
                question,
                [school],
                book,
                school.Campus,
                cancellationToken
            )
        )
        {
            foreach (var row in found.Rows)
            {
                rows[row.Key] = row;
            }
        }

        return rows;
    }

    private static Flip FlipOf(ComplianceRow before, ComplianceRow after)
    {
        var cell = new ComplianceCell(before, "");
        return new Flip(
            before.Venue.Code,
            before.Venue.Name,
            before.Venue.Street,
            before.Venue.Category,
            before.Rule.Id,
            before.Rule.Name,
            before.Decision.Verdict.ToName(),
            after.Decision.Verdict.ToName(),
            before.Rule.Metres,
            ComplianceColumn.Metres(Straight(before))!.Value,
            ComplianceColumn.Metres(Straight(after))!.Value,
            ComplianceColumn.Metres(before.Distances.Measured.WalkingMetres),
            ComplianceColumn.Metres(after.Distances.Measured.WalkingMetres),
            Math.Round(cell.Place.X, 7),
            Math.Round(cell.Place.Y, 7)
        );
    }

    private static double Straight(ComplianceRow row) => row.Distances.Measured.CampusMetres;

    private static Dictionary<string, int> Tally() =>
        RuleCodes.Verdicts.ToDictionary(v => v, _ => 0, StringComparer.Ordinal);

    // The diagonal of the box around both, generously: no point of one is farther from the nearest of the other.
    private static double Apart(PerimeterSchool before, PerimeterSchool after)
    {
        var box = before.Campus.EnvelopeInternal.Copy();
        box.ExpandToInclude(after.Campus.EnvelopeInternal);
        return Spatial.Geodesy.Geodesic.Metres(new(box.MinX, box.MinY), new(box.MaxX, box.MaxY))
            * 1.01;
    }
}
