using System.Globalization;
using GeoCivic.Imports;
using GeoCivic.Spatial;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Imports;

/// <summary>Every geometry enters with a known datum (feature A7).</summary>
public sealed class DatumTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task A_table_without_a_coordinate_system_is_refused()
    {
        await CreateAsync(service, "unlabelled");
        var refusal = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\nP,点,market,106.5505,29.5605\n",
                "p.csv",
                "unlabelled",
                crs: null
            )
        );
        Assert.Equal(("crs-missing", 422), (refusal.Code, refusal.Status));
    }

    [Theory]
    [InlineData("EPSG:999999")]
    [InlineData("EPSG:1")]
    [InlineData("mars2000")]
    public async Task An_unknown_coordinate_system_is_refused(string crs)
    {
        await using (
            var command = service.Database.CreateCommand(
                "INSERT INTO streets (street_code, name) VALUES ('crs', 'crs') ON CONFLICT DO NOTHING"
            )
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        var refusal = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\nP,点,market,106.5505,29.5605\n",
                "p.csv",
                "crs",
                crs
            )
        );
        Assert.Equal(("crs-unknown", 400), (refusal.Code, refusal.Status));
    }

    [Theory]
    [InlineData("gcj02")]
    [InlineData("bd09")]
    [InlineData("cgcs2000")]
    public async Task Chinese_datums_are_undone_to_better_than_a_centimetre(string crs)
    {
        await CreateAsync(service, crs);
        var random = new Random(3);
        var places = Enumerable
            .Range(0, 200)
            .Select(_ => (Lon: Lon(random.NextDouble() * 2), Lat: Lat(random.NextDouble() * 2)))
            .ToList();
        var rows = places.Select(
            (p, i) =>
            {
                var shifted = crs switch
                {
                    "gcj02" => Gcj02.FromWgs84(p.Lon, p.Lat),
                    "bd09" => Bd09.FromWgs84(p.Lon, p.Lat),
                    _ => new LonLat(p.Lon, p.Lat),
                };
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"P{i:000},点,market,{shifted.Lon:R},{shifted.Lat:R}\n"
                );
            }
        );
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\n" + string.Concat(rows),
                "p.csv",
                crs,
                crs
            )
        );

        await using var command = service.Database.CreateCommand(
            """
            SELECT max(ST_Distance(p.geom::geography, ST_SetSRID(ST_MakePoint(g.lon, g.lat), 4326)::geography))
            FROM unnest($1, $2) WITH ORDINALITY AS g (lon, lat, n)
            JOIN points p ON p.street_code = $3 AND p.code = 'P' || to_char(n - 1, 'FM000')
            """
        );
        command.Parameters.Add(new() { Value = places.Select(p => p.Lon).ToArray() });
        command.Parameters.Add(new() { Value = places.Select(p => p.Lat).ToArray() });
        command.Parameters.Add(new() { Value = crs });
        // Half a unit of the stored 1e-7 degree is 5.5 mm in each direction.
        Assert.InRange((double)(await command.ExecuteScalarAsync())!, 0, 0.01);
    }

    [Fact]
    public async Task Projected_coordinates_go_through_PROJ()
    {
        await CreateAsync(service, "projected");
        // CGCS2000 / 3-degree Gauss-Krueger CM 105E
        var easting = await service.ScalarAsync<double>(
            $"SELECT ST_X(ST_Transform(ST_SetSRID(ST_MakePoint({Lon(0.5)}, {Lat(0.5)}), 4326), 4544))"
        );
        var northing = await service.ScalarAsync<double>(
            $"SELECT ST_Y(ST_Transform(ST_SetSRID(ST_MakePoint({Lon(0.5)}, {Lat(0.5)}), 4326), 4544))"
        );
        var csv = string.Create(
            CultureInfo.InvariantCulture,
            $"code,name,type,x,y\nP,点,market,{easting},{northing}\n"
        );
        Committed(
            await service.ImportAsync(Datasets.Points, csv, "p.csv", "projected", "EPSG:4544")
        );
        Assert.Equal(
            $"{Lon(0.5):0.0000000} {Lat(0.5):0.0000000}",
            await service.ScalarAsync<string>(
                "SELECT to_char(ST_X(geom), 'FM999.0000000') || ' ' || to_char(ST_Y(geom), 'FM999.0000000') FROM points WHERE street_code = 'projected'"
            )
        );
    }

    [Theory]
    [InlineData("gcj02", "gcj02")]
    [InlineData("bd09", "bd09")]
    [InlineData("swapped", "swapped")]
    public async Task Coordinates_that_only_fit_the_street_after_undoing_a_shift_are_held(
        string really,
        string suspected
    )
    {
        var street = $"held {really}";
        await CreateAsync(service, street);
        var random = new Random(9);
        var rows = string.Concat(
            Enumerable
                .Range(0, 40)
                .Select(i =>
                {
                    var (lon, lat) = (Lon(random.NextDouble() * 2), Lat(random.NextDouble() * 2));
                    var moved = really switch
                    {
                        "gcj02" => Gcj02.FromWgs84(lon, lat),
                        "bd09" => Bd09.FromWgs84(lon, lat),
                        _ => new LonLat(lat, lon),
                    };
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"P{i},点,market,{moved.Lon:F7},{moved.Lat:F7}\n"
                    );
                })
        );
        // Swapped coordinates of China are no latitudes at all; the rows are refused one by one with the same hint.
        if (really == "swapped")
        {
            var report = await service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\n" + rows,
                "p.csv",
                street
            );
            Assert.False(report.Committed);
            Assert.All(
                report.Rows,
                r => Assert.Contains("swapped", r.Reason, StringComparison.Ordinal)
            );
            return;
        }

        var held = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(Datasets.Points, "code,name,type,lon,lat\n" + rows, "p.csv", street)
        );
        Assert.Equal(("datum-suspected", suspected), (held.Code, held.Extensions["suspected"]));
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                $"SELECT count(*) FROM points WHERE street_code = '{street}'"
            )
        );

        Committed(
            await service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\n" + rows,
                "p.csv",
                street,
                really
            )
        );
        // With the records there, their own codes prove the offset even where the street would still hold the points.
        var again = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(Datasets.Points, "code,name,type,lon,lat\n" + rows, "p.csv", street)
        );
        Assert.Equal("datum-suspected", again.Code);
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\n" + rows,
                "p.csv",
                street,
                with: r => r with { AcceptDatum = true }
            )
        );
    }

    [Fact]
    public async Task Known_records_show_the_offset_where_the_street_is_large_enough_to_hide_it()
    {
        await using (
            var command = service.Database.CreateCommand(
                "INSERT INTO streets (street_code, name) VALUES ('large', 'large')"
            )
        )
        {
            await command.ExecuteNonQueryAsync();
        }

        Committed(
            await service.ImportAsync(
                Datasets.Communities,
                $"code,name,wkt\nA,社区,\"{Box(-200, -200, 200, 200)}\"\n",
                "c.csv",
                "large"
            )
        );
        string Rows(bool shift) =>
            string.Concat(
                Enumerable
                    .Range(0, 10)
                    .Select(i =>
                    {
                        var place = shift
                            ? Gcj02.FromWgs84(Lon(i), Lat(i))
                            : new LonLat(Lon(i), Lat(i));
                        return string.Create(
                            CultureInfo.InvariantCulture,
                            $"P{i},市场,market,{place.Lon:F7},{place.Lat:F7}\n"
                        );
                    })
            );
        Committed(
            await service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\n" + Rows(false),
                "p.csv",
                "large"
            )
        );
        var held = await Assert.ThrowsAsync<ImportException>(() =>
            service.ImportAsync(
                Datasets.Points,
                "code,name,type,lon,lat\n" + Rows(true),
                "p.csv",
                "large"
            )
        );
        Assert.Equal("gcj02", held.Extensions["suspected"]);
        Assert.InRange((double)held.Extensions["offset_m"]!, 300, 700);
    }
}
