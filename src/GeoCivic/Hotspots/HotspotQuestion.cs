using System.Globalization;
using GeoCivic.Http;

namespace GeoCivic.Hotspots;

/// <summary>Which issues are looked at, by which cells, and how hot and cold ones are told from chance.</summary>
/// <param name="Counted">Issues, cells and measure.</param>
/// <param name="Rule">Who is a neighbour.</param>
public sealed record HotspotQuestion(DensityQuestion Counted, NeighbourRule Rule)
{
    /// <summary>Whether local Moran's I is asked for, or Gi*.</summary>
    public bool LocalMoran { get; init; }

    /// <summary>Draws of the permutation test of local Moran's I.</summary>
    public int Permutations { get; init; } = 999;

    /// <summary>What its draws begin with.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The street, or null for all that the caller sees.</summary>
    public string? Street => Counted.Street;

    private static readonly string[] Levels = ["grid", "hex"];
    private static readonly string[] Statistics = ["gi_star", "local_moran"];

    private static readonly DensityMeasure[] Measures =
    [
        DensityMeasure.Count,
        DensityMeasure.PerKm2,
        DensityMeasure.PerPoint,
        DensityMeasure.PerVisit,
    ];

    /// <summary>The parameters that <see cref="Read"/> takes.</summary>
    public static QueryParameter[] Parameters =>
        [
            Http.Parameters.Street,
            .. DensityQuestion.Parameters(Levels),
            DensityQuestion.MeasureParameter(Measures),
            Http.Parameters.Choice(
                "statistic",
                "Gi* of Getis and Ord (hot and cold places) or local Moran's I (high among high, low among low, and what stands out).",
                Statistics[0],
                Statistics
            ),
            .. NeighbourRule.Parameters,
            Http.Parameters.Whole(
                "permutations",
                "With local_moran: draws of the permutation test.",
                99,
                9999,
                999
            ),
            Http.Parameters.Whole(
                "seed",
                "With local_moran: what the draws begin with. The same seed makes the same answer.",
                0,
                int.MaxValue,
                1
            ),
        ];

    /// <summary>Reads the parameters; faults are noted in the reader.</summary>
    public static HotspotQuestion Read(QueryReader query) =>
        new(
            DensityQuestion.Read(query, query.Text("street", 64), Levels) with
            {
                Measure = DensityQuestion.ReadMeasure(query, Measures),
            },
            NeighbourRule.Read(query)
        )
        {
            LocalMoran = query.Choice("statistic", Statistics[0], Statistics) == Statistics[1],
            Permutations = query.Whole("permutations", 999, 99, 9999),
            Seed = query.Whole("seed", 1, 0, int.MaxValue),
        };

    /// <summary>Everything that decides the answer, by the names of the call's parameters.</summary>
    public IEnumerable<(string Name, object Value)> Parts()
    {
        if (Street is not null)
        {
            yield return ("street", Street);
        }

        yield return ("level", Counted.Level);
        if (Counted.Level == "hex")
        {
            yield return ("size", Counted.Size);
        }

        foreach (var part in IssueParts())
        {
            yield return part;
        }

        yield return ("measure", DensityQuestion.CodeOf(Counted.Measure));
        yield return ("statistic", Statistics[LocalMoran ? 1 : 0]);
        yield return ("weights", Rule.Weights);
        if (Rule.Weights == "knn")
        {
            yield return ("k", Rule.K);
        }
        else if (Rule.Weights == "distance")
        {
            yield return ("distance_metres", Rule.DistanceMetres);
        }

        yield return ("across_river", Rule.AcrossRiver);
        if (LocalMoran)
        {
            yield return ("permutations", Permutations);
            yield return ("seed", Seed);
        }
    }

    /// <summary>The address of a cell's records: those that were counted.</summary>
    public string RecordsOf(string street, string cell)
    {
        // The list of issues knows grids, but neither hexagons nor shifts.
        if (Counted.Level == "hex" || Counted.Shift is not null)
        {
            return $"/api/hotspots/records?cell={Uri.EscapeDataString(cell)}&{Query(CellParts().Prepend(("street", street)))}";
        }

        var parts = IssueParts()
            .Where(p => p.Name != "state")
            .Prepend(("grid", cell))
            .Prepend(("street", street));
        return "/api/issues?"
            + Query(
                Counted.State switch
                {
                    "all" => parts,
                    "open" => parts.Append(("open", true)),
                    var state => parts.Append(("state", state)),
                }
            );
    }

    /// <summary>The address of the page that shows the map with the cell chosen.</summary>
    public string ViewOf(string street, string cell)
    {
        // The page's own words for the same things.
        IEnumerable<(string, object)> parts =
        [
            ("area", "situation"),
            ("street", street),
            ("show", "hotspots"),
            ("density", Counted.Level),
            ("size", Counted.Size),
            .. IssueParts(),
            ("measure", DensityQuestion.CodeOf(Counted.Measure)),
            ("statistic", Statistics[LocalMoran ? 1 : 0]),
            ("weights", Rule.Weights),
            ("k", Rule.K),
            ("band", Rule.DistanceMetres),
            ("river", Rule.AcrossRiver ? 1 : 0),
            ("sel", $"{Counted.Level}:{cell}"),
        ];
        return $"/?{Query(parts)}";
    }

    private IEnumerable<(string Name, object Value)> CellParts() =>
        Parts()
            .Where(p =>
                p.Name is "level" or "size" or "from" or "to" or "category" or "state" or "shift"
            );

    private IEnumerable<(string Name, object Value)> IssueParts()
    {
        if (Counted.From is { } from)
        {
            yield return ("from", Text(from));
        }

        if (Counted.To is { } to)
        {
            yield return ("to", Text(to));
        }

        if (Counted.Category is { } category)
        {
            yield return ("category", category);
        }

        yield return ("state", Counted.State);
        if (Counted.Shift is { } shift)
        {
            yield return ("shift", shift);
        }
    }

    private static string Query(IEnumerable<(string Name, object Value)> parts) =>
        string.Join('&', parts.Select(p => $"{p.Name}={Uri.EscapeDataString(Text(p.Value))}"));

    private static string Text(object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private static string Text(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
