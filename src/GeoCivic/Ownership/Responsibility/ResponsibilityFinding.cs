using System.Globalization;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>Something in a responsibility table that a person should look at.</summary>
/// <param name="Rule">What kind of finding, stable, lower case with hyphens (<see cref="FindingRules"/>).</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rows">The rows of the sheet it is about, from 1.</param>
/// <param name="Value">The text it is about, as printed; null when it is about a lack.</param>
/// <param name="Zh">What is wrong, in Chinese.</param>
/// <param name="En">What is wrong, in English.</param>
public sealed record ResponsibilityFinding(
    string Rule,
    FindingSeverity Severity,
    IReadOnlyList<int> Rows,
    string? Value,
    string Zh,
    string En
)
{
    /// <summary>A finding about one row.</summary>
    internal static ResponsibilityFinding At(
        int row,
        string rule,
        FindingSeverity severity,
        string? value,
        string zh,
        string en
    ) => new(rule, severity, [row], value, zh, en);

    /// <summary>Rows for a sentence: <c>5, 8, 9 …</c>.</summary>
    internal static string List(IReadOnlyList<int> rows) =>
        string.Join(", ", rows.Take(8).Select(r => r.ToString(CultureInfo.InvariantCulture)))
        + (rows.Count > 8 ? " …" : "");
}

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know; nothing is lost.</summary>
    Note,

    /// <summary>Somebody should decide what is meant.</summary>
    Warning,

    /// <summary>The row was not taken.</summary>
    Error,
}

/// <summary>The kinds of findings.</summary>
public static class FindingRules
{
    /// <summary>One code under two outer tasks.</summary>
    public const string DuplicateCode = "duplicate-code";

    /// <summary>One code with two names.</summary>
    public const string CodeTwoNames = "code-two-names";

    /// <summary>One name with two codes of the same level.</summary>
    public const string NameTwoCodes = "name-two-codes";

    /// <summary>Codes of one level are written with different dashes.</summary>
    public const string MixedDashes = "mixed-dashes";

    /// <summary>Codes are written both with Ⅲ and with III.</summary>
    public const string MixedNumerals = "mixed-numerals";

    /// <summary>A number is left out between the codes of one level.</summary>
    public const string CodeGap = "code-gap";

    /// <summary>A task has no code while others have.</summary>
    public const string CodeMissing = "code-missing";

    /// <summary>An item does not have the next number.</summary>
    public const string ItemMisnumbered = "item-misnumbered";

    /// <summary>An item has no number.</summary>
    public const string ItemMissing = "item-missing";

    /// <summary>An item number stands without its bracket.</summary>
    public const string ItemBare = "item-bare";

    /// <summary>A body is not in the list of bodies.</summary>
    public const string UnknownBody = "unknown-body";

    /// <summary>Several bodies are written as one word; they were taken apart.</summary>
    public const string JoinedBodies = "joined-bodies";

    /// <summary>No body answers for the row.</summary>
    public const string NoBody = "no-body";

    /// <summary>No method of examination.</summary>
    public const string EmptyMethod = "empty-method";

    /// <summary>A method that is not known.</summary>
    public const string UnknownMethod = "unknown-method";

    /// <summary>Rows that are not examined in the field and so get no points.</summary>
    public const string NonSpatial = "non-spatial";

    /// <summary>A task cell was empty and the one above was carried down.</summary>
    public const string CarriedDown = "carried-down";

    /// <summary>A row has no requirement and was not taken.</summary>
    public const string NoRequirement = "no-requirement";

    /// <summary>A cell holds an error or a text that cannot be stored.</summary>
    public const string BadCell = "bad-cell";
}
