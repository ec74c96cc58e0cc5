namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>A pack of rules as its file says it.</summary>
/// <param name="Id">Its id: small letters, digits, hyphen and underscore.</param>
/// <param name="Version">Version of the content.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Region">Where it holds; see <see cref="RuleBook.IsIn"/>.</param>
/// <param name="Notes">What a reader should know, Chinese.</param>
/// <param name="Drives">Times of the year in which it asks for drives.</param>
/// <param name="Rules">The distance rules.</param>
/// <param name="Undecided">Texts that name no distance: shown, never decided.</param>
public sealed record RulePack(
    string Id,
    string Version,
    string Name,
    string NameEn,
    string Region,
    string? Notes,
    IReadOnlyList<Drive> Drives,
    IReadOnlyList<PerimeterRule> Rules,
    IReadOnlyList<UndecidedText> Undecided
);

/// <summary>A time of the year in which a text asks for a drive.</summary>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="From">First day, <c>MM-dd</c>.</param>
/// <param name="Until">Last day, <c>MM-dd</c>.</param>
public sealed record Drive(string Name, string NameEn, string From, string Until);

/// <summary>A text that forbids without a number: nothing is decided by it, and no number is made up for it.</summary>
/// <param name="Id">Unique among all packs.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="SchoolKinds">Kinds of school it names.</param>
/// <param name="VenueCategories">Categories of venue it names.</param>
/// <param name="IssueCategories">Categories of issue it names.</param>
/// <param name="Why">Why it decides nothing, Chinese.</param>
/// <param name="WhyEn">The same in English.</param>
/// <param name="Citation">Where it stands written.</param>
public sealed record UndecidedText(
    string Id,
    string Name,
    string NameEn,
    string[] SchoolKinds,
    string[] VenueCategories,
    string[] IssueCategories,
    string Why,
    string WhyEn,
    Citation Citation
);

/// <summary>A fault of a pack's file.</summary>
/// <param name="Path">Path of the member, such as <c>rules[2].metres</c>; <c>$</c> is the whole file.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record PackFault(string Path, string Reason);

/// <summary>What a pack may refer to.</summary>
/// <param name="VenueCategories">Codes of the venue categories there are.</param>
/// <param name="IssueCategories">Codes of the issue categories there are.</param>
/// <param name="Rules">Rules of the other packs.</param>
public sealed record PackContext(
    IReadOnlySet<string> VenueCategories,
    IReadOnlySet<string> IssueCategories,
    IReadOnlyList<PerimeterRule> Rules
);
