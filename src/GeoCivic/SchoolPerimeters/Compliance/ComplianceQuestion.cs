using GeoCivic.Accounts;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>What is asked of the surroundings of schools.</summary>
/// <param name="Scope">What the asker may see.</param>
/// <param name="On">The Beijing day whose rules and licences count.</param>
public sealed record ComplianceQuestion(Scope Scope, DateOnly On)
{
    /// <summary>Metres from the campus within which pairs are listed when nothing is said.</summary>
    public const double StandardWithin = 500;

    /// <summary>Most metres that can be asked for.</summary>
    public const double MostWithin = 5000;

    /// <summary>As if the asker held this street only: venues of it, with the schools of every street.</summary>
    public string? Street { get; init; }

    /// <summary>
    /// Metres from the campus; null: <see cref="StandardWithin"/>, or as far as the longest limit and its uncertainty reach.
    /// </summary>
    public double? Within { get; init; }

    /// <summary>Codes of schools, or all.</summary>
    public string[]? Schools { get; init; }

    /// <summary>The street of the schools, or every.</summary>
    public string? SchoolStreet { get; init; }

    /// <summary>Codes of venues, or all.</summary>
    public string[]? Venues { get; init; }

    /// <summary>Codes of categories of venues, or all.</summary>
    public string[]? Categories { get; init; }

    /// <summary>Ids of rules, or all.</summary>
    public string[]? Rules { get; init; }

    /// <summary>Also venues that the asker may not see, near schools that are the asker's: they are counted, not shown.</summary>
    public bool Beyond { get; init; }

    /// <summary>The school to begin with.</summary>
    public (string Street, string Code)? From { get; init; }
}
