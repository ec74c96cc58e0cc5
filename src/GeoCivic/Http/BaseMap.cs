namespace GeoCivic.Http;

/// <summary>A configured base map server, section <c>BaseMap</c> of the configuration.</summary>
public sealed record BaseMap
{
    /// <summary>Template with <c>{z}</c>, <c>{x}</c>, <c>{y}</c> and, where there are several hosts, <c>{s}</c>.</summary>
    public string? Url { get; init; }

    /// <summary><c>xyz</c> or <c>wmts</c>; both are addressed by the template.</summary>
    public string Kind { get; init; } = "xyz";

    /// <summary>Datum of the tiles: <c>wgs84</c> (also CGCS2000, 天地图) or <c>gcj02</c>.</summary>
    public string Datum { get; init; } = "wgs84";

    /// <summary>Shown on the map.</summary>
    public string? Attribution { get; init; }

    /// <summary>Lowest zoom level.</summary>
    public int MinZoom { get; init; } = 1;

    /// <summary>Highest zoom level.</summary>
    public int MaxZoom { get; init; } = 18;

    /// <summary>Names for <c>{s}</c>.</summary>
    public string[] Subdomains { get; init; } = [];

    /// <summary>The origins that tiles come from, for the content security policy.</summary>
    public IEnumerable<string> Origins()
    {
        if (Url is null)
        {
            yield break;
        }

        foreach (var host in Subdomains.Length == 0 ? [""] : Subdomains)
        {
            var plain = Url.Replace("{s}", host, StringComparison.Ordinal).Split('{')[0];
            if (Uri.TryCreate(plain, UriKind.Absolute, out var uri))
            {
                yield return uri.GetLeftPart(UriPartial.Authority);
            }
        }
    }
}
