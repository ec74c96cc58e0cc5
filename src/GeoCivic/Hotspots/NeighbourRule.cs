using GeoCivic.Http;

namespace GeoCivic.Hotspots;

/// <summary>Who counts as a neighbour of a cell.</summary>
/// <param name="Weights"><c>queen</c>, <c>knn</c> or <c>distance</c>.</param>
/// <param name="K">Number of nearest cells, for <c>knn</c>.</param>
/// <param name="DistanceMetres">Greatest distance, for <c>distance</c>.</param>
/// <param name="AcrossRiver">Whether neighbours may lie across a river.</param>
public sealed record NeighbourRule(string Weights, int K, double DistanceMetres, bool AcrossRiver)
{
    /// <summary>Cells that share a border, not across a river.</summary>
    public static readonly NeighbourRule Standard = new("queen", 8, 200, AcrossRiver: false);

    private static readonly string[] Kinds = ["queen", "knn", "distance"];

    /// <summary>The parameters that <see cref="Read"/> takes.</summary>
    public static readonly QueryParameter[] Parameters =
    [
        Http.Parameters.Choice(
            "weights",
            "Who is a neighbour: cells that share a border or a corner, the k nearest, or all within a distance. Distances are between one point of each cell.",
            Standard.Weights,
            Kinds
        ),
        Http.Parameters.Whole("k", "With knn: how many nearest cells.", 1, 64, Standard.K),
        Http.Parameters.Number(
            "distance_metres",
            "With distance: how far, metres.",
            10,
            20_000,
            Standard.DistanceMetres
        ),
        Http.Parameters.Flag(
            "across_river",
            "Whether cells may be neighbours across a river; without it they are not: neither where what they share lies in a river, nor where the straight way between their points crosses one."
        ),
    ];

    /// <summary>Reads the parameters; faults are noted in the reader.</summary>
    public static NeighbourRule Read(QueryReader query) =>
        new(
            query.Choice("weights", Standard.Weights, Kinds)!,
            query.Whole("k", Standard.K, 1, 64),
            query.Number("distance_metres", 10, 20_000) ?? Standard.DistanceMetres,
            query.Flag("across_river") ?? false
        );
}
