namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Accuracy classes of positions.</summary>
/// <remarks>
/// A to C are those of city components in CJ/T 214-2007 (0.5 m, 1 m, 10 m); D is for what stands for an area or an address.
/// </remarks>
public static class Accuracy
{
    /// <summary>The codes.</summary>
    public static readonly IReadOnlyList<string> Classes = ["A", "B", "C", "D"];

    /// <summary>Standard uncertainty of a position in metres; what is not declared counts as B.</summary>
    public static double Metres(string? code) =>
        code switch
        {
            "A" => 0.5,
            "C" => 10,
            "D" => 50,
            _ => 1,
        };
}
