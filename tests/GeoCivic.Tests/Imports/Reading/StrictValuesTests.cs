using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

public sealed class StrictValuesTests
{
    [Theory]
    [InlineData("106.5", 106.5)]
    [InlineData(" -29 ", -29)]
    [InlineData("+1.5e2", 150)]
    [InlineData("1E-3", 0.001)]
    [InlineData("007", 7)]
    [InlineData("106.12345678901234567890", 106.12345678901235)]
    public void Numbers_in_plain_ASCII_are_read(string text, double expected)
    {
        Assert.True(StrictNumber.TryParse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("NaN", "not a number")]
    [InlineData("Infinity", "not a number")]
    [InlineData("∞", "not a number")]
    [InlineData("1e400", "beyond")]
    [InlineData("-1e400", "beyond")]
    [InlineData("1,5", "comma")]
    [InlineData("1，5", "comma")]
    [InlineData("1,234.5", "comma")]
    [InlineData("１１４", "full-width")]
    [InlineData("٣", "not a number")]
    [InlineData("0x10", "not a number")]
    [InlineData("1 5", "not a number")]
    [InlineData(".5", "not a number")]
    [InlineData("5.", "not a number")]
    [InlineData("1e", "not a number")]
    [InlineData("1_000", "not a number")]
    [InlineData("106°30′", "decimal degrees")]
    [InlineData("--1", "not a number")]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData(null, "empty")]
    public void A4_1_2_5_6_other_numbers_are_refused_with_the_reason(string? text, string said)
    {
        Assert.False(StrictNumber.TryParse(text, out _, out var reason));
        Assert.Contains(said, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-05")]
    [InlineData("2026/3/5")]
    [InlineData("2026.3.5")]
    [InlineData("2026-3-5")]
    [InlineData("2026年3月5日")]
    [InlineData(" 2026-03-05 ")]
    [InlineData("2026-03-05 00:00:00")]
    [InlineData("2026-03-05T00:00:00")]
    public void Days_are_read_year_first(string text)
    {
        Assert.True(StrictDate.TryParse(text, out var date, out var reason), reason);
        Assert.Equal(new DateOnly(2026, 3, 5), date);
    }

    [Theory]
    [InlineData("2026-02-30", "28 days")]
    [InlineData("2026-13-01", "month 13")]
    [InlineData("2026-00-01", "month 0")]
    [InlineData("2026-01-00", "not a day")]
    [InlineData("03/05/2026", "not a date")]
    [InlineData("2026-03/05", "not a date")]
    [InlineData("26-03-05", "not a date")]
    [InlineData("20260305", "not a date")]
    [InlineData("2026年3月5", "not a date")]
    [InlineData("46086", "not a date")]
    [InlineData("２０２６-03-05", "not a date")]
    [InlineData("0001-01-01", "year 1")]
    [InlineData("2026-03-05 14:05", "something after")]
    [InlineData("2026-03-055", "not a date")]
    [InlineData("", "empty")]
    public void A4_48_other_days_are_refused_with_the_reason(string text, string said)
    {
        Assert.False(StrictDate.TryParse(text, out _, out var reason));
        Assert.Contains(said, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-05 14:05", "2026-03-05T14:05:00.0000000+08:00")]
    [InlineData("2026/3/5 9:05:30", "2026-03-05T09:05:30.0000000+08:00")]
    [InlineData("2026-03-05T14:05:00Z", "2026-03-05T14:05:00.0000000+00:00")]
    [InlineData("2016-07-08T00:19:28.000Z", "2016-07-08T00:19:28.0000000+00:00")]
    [InlineData("2026-03-05T14:05:00.125+08:00", "2026-03-05T14:05:00.1250000+08:00")]
    [InlineData("2026-03-05 14:05:00-0500", "2026-03-05T14:05:00.0000000-05:00")]
    [InlineData("2026-03-05 14:05+08", "2026-03-05T14:05:00.0000000+08:00")]
    [InlineData("2026-03-05", "2026-03-05T00:00:00.0000000+08:00")]
    public void Instants_are_read_and_without_offset_are_of_Beijing(string text, string expected)
    {
        Assert.True(StrictTimestamp.TryParse(text, out var value, out var reason), reason);
        Assert.Equal(expected, value.ToString("o"));
    }

    [Theory]
    [InlineData("2026-03-05 24:00", "hour 24")]
    [InlineData("2026-03-05 25:00", "beyond")]
    [InlineData("2026-03-05 12:60", "beyond")]
    [InlineData("2026-03-05 12:00:60", "beyond")]
    [InlineData("2026-02-30 12:00", "28 days")]
    [InlineData("2026-03-05 12", "not a time")]
    [InlineData("2026-03-05 2:5", "not a time")]
    [InlineData("2026-03-05_12:00", "not a time")]
    [InlineData("2026-03-05 12:00 PM", "offset")]
    [InlineData("2026-03-05 12:00+15:00", "offset")]
    [InlineData("2026-03-05 12:00:00.", "not a time")]
    [InlineData("12:00", "not a date")]
    [InlineData("24:00", "not a date")]
    public void A4_71_other_instants_are_refused_with_the_reason(string text, string said)
    {
        Assert.False(StrictTimestamp.TryParse(text, out _, out var reason));
        Assert.Contains(said, reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("P-001", "P-001")]
    [InlineData("  大溪沟/01 ", "大溪沟/01")]
    [InlineData("5E03", "5E03")]
    [InlineData("𠮷", "𠮷")]
    public void Codes_are_read_without_outer_space(string text, string expected)
    {
        Assert.True(StrictCode.TryParse(text, out var code, out var reason), reason);
        Assert.Equal(expected, code);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_refused()
    {
        // Not as a theory: test data is carried as UTF-8, which has no half pairs.
        Assert.False(StrictCode.TryParse("a\uD842", out _, out var reason));
        Assert.Contains("surrogate", reason, StringComparison.Ordinal);
        Assert.False(StrictCode.TryParse("\uDFB7\uD842", out _, out _));
    }

    [Theory]
    [InlineData("1.38E+10", "scientific")]
    [InlineData("5.0010301101200102E+17", "scientific")]
    [InlineData("1e+5", "scientific")]
    [InlineData("a\0b", "NUL")]
    [InlineData("a\tb", "U+0009")]
    [InlineData("a\nb", "line break")]
    [InlineData("a\u200Bb", "U+200B")]
    [InlineData("a\u202Eb", "U+202E")]
    [InlineData(" ", "empty")]
    [InlineData(null, "empty")]
    public void A4_69_and_63_other_codes_are_refused_with_the_reason(string? text, string said)
    {
        Assert.False(StrictCode.TryParse(text, out _, out var reason));
        Assert.Contains(said, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_code_has_at_most_64_characters()
    {
        Assert.True(StrictCode.TryParse(new string('x', 64), out _, out _));
        Assert.False(StrictCode.TryParse(new string('x', 65), out _, out var reason));
        Assert.Contains("64", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_keeps_line_breaks_only_where_they_belong()
    {
        Assert.False(StrictText.TryClean("a\r\nb", 10, out _, out _));
        Assert.True(StrictText.TryClean(" a\r\nb\t", 10, out var text, out _, lines: true));
        Assert.Equal("a\nb", text);
        Assert.False(StrictText.TryClean("a\u0007b", 10, out _, out var reason, lines: true));
        Assert.Contains("U+0007", reason, StringComparison.Ordinal);
        Assert.True(
            StrictText.TryClean("<img onerror=alert(1)> \u202Eabc 𠀀", 100, out var kept, out _)
        );
        Assert.Equal("<img onerror=alert(1)> \u202Eabc 𠀀", kept);
        Assert.False(StrictText.TryClean("abc", 2, out _, out _));
        Assert.True(StrictText.TryClean("  ", 2, out var none, out _));
        Assert.Null(none);
    }
}
