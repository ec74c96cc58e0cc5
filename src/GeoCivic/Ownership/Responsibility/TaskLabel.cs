using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>A task's code and name, as a cell such as <c>Ⅲ—19 创建文明单位</c> holds them.</summary>
/// <param name="Code">The code as printed (<c>Ⅲ—19</c>); null when the cell has none.</param>
/// <param name="Normalised">The code in one spelling (<c>III-19</c>), to compare by and never a key; null without a code.</param>
/// <param name="Number">The code's number; null without a code.</param>
/// <param name="Name">The name with its line breaks closed up; empty when the cell has only a code.</param>
public sealed partial record TaskLabel(string? Code, string? Normalised, int? Number, string Name)
{
    /// <summary>No task at all.</summary>
    public static readonly TaskLabel None = new(null, null, null, "");

    private static readonly string[] Romans = ["I", "II", "III", "IV", "V", "VI"];

    /// <summary>The dash between the level and the number, as printed; null without a code or dash.</summary>
    public string? Dash =>
        Code is null ? null
        : Dashes().Match(Code) is { Success: true } match ? match.Value
        : null;

    /// <summary>Whether the level is one Unicode character (<c>Ⅲ</c>) and not Latin letters (<c>III</c>).</summary>
    public bool HasRomanCharacter => Code is [>= 'Ⅰ' and <= 'ⅿ', ..];

    /// <summary>Reads a cell; null is <see cref="None"/>.</summary>
    public static TaskLabel Parse(string? cell)
    {
        if (cell is null)
        {
            return None;
        }
        var match = Coded().Match(cell);
        if (!match.Success)
        {
            return new TaskLabel(null, null, null, CloseUp(cell));
        }
        var level = match.Groups["level"].Value;
        var roman = level[0] is >= 'Ⅰ' and <= 'Ⅵ' ? Romans[level[0] - 'Ⅰ'] : level;
        var number = int.Parse(
            string.Concat(
                match
                    .Groups["number"]
                    .Value.Select(c => c is >= '０' and <= '９' ? (char)(c - '０' + '0') : c)
            ),
            NumberStyles.None,
            CultureInfo.InvariantCulture
        );
        return new TaskLabel(
            match.Value.Trim(),
            string.Create(CultureInfo.InvariantCulture, $"{roman}-{number}"),
            number,
            CloseUp(cell[match.Length..])
        );
    }

    /// <summary>Joins the lines a narrow cell was broken into; Chinese has no space there, other words keep one.</summary>
    internal static string CloseUp(string text)
    {
        return Breaks().Replace(text.Trim(), m => m.Groups["latin"].Success ? " " : "");
    }

    [GeneratedRegex(
        @"^\s*(?<level>[Ⅰ-Ⅵ]|VI|IV|V|I{1,3})\s*[-‐‑‒–—―−－─]{0,2}\s*(?<number>[0-9０-９]{1,3})(?![0-9０-９%％.])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Coded();

    [GeneratedRegex(
        "[-‐‑‒–—―−－─]{1,2}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Dashes();

    [GeneratedRegex(
        @"(?<=[A-Za-z0-9,.;])(?<latin>\s+)(?=[A-Za-z0-9])|\s*\n\s*|[\s\u3000]{2,}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Breaks();
}
