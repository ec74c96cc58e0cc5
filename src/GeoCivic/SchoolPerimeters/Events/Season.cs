using System.Globalization;
using System.Text.RegularExpressions;

namespace GeoCivic.SchoolPerimeters.Events;

/// <summary>
/// The two drives of a year around schools: spring from March to May, autumn from September to November
/// (湖北省学校周边安全区域管理办法, 2023).
/// </summary>
/// <param name="Code">Such as <c>2026-spring</c>.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed partial record Season(string Code, DateOnly From, DateOnly To)
{
    /// <summary>Whether it is the drive of spring.</summary>
    public bool IsSpring => From.Month == 3;

    /// <summary>The season with a code, or null.</summary>
    public static Season? Of(string code)
    {
        var match = Codes().Match(code);
        return match.Success
            ? Of(
                int.Parse(match.Groups["year"].ValueSpan, CultureInfo.InvariantCulture),
                spring: match.Groups["name"].ValueSpan is "spring"
            )
            : null;
    }

    /// <summary>The season that a day lies in, or the last one before it.</summary>
    public static Season Latest(DateOnly day) =>
        day.Month >= 9 ? Of(day.Year, spring: false)
        : day.Month >= 3 ? Of(day.Year, spring: true)
        : Of(day.Year - 1, spring: false);

    private static Season Of(int year, bool spring) =>
        spring
            ? new($"{year:0000}-spring", new(year, 3, 1), new(year, 5, 31))
            : new($"{year:0000}-autumn", new(year, 9, 1), new(year, 11, 30));

    [GeneratedRegex(
        "^(?<year>(19|20|21)[0-9]{2})-(?<name>spring|autumn)$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Codes();
}
