using System.Globalization;
using System.Text;
using System.Text.Json;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>
/// What another process changes between two checks is in the second, though the first has kept what it read: each change
/// is written past the service, as another server or the command line writes.
/// </summary>
public sealed class CheckChangesTests(PlannedGround ground) : IClassFixture<PlannedGround>
{
    private const string Rule = """
        {"id": "change.RULE", "name": "规则", "name_en": "rule", "school_kinds": ["primary"], "venue_categories": ["CATEGORY"],
         "metres": METRES, "from": "any_gate", "how": "HOW", "method_settled": true, "certainty": "high",
         "citation": {"text": "t", "article": "a", "verified": false}}
        """;

    private static readonly LonLat Gate = new(
        PlannedGround.Corner.Lon + 0.0005,
        PlannedGround.Corner.Lat
    );

    [Fact]
    public async Task A_check_sees_what_another_process_has_changed()
    {
        var at = Geodesic.Destination(Gate, 180, 150);
        Assert.Equal("no_rule", await VerdictAsync(at));

        // A pack, its next version, and a rule changed in place.
        await PackAsync("1", 200, "straight");
        Assert.Equal("violating", await VerdictAsync(at));
        await PackAsync("2", 100, "straight");
        Assert.Equal("compliant", await VerdictAsync(at));
        await ground.ExecuteAsync(
            "UPDATE perimeter_rules SET metres = 180 WHERE pack = 'change' AND version = '2'"
        );
        Assert.Equal("violating", await VerdictAsync(at));

        // A gate that moves 100 m away, one more, and that one gone again. The map moves with it.
        var map = await MapAsync();
        Assert.Equal(map, await MapAsync());
        await MoveAsync(Geodesic.Destination(Gate, 0, 100));
        Assert.Equal("compliant", await VerdictAsync(at));
        Assert.NotEqual(map, await MapAsync());
        await ground.ExecuteAsync(
            "INSERT INTO gates (street_code, code, school_code, geom, accuracy) SELECT street_code, 'G9', 'S1', ST_SetSRID(ST_MakePoint(@lon, @lat), 4326), 'A' FROM gates WHERE code = 'G1'",
            ("lon", Gate.Lon),
            ("lat", Gate.Lat)
        );
        Assert.Equal("violating", await VerdictAsync(at));
        await ground.ExecuteAsync("DELETE FROM gates WHERE code = 'G9'");
        Assert.Equal("compliant", await VerdictAsync(at));
        await MoveAsync(Gate);
        Assert.Equal("violating", await VerdictAsync(at));
        Assert.Equal(map, await MapAsync());

        // A grid less in force.
        await ground.ExecuteAsync(
            """
            UPDATE area_versions SET valid_until = '2026-01-01'
            WHERE street_code = 'plan-west' AND level = 'grid' AND code = 'G3';
            UPDATE streets SET areas_revision = areas_revision + 1 WHERE street_code = 'plan-west';
            """
        );
        Assert.NotEqual(map, await MapAsync());

        // The school becomes of a kind that the rule does not protect, goes, and comes back under the same code.
        await ground.ExecuteAsync("UPDATE schools SET kind = 'special' WHERE code = 'S1'");
        Assert.Equal("compliant", await VerdictAsync(at));
        await ground.ExecuteAsync("UPDATE schools SET kind = 'primary' WHERE code = 'S1'");
        Assert.Equal("violating", await VerdictAsync(at));
        await ground.ExecuteAsync(
            """
            CREATE TABLE gone AS SELECT * FROM schools WHERE code = 'S1';
            CREATE TABLE gone_gates AS SELECT * FROM gates WHERE school_code = 'S1';
            DELETE FROM gates WHERE school_code = 'S1';
            DELETE FROM school_grids WHERE code = 'S1';
            DELETE FROM schools WHERE code = 'S1';
            """
        );
        Assert.Equal("compliant", await VerdictAsync(at));
        await ground.ExecuteAsync(
            "INSERT INTO schools SELECT * FROM gone; INSERT INTO gates SELECT * FROM gone_gates; DROP TABLE gone, gone_gates"
        );
        Assert.Equal("violating", await VerdictAsync(at));

        // On foot it is 150 m along a way that is drawn later, and 450 m once that goes around.
        await PackAsync("3", 200, "walking");
        Assert.Equal("to_be_surveyed", await VerdictAsync(at));
        await ground.ExecuteAsync(
            "INSERT INTO ways (street_code, code, kind, geom) VALUES ('plan-west', 'W', 'footway', ST_MakeLine(ST_SetSRID(ST_MakePoint(@lon, @from), 4326), ST_SetSRID(ST_MakePoint(@lon, @to), 4326)))",
            ("lon", Gate.Lon),
            ("from", Gate.Lat),
            ("to", at.Lat)
        );
        Assert.Equal("violating", await VerdictAsync(at));
        await ground.ExecuteAsync(
            "UPDATE ways SET geom = ST_AddPoint(geom, ST_Translate(ST_PointN(geom, 1), 0.0016, -0.0007), 1) WHERE code = 'W'"
        );
        Assert.Equal("compliant", await VerdictAsync(at));
    }

    private Task<string> MapAsync() =>
        ground.Client.GetStringAsync(
            $"/api/perimeters/allowed?street={PlannedGround.WestStreet}&category=restaurant"
        );

    private async Task<string> VerdictAsync(LonLat at)
    {
        using var response = await ground.Client.PostAsync(
            "/api/perimeters/check",
            new StringContent(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""{"lon":{{at.Lon:0.0000000}},"lat":{{at.Lat:0.0000000}},"category":"restaurant"}"""
                ),
                Encoding.UTF8,
                "application/json"
            )
        );
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("verdict").GetString()!;
    }

    private Task MoveAsync(LonLat to) =>
        ground.ExecuteAsync(
            "UPDATE gates SET geom = ST_SetSRID(ST_MakePoint(@lon, @lat), 4326) WHERE code = 'G1'",
            ("lon", to.Lon),
            ("lat", to.Lat)
        );

    private Task PackAsync(string version, int metres, string how) =>
        ground.ExecuteAsync(
            "SELECT put_rule_pack(jsonb_build_object('format', 1, 'pack', 'change', 'version', @version, 'name', 'c', 'name_en', 'c', 'region', 'plan', 'rules', jsonb_build_array(@rule::jsonb)), 'loaded')",
            ("version", version),
            (
                "rule",
                Rule.Replace("RULE", "one", StringComparison.Ordinal)
                    .Replace("CATEGORY", "restaurant", StringComparison.Ordinal)
                    .Replace("METRES", $"{metres}", StringComparison.Ordinal)
                    .Replace("HOW", how, StringComparison.Ordinal)
            )
        );
}
