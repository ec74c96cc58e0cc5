using System.Globalization;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>Real campuses and venues: the counts are those of PostGIS geography, and the datum of a file changes nothing.</summary>
public sealed class RealPerimetersTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    // Class B at both ends.
    private static readonly double Uncertainty = Math.Sqrt(2);

    private sealed record Pair(string School, string Venue, double Metres, Verdict Verdict);

    [Fact]
    public async Task Washington_campuses_and_liquor_licences_count_as_PostGIS_counts_them()
    {
        await StreetAsync("dc");
        await PackAsync("dc", "dc", "restaurant", 200);
        Dictionary<string, string> Map(params string[] pairs) =>
            pairs
                .Select(p => p.Split('='))
                .ToDictionary(p => p[0], p => p[1], StringComparer.Ordinal);
        var schools = Committed(
            await service.ImportFileAsync(
                Datasets.Schools,
                RepositoryFiles.Shared("us-dc-civic", "public-school-grounds.geojson"),
                "dc",
                crs: null,
                r =>
                    r with
                    {
                        Repair = true,
                        Map = Map("code=OBJECTID", "name=GIS_ID"),
                        Set = Map("kind=primary"),
                    }
            )
        );
        var venues = Committed(
            await service.ImportFileAsync(
                Datasets.Venues,
                RepositoryFiles.Shared("us-dc-civic", "liquor-license-locations.geojson"),
                "dc",
                crs: null,
                r =>
                    r with
                    {
                        Map = Map("code=OBJECTID", "name=LICENSE"),
                        Set = Map("category=restaurant"),
                    }
            )
        );
        Assert.Equal((173L, 2012L), (schools.Added, venues.Added));
        var pairs = await AsPostGisAsync("dc", "dc.rule", 200);
        Assert.True(pairs.Count(p => p.Verdict == Verdict.Violating) > 100, $"{pairs.Count}");
    }

    [Fact]
    public async Task Haidian_campuses_and_shops_count_as_PostGIS_counts_them()
    {
        const string Street = "110108012";
        await StreetAsync(Street);
        await PackAsync("haidian", Street, "food_shop", 200);
        var campuses = new StringBuilder("code,name,kind,wkt\n");
        foreach (var (id, kind, wkt) in OsmAreas())
        {
            campuses.Append(CultureInfo.InvariantCulture, $"{id},{id},{kind},\"{wkt}\"\n");
        }

        Assert.Equal(
            4,
            Committed(
                await service.ImportAsync(Datasets.Schools, campuses.ToString(), "s.csv", Street)
            ).Added
        );
        var shops = new StringBuilder("code,name,category,lon,lat\n");
        foreach (var (id, category, place) in OsmShops())
        {
            shops.Append(
                CultureInfo.InvariantCulture,
                $"{id},{id},{category},{place.Lon:R},{place.Lat:R}\n"
            );
        }

        Assert.True(
            Committed(
                await service.ImportAsync(Datasets.Venues, shops.ToString(), "v.csv", Street)
            ).Added > 50
        );
        var pairs = await AsPostGisAsync(Street, "haidian.rule", 200);
        Assert.Contains(pairs, p => p.Verdict == Verdict.Violating);
        Assert.Contains(pairs, p => p.Verdict == Verdict.Compliant);
        // The national and the campaign's rules hold here, too; what no rule covers is listed.
        using var rules = await service.GetJsonAsync($"/api/perimeters/rules?street={Street}");
        Assert.Contains(
            rules.RootElement.GetProperty("rules").EnumerateArray(),
            r => r.GetProperty("id").GetString() == "campaign.venues"
        );
        Assert.Equal(
            ["restaurant", "tobacco_alcohol"],
            rules
                .RootElement.GetProperty("unruled")
                .EnumerateArray()
                .Select(u => u.GetProperty("category").GetString())
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Yuzhong_schools_in_two_datums_get_the_same_verdicts()
    {
        var verdicts = new List<List<string>>();
        foreach (var crs in (string[])["wgs84", "gcj02"])
        {
            var street = $"yuzhong-{crs}";
            await StreetAsync(street);
            await PackAsync(street, street, "clinic", 200);
            var (schools, venues) = YuzhongFiles(shifted: crs == "gcj02");
            Assert.Equal(
                48,
                Committed(
                    await service.ImportAsync(Datasets.Schools, schools, "s.csv", street, crs)
                ).Added
            );
            Committed(await service.ImportAsync(Datasets.Venues, venues, "v.csv", street, crs));
            Assert.Equal(
                $"{crs} 115",
                await service.ScalarAsync<string>(
                    "SELECT min(datum) || ' ' || count(*) FROM (SELECT datum FROM schools WHERE street_code = @s UNION ALL SELECT datum FROM venues WHERE street_code = @s) d",
                    ("s", street)
                )
            );
            var pairs = await PairsAsync(street, $"{street}.rule");
            verdicts.Add([.. pairs.Select(p => $"{p.School} {p.Venue} {p.Verdict}")]);
        }

        Assert.Contains(verdicts[0], v => v.EndsWith("Violating", StringComparison.Ordinal));
        Assert.Contains(verdicts[0], v => v.EndsWith("Compliant", StringComparison.Ordinal));
        Assert.Equal(verdicts[0], verdicts[1]);
    }

    // Schools as squares of some 60 m, hospitals as they are; GCJ-02 by the published forward formula.
    private static (string Schools, string Venues) YuzhongFiles(bool shifted)
    {
        using var file = JsonDocument.Parse(
            File.ReadAllBytes(
                RepositoryFiles.Shared("cn-yuzhong", "pois_schools_hospitals.geojson")
            )
        );
        var schools = new StringBuilder("code,name,kind,wkt\n");
        var venues = new StringBuilder("code,name,category,wkt\n");
        var n = 0;
        foreach (var feature in file.RootElement.GetProperty("features").EnumerateArray())
        {
            var kind = feature.GetProperty("properties").GetProperty("kind").GetString()!;
            var place = feature.GetProperty("geometry").GetProperty("coordinates");
            var (lon, lat) = (place[0].GetDouble(), place[1].GetDouble());
            n++;
            if (kind.EndsWith("_school", StringComparison.Ordinal))
            {
                schools.Append(
                    CultureInfo.InvariantCulture,
                    $"S{n},学校{n},{kind},\"POLYGON(({At(-1, -1)},{At(1, -1)},{At(1, 1)},{At(-1, 1)},{At(-1, -1)}))\"\n"
                );
            }
            else
            {
                venues.Append(
                    CultureInfo.InvariantCulture,
                    $"V{n},医院{n},clinic,POINT({At(0, 0)})\n"
                );
            }

            string At(int x, int y)
            {
                var (px, py) = (lon + (x * 0.0003), lat + (y * 0.00027));
                var shiftedPlace = shifted ? Gcj02.FromWgs84(px, py) : new LonLat(px, py);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{shiftedPlace.Lon:0.0000000} {shiftedPlace.Lat:0.0000000}"
                );
            }
        }

        return (schools.ToString(), venues.ToString());
    }

    private async Task<List<Pair>> AsPostGisAsync(string street, string rule, double limit)
    {
        var pairs = await PairsAsync(street, rule);
        var expected = new List<(string Key, double Metres)>();
        await using (
            var command = service.Database.CreateCommand(
                """
                SELECT s.code || ' ' || v.code, ST_Distance(s.cut, v.geom::geography)
                FROM (
                    -- Edges are straight in degrees; those of geography are geodesics, so long ones are cut first.
                    SELECT code, street_code, geom, ST_Segmentize(geom, 0.0001)::geography AS cut FROM schools
                ) s
                JOIN venues v ON v.street_code = s.street_code AND v.category = ANY ($2)
                 AND v.geom && ST_Expand(s.geom, 0.01)
                 AND ST_DWithin(s.cut, v.geom::geography, $3)
                WHERE s.street_code = $1
                """
            )
        )
        {
            command.Parameters.Add(new() { Value = street });
            command.Parameters.Add(
                new()
                {
                    Value = (await new RuleBook(service.Database).AllAsync(CancellationToken.None))
                        .Single(r => r.Id == rule)
                        .VenueCategories,
                }
            );
            command.Parameters.Add(new() { Value = 500.0 });
            await using var rows = await command.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                expected.Add((rows.GetString(0), rows.GetDouble(1)));
            }
        }

        var found = pairs.ToDictionary(p => $"{p.School} {p.Venue}", StringComparer.Ordinal);
        Assert.Equal(
            expected.Select(e => e.Key).Order(StringComparer.Ordinal),
            found.Keys.Order(StringComparer.Ordinal)
        );
        foreach (var (key, metres) in expected)
        {
            var pair = found[key];
            // PostGIS looks for the nearest place on the sphere and measures from there on the ellipsoid: up to a hundred
            // thousandth too long (a foot off by 1/300 of the distance), never too short.
            Assert.InRange(metres - pair.Metres, -2e-4, 2e-4 + (metres * 1e-5));
            Assert.Equal(
                Math.Abs(metres - limit) < Uncertainty ? Verdict.ToBeSurveyed
                    : metres <= limit ? Verdict.Violating
                    : Verdict.Compliant,
                pair.Verdict
            );
        }

        // The bare count within the limit: what is too close to call lies on both sides of it.
        Assert.Equal(expected.Count(e => e.Metres <= limit), pairs.Count(p => p.Metres <= limit));
        return pairs;
    }

    private async Task<List<Pair>> PairsAsync(string street, string rule)
    {
        var question = new ComplianceQuestion(new Scope([street], []), SomeRule.Day)
        {
            Street = street,
            SchoolStreet = street,
            Rules = [rule],
            Within = 500,
        };
        var pairs = new List<Pair>();
        await foreach (
            var school in service
                .Services.GetRequiredService<ComplianceRows>()
                .OfAsync(question, CancellationToken.None)
        )
        {
            pairs.AddRange(
                school.Rows.Select(r => new Pair(
                    r.School.Code,
                    r.Venue.Code,
                    r.Distances.Measured.CampusMetres,
                    r.Decision.Verdict
                ))
            );
        }

        return pairs;
    }

    private async Task StreetAsync(string street) =>
        await service.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES (@s, @s)",
            ("s", street)
        );

    private async Task PackAsync(string pack, string region, string category, double metres)
    {
        var json = JsonSerializer.Serialize(
            new
            {
                format = 1,
                pack,
                version = "1",
                name = "试",
                name_en = "Trial",
                region,
                rules = new[]
                {
                    new
                    {
                        id = $"{pack}.rule",
                        name = "试",
                        name_en = "Trial",
                        school_kinds = RuleCodes.SchoolKinds,
                        venue_categories = new[] { category },
                        metres,
                        from = "campus_boundary",
                        how = "straight",
                        method_settled = true,
                        certainty = "high",
                        citation = new
                        {
                            text = "试",
                            article = "试",
                            verified = false,
                        },
                    },
                },
            }
        );
        var store = service.Services.GetRequiredService<PackStore>();
        var (read, faults) = PackReader.Read(
            Encoding.UTF8.GetBytes(json),
            await store.ContextAsync(pack, CancellationToken.None)
        );
        Assert.Empty(faults);
        Assert.Single(read!.Rules);
        Assert.True(await store.PutAsync(json, CancellationToken.None));
    }

    private static IEnumerable<(string Id, string Kind, string Wkt)> OsmAreas()
    {
        var n = 0;
        foreach (var (properties, geometry) in Osm("beijing_haidian_multipolygons.geojson"))
        {
            var kind = Text(properties, "amenity") switch
            {
                "kindergarten" => "kindergarten",
                "school" => "primary",
                _ => null,
            };
            if (kind is not null)
            {
                var shape = JsonSerializer.Deserialize<NetTopologySuite.Geometries.Geometry>(
                    geometry,
                    GeoJson
                )!;
                yield return ($"C{++n}", kind, shape.AsText());
            }
        }
    }

    private static IEnumerable<(string Id, string Category, LonLat Place)> OsmShops()
    {
        var n = 0;
        foreach (var (properties, geometry) in Osm("beijing_haidian_points.geojson"))
        {
            var tags = Text(properties, "other_tags") ?? "";
            var category =
                tags.Contains("KTV", StringComparison.Ordinal) ? "karaoke"
                : tags.Contains("\"shop\"=>\"alcohol\"", StringComparison.Ordinal)
                    ? "tobacco_alcohol"
                : tags.Contains("\"shop\"=>", StringComparison.Ordinal) ? "food_shop"
                : tags.Contains("\"amenity\"=>\"restaurant\"", StringComparison.Ordinal)
                || tags.Contains("\"amenity\"=>\"fast_food\"", StringComparison.Ordinal)
                    ? "restaurant"
                : null;
            if (category is not null)
            {
                var place = geometry.GetProperty("coordinates");
                yield return (
                    $"P{++n}",
                    category,
                    new LonLat(place[0].GetDouble(), place[1].GetDouble())
                );
            }
        }
    }

    private static IEnumerable<(JsonElement Properties, JsonElement Geometry)> Osm(string name)
    {
        using var file = JsonDocument.Parse(
            File.ReadAllBytes(RepositoryFiles.Shared("cn-beijing-osm", name))
        );
        foreach (var feature in file.RootElement.GetProperty("features").EnumerateArray())
        {
            yield return (feature.GetProperty("properties"), feature.GetProperty("geometry"));
        }
    }

    private static string? Text(JsonElement properties, string name) =>
        properties.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static readonly JsonSerializerOptions GeoJson = new()
    {
        Converters = { new NetTopologySuite.IO.Converters.GeoJsonConverterFactory() },
    };
}
