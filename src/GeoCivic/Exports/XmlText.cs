using System.Text;
using System.Xml;

namespace GeoCivic.Exports;

/// <summary>Text as XML 1.0 can hold it: files that offices open must not break on a character of somebody's note.</summary>
internal static class XmlText
{
    /// <summary>The text without what XML cannot hold: control characters become spaces, halves of surrogate pairs U+FFFD.</summary>
    public static string Clean(string text)
    {
        var at = 0;
        while (at < text.Length && (XmlConvert.IsXmlChar(text[at]) && !char.IsSurrogate(text[at])))
        {
            at++;
        }

        if (at == text.Length)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length).Append(text, 0, at);
        foreach (var rune in text.AsSpan(at).EnumerateRunes())
        {
            // Runes that a lone half became are U+FFFD already; U+FFFE and U+FFFF are no characters of XML.
            _ = rune.IsBmp switch
            {
                false => clean.Append(rune),
                true when XmlConvert.IsXmlChar((char)rune.Value) => clean.Append((char)rune.Value),
                _ => clean.Append(' '),
            };
        }

        return clean.ToString();
    }
}
