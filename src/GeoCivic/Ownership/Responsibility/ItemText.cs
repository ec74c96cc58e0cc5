using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoCivic.Ownership.Responsibility;

/// <summary>A requirement's text and the item number in front of it.</summary>
/// <param name="Printed">The number as printed (<c>2)</c>, <c>(2)</c>, <c>2、</c>, <c>②</c>, or a bare <c>2</c>); null without.</param>
/// <param name="Number">The number; null without.</param>
/// <param name="Text">The text after it.</param>
internal sealed partial record ItemText(string? Printed, int? Number, string Text)
{
    /// <summary>Reads a cell.</summary>
    public static ItemText Parse(string cell)
    {
        if (cell[0] is >= '①' and <= '⑳')
        {
            return new ItemText(cell[..1], cell[0] - '①' + 1, TaskLabel.CloseUp(cell[1..]));
        }
        var match = Numbered().Match(cell);
        if (!match.Success)
        {
            return new ItemText(null, null, TaskLabel.CloseUp(cell));
        }
        return new ItemText(
            match.Groups["printed"].Value,
            int.Parse(
                match.Groups["number"].Value,
                NumberStyles.None,
                CultureInfo.InvariantCulture
            ),
            TaskLabel.CloseUp(cell[match.Length..])
        );
    }

    // A bare number counts only before a word that it cannot measure: 4 按照… is an item, 4次 and 2天 are amounts.
    [GeneratedRegex(
        @"^\s*(?<printed>[(（]?(?<number>[0-9]{1,2})(\s*[)）、．]|\.(?![0-9])|(?=\s*[\u4E00-\u9FFF])(?!\s*[年月日天次个名项人户元分时周级期类大种条场处岁米度多余以至到])))\s*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Numbered();
}
