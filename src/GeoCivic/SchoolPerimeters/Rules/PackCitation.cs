namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>Reads where a rule stands written.</summary>
internal static class PackCitation
{
    /// <summary>The citation of a rule; what is missing is noted as its fault.</summary>
    public static Citation Read(PackObject rule)
    {
        if (rule.Object("citation", required: true) is not { } citation)
        {
            return new Citation("", null, "", null, null, Verified: false);
        }

        var link = citation.OptionalText("link", 500);
        if (
            link is not null
            && !(
                Uri.TryCreate(link, UriKind.Absolute, out var address)
                && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
                && address.UserInfo.Length == 0
            )
        )
        {
            citation.Fault("link", "must be an address that begins with https:// or http://");
        }

        if (!citation.Has("verified"))
        {
            citation.Fault(
                "verified",
                "is missing; say whether the wording was compared with an official text"
            );
        }

        var read = new Citation(
            citation.Text("text", 1000),
            citation.OptionalText("text_en", 1000),
            citation.Text("article", 300),
            link,
            citation.OptionalText("link_text", 200),
            citation.Flag("verified", otherwise: false)
        );
        if (link is not null && read.LinkText is null)
        {
            citation.Fault("link_text", "is missing; say what the link leads to");
        }

        citation.Done();
        return read;
    }
}
