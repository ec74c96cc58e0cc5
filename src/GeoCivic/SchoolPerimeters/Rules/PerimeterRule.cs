namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>Where a rule stands written.</summary>
/// <param name="Text">What it says, in our own words, Chinese.</param>
/// <param name="TextEn">The same in English; null where there is none.</param>
/// <param name="Article">Name of the law or notice with its article.</param>
/// <param name="Link">Address of a text, or null.</param>
/// <param name="LinkText">What the link leads to.</param>
/// <param name="Verified">Whether the wording was compared with an official text; false where only mirrors were read.</param>
public sealed record Citation(
    string Text,
    string? TextEn,
    string Article,
    string? Link,
    string? LinkText,
    bool Verified
);

/// <summary>One distance rule of a pack.</summary>
/// <param name="Pack">Its pack.</param>
/// <param name="PackVersion">Version of the pack.</param>
/// <param name="Id">Unique among all packs: it begins with the pack's id and a dot.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Region">
/// <c>cn</c> for every street whose code has nine digits, otherwise a prefix of the street's code.
/// </param>
/// <param name="SchoolKinds">Kinds of school it protects.</param>
/// <param name="VenueCategories">Categories of venue it keeps away.</param>
/// <param name="IssueCategories">Categories of issue that count as its violations inside the zone (stalls, vendors).</param>
/// <param name="Metres">The limit, metres.</param>
/// <param name="Inclusive">Whether exactly the limit is still within it.</param>
/// <param name="From">From where it is measured.</param>
/// <param name="How">How it is measured.</param>
/// <param name="MethodSettled">Whether a statute or an official reply fixes the method, so that the other way does not count.</param>
/// <param name="LicensedBefore">Venues licensed before this day may run on until their licence ends.</param>
/// <param name="ExemptUntil">The last day on which they may, whatever the licence says; null for none.</param>
/// <param name="ValidFrom">First day it holds; null when it always did.</param>
/// <param name="ValidUntil">The day on which it no longer holds; null for none.</param>
/// <param name="Citation">Where it stands written.</param>
/// <param name="Certainty"><c>high</c>, <c>medium</c> or <c>low</c>.</param>
public sealed record PerimeterRule(
    string Pack,
    string PackVersion,
    string Id,
    string Name,
    string NameEn,
    string Region,
    string[] SchoolKinds,
    string[] VenueCategories,
    string[] IssueCategories,
    double Metres,
    bool Inclusive,
    RuleFrom From,
    RuleHow How,
    bool MethodSettled,
    DateOnly? LicensedBefore,
    DateOnly? ExemptUntil,
    DateOnly? ValidFrom,
    DateOnly? ValidUntil,
    Citation Citation,
    string Certainty
)
{
    /// <summary>Rules of wider packs that do not apply where this one does.</summary>
    public string[] Replaces { get; init; } = [];

    /// <summary>SHA-256 of the rule as it stands in its pack, hexadecimal; empty for a pack that is only tried.</summary>
    public string Digest { get; init; } = "";

    /// <summary>Chinese name of the pack.</summary>
    public string PackName { get; init; } = "";

    /// <summary>English name of the pack.</summary>
    public string PackNameEn { get; init; } = "";

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) =>
        (ValidFrom is null || ValidFrom <= day) && (ValidUntil is null || day < ValidUntil);

    /// <summary>Whether it protects this kind of school from this category of venue.</summary>
    public bool Covers(string schoolKind, string venueCategory) =>
        SchoolKinds.Contains(schoolKind, StringComparer.Ordinal)
        && VenueCategories.Contains(venueCategory, StringComparer.Ordinal);
}
