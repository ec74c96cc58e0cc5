using System.Globalization;
using System.Text;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Expected values from the reference data of Unicode 14, computed by another implementation.</summary>
public sealed class NfcTests
{
    internal static string Text(string points) =>
        string.Concat(
            points
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(p =>
                    new Rune(
                        int.Parse(p, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                    ).ToString()
                )
        );

    [Theory]
    // A base takes its marks, in the order of their classes.
    [InlineData("0065 0301", "00E9")]
    [InlineData("0061 0302 0301", "1EA5")]
    [InlineData("0061 0323 0302", "1EAD")]
    [InlineData("0061 0302 0323", "1EAD")]
    [InlineData("0073 0307 0323", "1E69")]
    [InlineData("0061 0315 0300 05AE 0062", "00E0 05AE 0315 0062")]
    // Blocked: another mark of the same class, or a base, stands between.
    [InlineData("0061 0304 0301", "0101 0301")]
    [InlineData("0061 4E00 0301", "0061 4E00 0301")]
    // Hangul.
    [InlineData("1112 1161 11AB", "D55C")]
    [InlineData("AC00 11A8", "AC01")]
    [InlineData("2FA16 2226 110C 1172", "4D56 2226 C96C")]
    // Compatibility ideographs, which Chinese files carry over from old code pages.
    [InlineData("F9DE", "540F")]
    [InlineData("2F89C", "5F9A")]
    [InlineData("F9DE 0345 0308 2F9B4", "540F 0308 0345 865C")]
    // Excluded from composition.
    [InlineData("0308 FB3A", "0308 05DA 05BC")]
    [InlineData("1112 1D15E", "1112 1D157 1D165")]
    [InlineData("0327 2F991 2F866", "0327 829D 5A66")]
    [InlineData("0300 110C 0302 031B 11A8", "0300 110C 031B 0302 11A8")]
    public void Texts_come_to_normalisation_form_C(string points, string expected)
    {
        var text = Nfc.Normalise(Text(points));
        Assert.Equal(
            expected,
            string.Join(' ', text.EnumerateRunes().Select(r => $"{r.Value:X4}"))
        );
        Assert.Equal(text, Nfc.Normalise(text), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("大溪沟街道 𠮷野 P-001 é ü 한")]
    [InlineData("")]
    public void Text_in_form_C_is_given_back_as_it_is(string text) =>
        Assert.Same(text, Nfc.Normalise(text));

    [Fact]
    public void Codes_and_names_are_normalised()
    {
        Assert.True(StrictCode.TryParse("Cafe\u0301", out var code, out _));
        Assert.Equal("Caf\u00E9", code);
        Assert.True(StrictText.TryClean("\uF9DE", 10, out var text, out _));
        Assert.Equal("\u540F", text);
        using var files = new SourceFiles();
        Assert.Equal(["caf\u00E9"], files.Read("a.csv", "cafe\u0301\nx\n").Columns);
    }
}
