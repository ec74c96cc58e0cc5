using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>
/// A street without grids on ground of its own, with rules of its own. Places are given in metres east and north of its
/// corner, to within a millimetre or so per hundred metres.
/// </summary>
internal sealed class PerimeterStreet(
    ServiceFixture service,
    string street,
    double west,
    double south
)
{
    private const double MetresPerLat = 110_850;

    public string Street => street;

    public string At(double east, double north) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Lon(east):0.0000000} {Lat(north):0.0000000}"
        );

    public double Lon(double east) =>
        Math.Round(west + (east / (MetresPerLat * 1.0042 * Math.Cos(south * Math.PI / 180))), 7);

    public double Lat(double north) => Math.Round(south + (north / MetresPerLat), 7);

    public string Point(double east, double north) => $"POINT({At(east, north)})";

    /// <summary>A rectangle by its south-western and north-eastern corner.</summary>
    public string Box(double x0, double y0, double x1, double y1) =>
        $"\"POLYGON(({At(x0, y0)},{At(x1, y0)},{At(x1, y1)},{At(x0, y1)},{At(x0, y0)}))\"";

    /// <summary>The rectangle as GeoJSON.</summary>
    public object Shape(double x0, double y0, double x1, double y1)
    {
        double[] P(double x, double y) => [Lon(x), Lat(y)];
        return new
        {
            type = "Polygon",
            coordinates = new[] { new[] { P(x0, y0), P(x1, y0), P(x1, y1), P(x0, y1), P(x0, y0) } },
        };
    }

    public async Task CreateAsync() =>
        await service.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES (@street, @street)",
            ("street", street)
        );

    public async Task ImportAsync(Dataset dataset, string csv)
    {
        var report = await service.ImportAsync(dataset, csv, "f.csv", street);
        Assert.True(report.Committed, JsonSerializer.Serialize(report.Rows));
    }

    /// <summary>Loads the street's pack, its rules as JSON objects without what every rule has.</summary>
    public async Task RulesAsync(string version, params string[] rules)
    {
        var full = rules.Select(r =>
            $$"""{"name":"规则","name_en":"rule","certainty":"high","citation":{"text":"t","article":"a","verified":false},{{r}}}"""
        );
        await service.ExecuteAsync(
            "SELECT put_rule_pack(@pack::jsonb, 'loaded')",
            (
                "pack",
                $$"""{"format":1,"pack":"{{street}}","version":"{{version}}","name":"{{street}}","name_en":"{{street}}","region":"{{street}}","rules":[{{string.Join(',', full)}}]}"""
            )
        );
    }

    /// <summary>All rows, through the pages.</summary>
    public async Task<List<JsonElement>> RowsAsync(string query, int limit = 50_000)
    {
        var rows = new List<JsonElement>();
        string? cursor = null;
        do
        {
            using var page = await service.GetJsonAsync(
                $"/api/perimeters/compliance?street={street}&limit={limit}&{query}{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            rows.AddRange(
                page.RootElement.GetProperty("rows").EnumerateArray().Select(r => r.Clone())
            );
            cursor = page.RootElement.GetProperty("next").GetString();
        } while (cursor is not null);

        return rows;
    }

    /// <summary>Sends JSON, or nothing, with If-Match when a revision is given.</summary>
    public async Task<(int Status, JsonElement Body, string Text)> SendAsync(
        string method,
        string path,
        object? body,
        int? revision = null
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null
                ? null
                : new StringContent(
                    JsonSerializer.Serialize(body),
                    Encoding.UTF8,
                    "application/json"
                ),
        };
        if (revision is { } r)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{r}\"");
        }

        using var response = await service.Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return ((int)response.StatusCode, document.RootElement.Clone(), text);
    }

    public static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;
}
