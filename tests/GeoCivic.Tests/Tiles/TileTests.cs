using System.Net;
using System.Net.Http.Headers;
using GeoCivic.Tests.Http;
using GeoCivic.Tiles;

namespace GeoCivic.Tests.Tiles;

public sealed class TileTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const int Extent = 4096;

    private async Task<IReadOnlyList<VectorTile.Layer>> TileAsync(string path)
    {
        using var response = await demo.Client.GetAsync($"/tiles/{path}.mvt");
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return [];
        }

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        Assert.Equal(
            "application/vnd.mapbox-vector-tile",
            response.Content.Headers.ContentType?.MediaType
        );
        return VectorTile.Decode(await response.Content.ReadAsByteArrayAsync());
    }

    // The formulas of the tile scheme, written apart from the service's own.
    private static (int X, int Y) TileOf(double lon, double lat, int zoom)
    {
        var n = Math.Pow(2, zoom);
        var rad = lat * Math.PI / 180;
        return (
            (int)Math.Floor((lon + 180) / 360 * n),
            (int)Math.Floor((1 - (Math.Asinh(Math.Tan(rad)) / Math.PI)) / 2 * n)
        );
    }

    private static (double Lon, double Lat) PlaceOf(
        int zoom,
        (int X, int Y) tile,
        (long X, long Y) at
    )
    {
        var n = Math.Pow(2, zoom);
        var x = (tile.X + ((double)at.X / Extent)) / n;
        var y = (tile.Y + ((double)at.Y / Extent)) / n;
        return ((x * 360) - 180, Math.Atan(Math.Sinh(Math.PI * (1 - (2 * y)))) * 180 / Math.PI);
    }

    private async Task<List<(string Code, double Lon, double Lat)>> PlacesAsync(string sql)
    {
        var places = new List<(string, double, double)>();
        await using var command = demo.Database.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            places.Add((rows.GetString(0), rows.GetDouble(1), rows.GetDouble(2)));
        }

        return places;
    }

    [Theory]
    [InlineData(14)]
    [InlineData(18)]
    [InlineData(22)]
    public async Task A_record_lies_in_its_tile_where_it_lies_on_earth(int zoom)
    {
        var places = await PlacesAsync(
            "SELECT code, ST_X(geom), ST_Y(geom) FROM points WHERE GeometryType(geom) = 'POINT' ORDER BY code LIMIT 10"
        );
        Assert.Equal(10, places.Count);
        foreach (var (code, lon, lat) in places)
        {
            var tile = TileOf(lon, lat, zoom);
            var layer = Assert.Single(await TileAsync($"points/{zoom}/{tile.X}/{tile.Y}"));
            Assert.Equal("points", layer.Name);
            Assert.Equal(Extent, layer.Extent);
            var feature = Assert.Single(layer.Features, f => f.Text("code") == code);
            var drawn = PlaceOf(zoom, tile, Assert.Single(Assert.Single(feature.Parts)));
            // Rounded to the units of the tile.
            var unit = 360 / Math.Pow(2, zoom) / Extent;
            Assert.InRange(drawn.Lon - lon, -unit, unit);
            Assert.InRange(drawn.Lat - lat, -unit, unit);
        }
    }

    [Fact]
    public async Task The_tiles_of_a_level_hold_every_issue_and_no_other()
    {
        const int zoom = 15;
        var places = await PlacesAsync("SELECT code, ST_X(geom), ST_Y(geom) FROM issues");
        Assert.True(places.Count > 5000);
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tile in places.Select(p => TileOf(p.Lon, p.Lat, zoom)).Distinct())
        {
            var layer = Assert.Single(await TileAsync($"issues/{zoom}/{tile.X}/{tile.Y}"));
            codes.UnionWith(layer.Features.Select(f => f.Text("code")));
            Assert.All(
                layer.Features,
                f =>
                {
                    var (x, y) = Assert.Single(Assert.Single(f.Parts));
                    Assert.InRange(x, -64, Extent + 64);
                    Assert.InRange(y, -64, Extent + 64);
                }
            );
        }

        Assert.Equal(places.Count, codes.Count);
    }

    [Fact]
    public async Task Tile_json_names_the_fields_that_the_tiles_have()
    {
        foreach (var layer in TileLayer.All)
        {
            using var answer = await demo.GetJsonAsync($"/tiles/{layer.Name}.json");
            var root = answer.RootElement;
            Assert.Equal("3.0.0", root.GetProperty("tilejson").GetString());
            var template = root.GetProperty("tiles")[0].GetString()!;
            Assert.StartsWith(
                demo.Client.BaseAddress!.ToString(),
                template,
                StringComparison.Ordinal
            );
            var bounds = root.GetProperty("bounds")
                .EnumerateArray()
                .Select(b => b.GetDouble())
                .ToArray();
            var tile = TileOf((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, 13);
            var described = root.GetProperty("vector_layers")[0];
            Assert.Equal(layer.Name, described.GetProperty("id").GetString());
            var read = Assert.Single(await TileAsync($"{layer.Name}/13/{tile.X}/{tile.Y}"));
            Assert.Equal(
                described
                    .GetProperty("fields")
                    .EnumerateObject()
                    .Select(f => f.Name)
                    .Order(StringComparer.Ordinal),
                read.Features.SelectMany(f => f.Properties.Keys)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal)
            );
        }
    }

    [Theory]
    [InlineData("points/99/0/0")]
    [InlineData("points/23/0/0")]
    [InlineData("points/-1/0/0")]
    [InlineData("points/4/-1/0")]
    [InlineData("points/4/16/0")]
    [InlineData("points/4/0/16")]
    [InlineData("points/4/0/99999999999")]
    [InlineData("points/4/1.0/0")]
    [InlineData("points/04/0/0")]
    [InlineData("points/+4/0/0")]
    [InlineData("streets/0/0/0")]
    [InlineData("points,nothing/0/0/0")]
    [InlineData("points,/0/0/0")]
    [InlineData("%2e%2e/0/0/0")]
    [InlineData("..%2fpoints/0/0/0")]
    public async Task What_is_no_tile_is_not_found(string path) =>
        await demo.GetProblemAsync($"/tiles/{path}.mvt", 404, "not-found");

    [Fact]
    public async Task A_layer_named_twice_is_there_once_and_two_layers_are_both_there()
    {
        var tile = TileOf(106.55, 29.565, 14);
        var twice = await TileAsync(
            $"points,points,points,points,points,points/14/{tile.X}/{tile.Y}"
        );
        Assert.Equal("points", Assert.Single(twice).Name);
        var both = await TileAsync($"grids,points/14/{tile.X}/{tile.Y}");
        Assert.Equal(["grids", "points"], both.Select(l => l.Name));
        Assert.All(both[0].Features, f => Assert.Equal(3, f.Type));
    }

    [Fact]
    public async Task An_empty_tile_has_no_content_and_a_full_one_is_checked_by_its_tag()
    {
        using var empty = await demo.Client.GetAsync("/tiles/points/14/0/0.mvt");
        Assert.Equal(HttpStatusCode.NoContent, empty.StatusCode);
        Assert.Empty(await empty.Content.ReadAsByteArrayAsync());

        var tile = TileOf(106.55, 29.565, 14);
        var path = $"/tiles/points/14/{tile.X}/{tile.Y}.mvt";
        using var full = await demo.Client.GetAsync(path);
        Assert.True(full.Headers.CacheControl!.Private);
        var tag = full.Headers.ETag!;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(tag);
        using var again = await demo.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, path);
        other.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"", isWeak: true));
        using var changed = await demo.Client.SendAsync(other);
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task A_tile_may_be_of_one_street()
    {
        var tile = TileOf(106.55, 29.565, 14);
        using var own = await demo.Client.GetAsync(
            $"/tiles/points/14/{tile.X}/{tile.Y}.mvt?street={ServiceFixture.DemoStreet}"
        );
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        using var none = await demo.Client.GetAsync(
            $"/tiles/points/14/{tile.X}/{tile.Y}.mvt?street=another"
        );
        Assert.Equal(HttpStatusCode.NoContent, none.StatusCode);
        await demo.GetProblemAsync(
            $"/tiles/points/14/{tile.X}/{tile.Y}.mvt?stret=another",
            400,
            "invalid-parameter"
        );
    }

    [Fact]
    public async Task Tiles_are_read_through_the_spatial_index()
    {
        var bounds = new TileAddress(18, 208_637, 108_560).Bounds(1d / 64);
        await using var connection = await demo.Database.OpenConnectionAsync();
        foreach (var layer in TileLayer.All)
        {
            var sql = GeoCivic.Database.Sql.Load(layer.File);
            await using var command = connection.CreateCommand();
            command.CommandText =
                $"SET enable_seqscan = off; EXPLAIN "
                + sql.Replace(
                        "@nearby",
                        FormattableString.Invariant(
                            $"ST_MakeEnvelope({bounds.MinX}, {bounds.MinY}, {bounds.MaxX}, {bounds.MaxY}, 4326)"
                        ),
                        StringComparison.Ordinal
                    )
                    .Replace("@street", "NULL", StringComparison.Ordinal)
                    .Replace("@scope", "ARRAY['500103011']", StringComparison.Ordinal)
                    .Replace("@covert_scope", "ARRAY['500103011']", StringComparison.Ordinal)
                    .Replace("@z", "18", StringComparison.Ordinal)
                    .Replace("@x", "208637", StringComparison.Ordinal)
                    .Replace("@y", "108560", StringComparison.Ordinal)
                    .Replace("@extent", "4096", StringComparison.Ordinal)
                    .Replace("@buffer", "64", StringComparison.Ordinal)
                    .Replace("@most", "50000", StringComparison.Ordinal);
            var plan = new List<string>();
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                plan.Add(rows.GetString(0));
            }

            Assert.Contains(
                plan,
                line => line.Contains($"gix_{layer.Table}_geom", StringComparison.Ordinal)
            );
        }
    }
}

/// <summary>Records that no Web Mercator tile can show.</summary>
public sealed class PoleTileTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task A_record_at_the_pole_breaks_no_tile()
    {
        await service.ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('pole', 'Pole');
            INSERT INTO points (street_code, code, name, type, geom, placement)
            SELECT 'pole', 'p' || n, 'Pole', (SELECT min(code) FROM point_types), ST_SetSRID(g::geometry, 4326), 'orphan'
            FROM unnest(ARRAY['POINT(0 90)', 'POINT(30 89.9999999)', 'POINT(-180 -90)', 'LINESTRING(0 80, 0 90)']) WITH ORDINALITY AS x (g, n);
            """
        );
        foreach (var path in (string[])["0/0/0", "1/0/0", "3/4/0", "22/2097152/0", "3/0/7"])
        {
            using var response = await service.Client.GetAsync($"/tiles/points/{path}.mvt");
            Assert.True(
                response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent,
                $"{path}: {(int)response.StatusCode}"
            );
            var drawn =
                response.StatusCode == HttpStatusCode.NoContent
                    ? []
                    : VectorTile.Decode(await response.Content.ReadAsByteArrayAsync());
            // Only the line comes down to where Mercator ends.
            Assert.All(drawn.SelectMany(l => l.Features), f => Assert.Equal(2, f.Type));
        }

        using var south = await service.Client.GetAsync("/tiles/points/3/0/7.mvt");
        Assert.Equal(HttpStatusCode.NoContent, south.StatusCode);
        using var description = await service.GetJsonAsync("/tiles/points.json");
        Assert.Equal(
            85.051129,
            description.RootElement.GetProperty("bounds")[3].GetDouble(),
            precision: 6
        );
    }

    [Fact]
    public async Task A_tile_that_the_database_cannot_give_in_time_is_given_up()
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var holding = new Npgsql.NpgsqlCommand("LOCK TABLE venues", connection);
        await holding.ExecuteNonQueryAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await service.GetProblemAsync("/tiles/venues/0/0/0.mvt", 503, "unavailable");
        Assert.InRange(
            watch.ElapsedMilliseconds,
            TileEndpoints.TimeoutMs - 100,
            TileEndpoints.TimeoutMs * 3
        );
    }
}
