using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.SchoolPerimeters.PerimeterStreet;

namespace GeoCivic.Tests.SchoolPerimeters;

public sealed class ComplianceTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly Dictionary<string, double> Class = new(StringComparer.Ordinal)
    {
        ["A"] = 0.5,
        ["B"] = 1,
        ["C"] = 10,
        ["D"] = 50,
        [""] = 1,
    };

    // The rules of the random street, as the test itself decides by them.
    private sealed record Plain(
        string Id,
        string Kinds,
        string Category,
        double Metres,
        string From,
        string How,
        bool Inclusive,
        string? LicensedBefore
    );

    private static readonly Plain[] Rules =
    [
        new(
            "rnd.a",
            "primary secondary",
            "internet_cafe",
            200,
            "campus_boundary",
            "straight",
            true,
            null
        ),
        new(
            "rnd.b",
            "primary secondary kindergarten",
            "karaoke",
            100,
            "any_gate",
            "straight",
            false,
            null
        ),
        new("rnd.c", "primary", "billiard_hall", 150, "main_gate", "straight", true, null),
        new("rnd.d", "secondary", "karaoke", 120, "any_gate", "walking", true, null),
        new(
            "rnd.e",
            "kindergarten",
            "internet_cafe",
            90,
            "campus_boundary",
            "straight",
            true,
            "2020-01-01"
        ),
    ];

    [Fact]
    public async Task Every_row_is_that_of_a_brute_force_over_all_pairs()
    {
        var random = new Random(20261122);
        var street = new PerimeterStreet(service, "rnd", 107.10, 29.40);
        await street.CreateAsync();
        await street.RulesAsync(
            "1",
            [
                .. Rules.Select(r =>
                    $"\"id\":\"{r.Id}\",\"school_kinds\":{Json(r.Kinds)},\"venue_categories\":[\"{r.Category}\"],\"metres\":{r.Metres},\"from\":\"{r.From}\",\"how\":\"{r.How}\",\"inclusive\":{(r.Inclusive ? "true" : "false")}"
                    + (
                        r.LicensedBefore is { } before
                            ? $",\"exception\":{{\"licensed_before\":\"{before}\"}}"
                            : ""
                    )
                ),
            ]
        );
        string[] kinds = ["primary", "secondary", "kindergarten"];
        string[] classes = ["A", "B", "C", "D", ""];
        string[] categories = ["internet_cafe", "karaoke", "billiard_hall"];
        var schools = new StringBuilder("code,name,kind,accuracy,wkt\n");
        var gates = new StringBuilder("code,name,school,main,accuracy,wkt\n");
        for (var i = 0; i < 24; i++)
        {
            var (x, y) = (random.NextDouble() * 1500, random.NextDouble() * 1500);
            var (w, h) = (20 + (random.NextDouble() * 120), 20 + (random.NextDouble() * 120));
            var shape = i % 6 == 0 ? street.Point(x, y) : street.Box(x, y, x + w, y + h);
            schools.Append(
                CultureInfo.InvariantCulture,
                $"S{i:00},学校{i},{kinds[i % 3]},{classes[random.Next(5)]},{shape}\n"
            );
            for (var g = 0; g < i % 4; g++)
            {
                gates.Append(
                    CultureInfo.InvariantCulture,
                    $"S{i:00}-{g},门,S{i:00},{(g == 1 && i % 8 != 2 ? "是" : "否")},{classes[random.Next(5)]},{street.Point(x + (w * g / 3), y)}\n"
                );
            }
        }

        var venues = new StringBuilder(
            "code,name,category,licensed_from,licensed_until,accuracy,wkt\n"
        );
        for (var i = 0; i < 160; i++)
        {
            var (x, y) = (random.NextDouble() * 1700, random.NextDouble() * 1700);
            var licence = (i % 4) switch
            {
                0 => "2015-05-01,2029-05-01",
                1 => "2015-05-01,2025-05-01",
                2 => "2022-05-01,",
                _ => ",",
            };
            var shape = i % 10 == 0 ? street.Box(x, y, x + 15, y + 9) : street.Point(x, y);
            venues.Append(
                CultureInfo.InvariantCulture,
                $"V{i:000},场所{i},{categories[i % 3]},{licence},{classes[random.Next(5)]},{shape}\n"
            );
        }

        await street.ImportAsync(Datasets.Schools, schools.ToString());
        await street.ImportAsync(Datasets.Gates, gates.ToString());
        await street.ImportAsync(Datasets.Venues, venues.ToString());
        var expected = await BruteForceAsync("rnd", 400);
        var rows = await street.RowsAsync("within=400&on=2026-11-22", limit: 97);
        Assert.True(expected.Count > 250, $"{expected.Count}");
        Assert.Equal(
            expected.Select(e => e.Key),
            rows.Select(r => $"{Text(r, "school")} {Text(r, "venue")} {Text(r, "rule")}")
        );
        foreach (var (e, row) in expected.Zip(rows))
        {
            Assert.True(e.Verdict == Text(row, "verdict"), $"{e} but {row}");
            Assert.Equal(e.Straight, row.GetProperty("straight_m").GetDouble(), 0.002);
            Assert.Equal("not_measured", Text(row, "walking"));
        }

        // Every verdict that can be without a network occurs, else the comparison says little.
        Assert.Superset(
            new HashSet<string>(
                ["compliant", "violating", "to_be_surveyed", "exempt"],
                StringComparer.Ordinal
            ),
            expected.Select(e => e.Verdict).ToHashSet(StringComparer.Ordinal)
        );
        foreach (var verdict in (string[])["violating", "exempt,to_be_surveyed"])
        {
            Assert.Equal(
                expected.Count(e => verdict.Split(',').Contains(e.Verdict, StringComparer.Ordinal)),
                (await street.RowsAsync($"within=400&on=2026-11-22&verdict={verdict}")).Count
            );
        }
    }

    private static string Json(string words) => JsonSerializer.Serialize(words.Split(' '));

    private sealed record Pair(string Key, string Verdict, double Straight);

    // All pairs with PostGIS's distances on the spheroid, and the decision written down once more, by the words of the law.
    private async Task<List<Pair>> BruteForceAsync(string street, double within)
    {
        await using var command = service.Database.CreateCommand(
            """
            SELECT s.code, s.kind, coalesce(s.accuracy, ''), ST_Dimension(s.geom), v.code, v.category, coalesce(v.accuracy, ''),
                   coalesce(v.licensed_from::text, ''), coalesce(v.licensed_until::text, ''),
                   ST_Distance(s.geom::geography, v.geom::geography),
                   ARRAY(SELECT ST_Distance(g.geom::geography, v.geom::geography) FROM gates g
                         WHERE g.street_code = s.street_code AND g.school_code = s.code ORDER BY g.code),
                   ARRAY(SELECT coalesce(g.accuracy, '') FROM gates g WHERE g.street_code = s.street_code AND g.school_code = s.code ORDER BY g.code),
                   ARRAY(SELECT coalesce(g.is_main, false) FROM gates g WHERE g.street_code = s.street_code AND g.school_code = s.code ORDER BY g.code)
            FROM schools s CROSS JOIN venues v
            WHERE s.street_code = $1 AND v.street_code = $1
            ORDER BY s.code COLLATE "C", v.code COLLATE "C"
            """
        );
        command.Parameters.Add(new() { Value = street });
        await using var rows = await command.ExecuteReaderAsync();
        var pairs = new List<Pair>();
        while (await rows.ReadAsync())
        {
            var campus = rows.GetDouble(9);
            if (campus > within)
            {
                continue;
            }

            var v = Class[rows.GetString(6)];
            var gates = rows.GetFieldValue<double[]>(10)
                .Zip(rows.GetFieldValue<string[]>(11), rows.GetFieldValue<bool[]>(12))
                .Select(g =>
                    (
                        Metres: g.First,
                        U: Math.Sqrt(Math.Pow(Class[g.Second], 2) + (v * v)),
                        Main: g.Third
                    )
                )
                .ToList();
            var uCampus = Math.Sqrt(
                Math.Pow(rows.GetInt32(3) == 0 ? 50 : Class[rows.GetString(2)], 2) + (v * v)
            );
            foreach (
                var rule in Rules.Where(r =>
                    r.Kinds.Split(' ').Contains(rows.GetString(1), StringComparer.Ordinal)
                    && r.Category == rows.GetString(5)
                )
            )
            {
                var verdict = Verdict(rule, campus, uCampus, gates);
                if (
                    verdict != "compliant"
                    && rule.LicensedBefore is not null
                    && string.CompareOrdinal(rows.GetString(7), rule.LicensedBefore) < 0
                    && rows.GetString(7).Length > 0
                    && string.CompareOrdinal(rows.GetString(8), "2026-11-22") >= 0
                )
                {
                    verdict = "exempt";
                }

                pairs.Add(
                    new Pair($"{rows.GetString(0)} {rows.GetString(4)} {rule.Id}", verdict, campus)
                );
            }
        }

        return pairs;
    }

    private static string Verdict(
        Plain rule,
        double campus,
        double uCampus,
        List<(double Metres, double U, bool Main)> gates
    )
    {
        var main = gates.Count == 1 ? gates : gates.Where(g => g.Main).ToList();
        var (from, canDecide) = (rule.From, rule.How) switch
        {
            ("campus_boundary", _) => ((campus, uCampus), true),
            _ when gates.Count == 0 => ((campus, uCampus), false),
            ("main_gate", _) when main.Count == 0 => (Nearest(gates), false),
            ("main_gate", _) => (Nearest(main), true),
            (_, "walking") => (Nearest(gates), false),
            _ => (Nearest(gates), true),
        };
        var (metres, u) = from;
        // What cannot decide, the nearest gate or the campus, is a lower bound of what does.
        return !canDecide ? (metres > rule.Metres + u ? "compliant" : "to_be_surveyed")
            : Math.Abs(metres - rule.Metres) < u ? "to_be_surveyed"
            : metres < rule.Metres || (rule.Inclusive && metres == rule.Metres) ? "violating"
            : "compliant";
    }

    private static (double, double) Nearest(List<(double Metres, double U, bool Main)> gates)
    {
        var (metres, u, _) = gates.MinBy(g => g.Metres);
        return (metres, u);
    }

    [Fact]
    public async Task Odd_campuses_and_venues_get_their_verdict_and_a_note()
    {
        var street = new PerimeterStreet(service, "odd", 107.30, 29.40);
        var next = new PerimeterStreet(service, "odd-next", 107.30, 29.40);
        await street.CreateAsync();
        await next.CreateAsync();
        await street.RulesAsync(
            "1",
            """ "id":"odd.cafe","school_kinds":["primary"],"venue_categories":["internet_cafe"],"metres":200,"from":"campus_boundary","how":"straight","method_settled":true""",
            """ "id":"odd.gate","school_kinds":["primary"],"venue_categories":["karaoke"],"metres":50,"from":"any_gate","how":"straight" """
        );
        await street.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nWALL-1,甲小学,primary,{street.Box(0, 0, 100, 80)}\nWALL-2,乙小学,primary,{street.Box(100, 0, 200, 80)}\nDOT,丙小学,primary,{street.Point(1500, 0)}\n"
        );
        await street.ImportAsync(
            Datasets.Gates,
            $"code,school,wkt\nG1,WALL-2,{street.Point(150, 0)}\nG2,WALL-2,{street.Point(180, 0)}\n"
        );
        await street.ImportAsync(
            Datasets.Venues,
            $"""
            code,name,category,licensed_from,licensed_until,wkt
            IN,院内网吧,internet_cafe,2015-01-01,2020-01-01,{street.Point(50, 40)}
            SHARED,隔墙网吧,internet_cafe,,,{street.Point(100, 40)}
            TWICE-1,同名网吧,internet_cafe,,,{street.Point(300, 40)}
            TWICE-2,同名 网吧,internet_cafe,,,{street.Point(320, 40)}
            SING,歌厅,karaoke,,,{street.Point(-20, 40)}
            NEAR-DOT,点旁网吧,internet_cafe,,,{street.Point(1660, 0)}
            ODD,没有规则,pet_shop,,,{street.Point(50, 300)}

            """
        );
        await next.ImportAsync(
            Datasets.Venues,
            $"code,name,category,wkt\nOVER,过界网吧,internet_cafe,{street.Point(50, 180)}\n"
        );
        var rows = await street.RowsAsync("on=2026-11-22");
        JsonElement Row(string school, string venue) =>
            rows.Single(r => Text(r, "school") == school && Text(r, "venue") == venue);

        var inside = Row("WALL-1", "IN");
        Assert.Equal(0, inside.GetProperty("straight_m").GetDouble());
        Assert.Equal("violating", Text(inside, "verdict"));
        // An expired licence makes nothing right, and nothing worse.
        Assert.Equal("expired", Text(inside, "licence"));
        Assert.Equal(0, Row("WALL-1", "SHARED").GetProperty("straight_m").GetDouble());
        Assert.Equal(0, Row("WALL-2", "SHARED").GetProperty("straight_m").GetDouble());
        Assert.Equal("to_be_surveyed", Text(Row("WALL-1", "SING"), "verdict"));
        Assert.Equal("no_gates", Text(Row("WALL-1", "SING"), "reason"));
        var dot = Row("DOT", "NEAR-DOT");
        Assert.Equal(Math.Sqrt(2501), dot.GetProperty("uncertainty_m").GetDouble(), 0.001);
        Assert.Equal("to_be_surveyed", Text(dot, "verdict"));

        using var summary = await service.GetJsonAsync(
            "/api/perimeters/summary?street=odd&on=2026-11-22"
        );
        var root = summary.RootElement;
        JsonElement School(string code) =>
            root.GetProperty("schools").EnumerateArray().Single(s => Text(s, "code") == code);
        Assert.Equal(["campus_is_point", "no_gates"], Notes(School("DOT")));
        Assert.Equal(["no_gates"], Notes(School("WALL-1")));
        Assert.Equal(["no_main_gate"], Notes(School("WALL-2")));
        Assert.Equal("violating", Text(School("WALL-1"), "worst"));
        Assert.Equal(
            "TWICE-1 TWICE-2",
            string.Join(
                ' ',
                root.GetProperty("duplicates")[0]
                    .GetProperty("venues")
                    .EnumerateArray()
                    .Select(v => v.GetString())
            )
        );
        Assert.Equal("pet_shop", Text(root.GetProperty("unruled")[0], "category"));
        // The other street's violating venue is counted, and nothing else of it is told.
        var beyond = School("WALL-1").GetProperty("beyond")[0];
        Assert.Equal("odd-next", Text(beyond, "street"));
        Assert.Equal(1, beyond.GetProperty("violating").GetInt32());
        Assert.DoesNotContain("过界网吧", root.GetRawText(), StringComparison.Ordinal);

        // Both streets see the campus, and only one of them the venue.
        var over = Assert.Single(
            await next.RowsAsync("school=WALL-1"),
            r => Text(r, "venue") == "OVER"
        );
        Assert.True(over.GetProperty("neighbour").GetBoolean());
        Assert.Equal("odd", Text(over, "school_street"));
        Assert.DoesNotContain(rows, r => Text(r, "venue") == "OVER");
    }

    private static IEnumerable<string?> Notes(JsonElement school) =>
        school.GetProperty("notes").EnumerateArray().Select(n => n.GetString());

    [Fact]
    public async Task Files_hold_the_rows_of_the_list_and_faults_are_named()
    {
        var street = new PerimeterStreet(service, "file", 107.50, 29.40);
        await street.CreateAsync();
        await street.RulesAsync(
            "1",
            """ "id":"file.cafe","school_kinds":["primary"],"venue_categories":["internet_cafe"],"metres":200,"from":"campus_boundary","how":"straight" """
        );
        await street.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nS,甲小学,primary,{street.Box(0, 0, 100, 80)}\n"
        );
        await street.ImportAsync(
            Datasets.Venues,
            $"code,name,category,wkt\nV1,=1+1,internet_cafe,{street.Point(150, 40)}\nV2,网吧,internet_cafe,{street.Box(400, 0, 420, 20)}\n"
        );
        const string Path = "/api/perimeters/compliance?street=file";
        var rows = await street.RowsAsync("");
        Assert.Equal(["violating", "compliant"], rows.Select(r => Text(r, "verdict")));

        var bytes = await service.Client.GetByteArrayAsync($"{Path}&format=csv");
        Assert.Equal<byte>([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Trim().Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("学校编码,学校,学段,", lines[0], StringComparison.Ordinal);
        Assert.Contains("违规", lines[1], StringComparison.Ordinal);
        Assert.Contains("'=1+1", lines[1], StringComparison.Ordinal);

        using (
            var zip = new ZipArchive(
                new MemoryStream(await service.Client.GetByteArrayAsync($"{Path}&format=xlsx"))
            )
        )
        using (var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open()))
        {
            var text = await sheet.ReadToEndAsync();
            Assert.Equal(3, text.Split("<row").Length - 1);
            Assert.Contains("甲小学", text, StringComparison.Ordinal);
            // So many columns on one page across could not be read: about 200 characters go on a page.
            var across = int.Parse(
                text.Split("fitToWidth=\"")[1].Split('"')[0],
                CultureInfo.InvariantCulture
            );
            var characters = text.Split(" width=\"")[1..]
                .Sum(w => double.Parse(w.Split('"')[0], CultureInfo.InvariantCulture));
            Assert.InRange(characters / across, 100, 200);
        }

        using var geo = await service.GetJsonAsync($"{Path}&format=geojson");
        var features = geo.RootElement.GetProperty("features").EnumerateArray().ToList();
        Assert.Equal(
            ["Point", "Polygon"],
            features.Select(f => Text(f.GetProperty("geometry"), "type"))
        );
        Assert.Equal(
            rows.Select(r => r.GetRawText()),
            features.Select(f => f.GetProperty("properties").GetRawText())
        );

        var unknown = await service.GetProblemAsync(
            $"{Path}&rule=nowhere.rule",
            422,
            "unacceptable"
        );
        Assert.Contains("nowhere.rule", unknown.GetRawText(), StringComparison.Ordinal);
        await service.GetProblemAsync($"{Path}&verdict=guilty", 400, "invalid-parameter");
        await service.GetProblemAsync($"{Path}&within=6000", 400, "invalid-parameter");
        await service.GetProblemAsync(
            $"{Path}&cursor={GeoCivic.Http.Cursor.Encode("a", "b")}",
            400,
            "invalid-parameter"
        );
        await service.GetProblemAsync(
            "/api/perimeters/summary?street=nowhere",
            404,
            "street-unknown"
        );
    }

    [Fact]
    public async Task Where_no_way_joins_gate_and_door_the_rows_and_the_evidence_say_that_one_distance_is_unknown()
    {
        var street = new PerimeterStreet(service, "CUT", 108.70, 29.10);
        await street.CreateAsync();
        await street.RulesAsync(
            "1",
            """ "id":"CUT.open","school_kinds":["kindergarten"],"venue_categories":["internet_cafe"],"metres":50,"from":"campus_boundary","how":"straight" """
        );
        await street.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nK,幼儿园,kindergarten,{street.Box(0, 0, 100, 30)}\n"
        );
        await street.ImportAsync(
            Datasets.Gates,
            $"code,name,school,wkt\nK-G1,南门,K,{street.Point(50, 0)}\n"
        );
        await street.ImportAsync(
            Datasets.Venues,
            $"code,name,category,wkt\nV,网吧,internet_cafe,{street.Point(50, 60)}\nFAR,远网吧,internet_cafe,{street.Point(50, 90)}\n"
        );
        // The only way runs behind the school: from the gate one would have to go through the campus.
        await street.ImportAsync(
            Datasets.Ways,
            $"code,kind,wkt\nnorth,footway,\"LINESTRING({street.At(-20, 40)},{street.At(120, 40)})\"\n"
        );
        var rows = await street.RowsAsync("");
        Assert.Equal(
            ["FAR no_path compliant beyond_limit", "V no_path violating other_not_measured"],
            rows.Select(r =>
                $"{Text(r, "venue")} {Text(r, "walking")} {Text(r, "verdict")} {Text(r, "reason")}"
            )
        );
        Assert.All(
            rows,
            r => Assert.Equal(JsonValueKind.Null, r.GetProperty("other_verdict").ValueKind)
        );
        foreach (
            var (venue, zh, en) in ((string, string, string)[])
                [
                    ("V", "步行量法的结论未知", "nor what that would say"),
                    ("FAR", "步行不短于直线", "never less than the straight line"),
                ]
        )
        {
            using var sheet = await service.GetJsonAsync(
                $"/api/perimeters/evidence?street=CUT&school=K&venue={venue}"
            );
            var wording = sheet.RootElement.GetProperty("wording");
            Assert.Contains(zh, wording.GetProperty("zh")[0].GetString(), StringComparison.Ordinal);
            Assert.Contains(en, wording.GetProperty("en")[0].GetString(), StringComparison.Ordinal);
            Assert.Contains("路网中无通路", wording.GetRawText(), StringComparison.Ordinal);
        }

        // A way around the campus: 5 m to it, 70 m west, 45 m north, 70 m east, 20 m to the door.
        await street.ImportAsync(
            Datasets.Ways,
            $"code,kind,wkt\naround,footway,\"LINESTRING({street.At(50, -5)},{street.At(-20, -5)},{street.At(-20, 40)})\"\n"
        );
        var disputed = (await street.RowsAsync("venue=V")).Single();
        Assert.Equal("disputed", Text(disputed, "verdict"));
        Assert.Equal(210, disputed.GetProperty("walking_m").GetDouble(), 0.2);
        using var way = await service.GetJsonAsync(
            $"/api/perimeters/walking?school=K&street=CUT&lon={street.Lon(50)}&lat={street.Lat(60)}"
        );
        Assert.Equal(
            disputed.GetProperty("walking_m").GetDouble(),
            way.RootElement.GetProperty("properties").GetProperty("metres").GetDouble(),
            0.001
        );
    }
}
