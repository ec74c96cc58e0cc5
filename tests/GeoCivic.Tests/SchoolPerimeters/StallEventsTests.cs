using System.Net;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using ExcelDataReader;
using GeoCivic.Accounts;
using GeoCivic.Exports;
using GeoCivic.Imports;
using GeoCivic.SchoolPerimeters.Events;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>A street with a school of two gates, stalls around it and a rule of 50 m from any gate.</summary>
public sealed class StallStreetFixture : ServiceFixture
{
    public const string Street = "stalls";

    private const string Pack = """
        {"format":1,"pack":"stalls","version":"1","name":"摊","name_en":"Stalls","region":"stalls","rules":[
        {"id":"stalls.gate","name":"校门50米","name_en":"Gate 50 m","school_kinds":["primary"],
         "issue_categories":["stall_occupying","roaming_vendor"],"metres":50,"from":"any_gate","how":"straight","certainty":"high",
         "valid_from":"2026-03-10","citation":{"text":"甲","article":"乙","verified":false}},
        {"id":"stalls.campus","name":"校园20米","name_en":"Campus 20 m","school_kinds":["primary"],
         "issue_categories":["roaming_vendor"],"metres":20,"from":"campus_boundary","how":"straight","certainty":"high",
         "citation":{"text":"甲","article":"乙","verified":false}}]}
        """;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await CreateAsync(this, Street);
        await ExecuteAsync("SELECT put_rule_pack(@doc::text::jsonb, 'loaded')", ("doc", Pack));
        Committed(
            await ImportAsync(
                Datasets.Schools,
                $"code,name,kind,wkt\nS,校,primary,\"{Box(0.4, 0.4, 1.2, 1.2)}\"\nK,园,kindergarten,\"{Box(0.1, 0.1, 0.3, 0.3)}\"\n",
                "s.csv",
                Street
            )
        );
        Committed(
            await ImportAsync(
                Datasets.Gates,
                $"code,name,school,lon,lat\nG1,门,S,{Lon(0.4):0.0000000},{Lat(0.6):0.0000000}\nG2,门,S,{Lon(1.2):0.0000000},{Lat(0.8):0.0000000}\n",
                "g.csv",
                Street
            )
        );
        // Every 0.1 of a side along two lines through the gates, at four hours of the day, in and out of season.
        var rows = new List<string> { "code,category,found_at,lon,lat" };
        for (var i = 0; i < 60; i++)
        {
            var (x, y) = i % 2 == 0 ? (i * 0.035, 0.6) : (1.2 + (i * 0.01), 0.8);
            var day =
                i % 5 == 0 ? "2026-03-05"
                : i % 7 == 0 ? "2026-06-01"
                : "2026-04-10";
            var hour = (string[])["07:30", "12:10", "16:59", "22:05"];
            rows.Add(
                FormattableString.Invariant(
                    $"E{i:00},{(i % 3 == 0 ? "stall_occupying" : i % 3 == 1 ? "roaming_vendor" : "exposed_garbage")},{day}T{hour[i % 4]}:00+08:00,{Lon(x):0.0000000},{Lat(y):0.0000000}"
                )
            );
        }

        Committed(
            await ImportAsync(Datasets.Issues, string.Join('\n', rows) + "\n", "i.csv", Street)
        );
        await ExecuteAsync("UPDATE issues SET covert = true WHERE code IN ('E13', 'E12')");
    }
}

/// <summary>Stalls and vendors inside the zones of gates.</summary>
public sealed class StallEventsTests(StallStreetFixture street) : IClassFixture<StallStreetFixture>
{
    private const string Expected = """
        SELECT i.code || ' ' || r.rule
        FROM issues i
        CROSS JOIN (VALUES ('stalls.campus'), ('stalls.gate')) AS r (rule)
        WHERE i.street_code = 'stalls' AND beijing_day(i.found_at) BETWEEN '2026-03-01' AND '2026-05-31'
          AND CASE r.rule
              WHEN 'stalls.campus' THEN i.category = 'roaming_vendor' AND ST_DWithin(
                  i.geom::geography, (SELECT geom::geography FROM schools WHERE street_code = 'stalls' AND code = 'S'), 20)
              ELSE i.category IN ('roaming_vendor', 'stall_occupying') AND beijing_day(i.found_at) >= '2026-03-10' AND EXISTS (
                  SELECT FROM gates g WHERE g.street_code = 'stalls' AND ST_DWithin(g.geom::geography, i.geom::geography, 50)) END
        """;

    [Fact]
    public async Task Events_are_those_that_PostGIS_finds_within_the_limit_with_their_time_of_day()
    {
        var expected = new List<string>();
        await using (var command = street.Database.CreateCommand(Expected))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                expected.Add(reader.GetString(0));
            }
        }

        Assert.True(expected.Count > 10, $"{expected.Count}");
        using var answer = await street.GetJsonAsync(
            "/api/perimeters/events?street=stalls&season=2026-spring"
        );
        var root = answer.RootElement;
        var rows = root.GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            rows.Select(r => $"{Text(r, "code")} {Text(r, "rule")}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(("2026-03-01", "2026-05-31"), (Text(root, "from"), Text(root, "to")));
        foreach (var row in rows)
        {
            var hour = row.GetProperty("hour").GetInt32();
            Assert.Equal(hour is 7 or 16, row.GetProperty("school_peak").GetBoolean());
            Assert.Equal($"{hour:00}", Text(row, "found_at")[11..13]);
            var metres = row.GetProperty("metres").GetDouble();
            Assert.Equal("S", Text(row, "school"));
            if (Text(row, "rule") == "stalls.gate")
            {
                Assert.Equal(
                    await street.ScalarAsync<double>(
                        "SELECT min(ST_Distance(g.geom::geography, i.geom::geography)) FROM gates g, issues i WHERE i.code = @code AND i.street_code = 'stalls' AND g.street_code = 'stalls'",
                        ("code", Text(row, "code"))
                    ),
                    metres,
                    0.002
                );
            }
        }

        var issues = rows.Select(r => Text(r, "issue")).Distinct().Count();
        Assert.True(issues < rows.Count);
        var school = Assert.Single(root.GetProperty("by_school").EnumerateArray());
        Assert.Equal(issues, school.GetProperty("n").GetInt32());
        Assert.Equal(issues, root.GetProperty("by_hour").EnumerateArray().Sum(h => h.GetInt32()));
    }

    [Fact]
    public async Task What_was_found_covertly_is_not_told_before_its_notice_goes_out()
    {
        const string Path = "/api/perimeters/events?street=stalls&season=2026-spring";
        using var worker = await street.SignInAsAsync("stall-worker", Role.Worker, "stalls");
        using var supervisor = await street.SignInAsAsync(
            "stall-supervisor",
            Role.Supervisor,
            "stalls"
        );
        var all = await CodesAsync(supervisor);
        var seen = await CodesAsync(worker);
        Assert.Contains("E13", all);
        Assert.Equal(all.Where(c => c is not ("E12" or "E13")), seen);

        async Task<List<string>> CodesAsync(HttpClient http)
        {
            using var answer = JsonDocument.Parse(await http.GetStringAsync(Path));
            return
            [
                .. answer
                    .RootElement.GetProperty("rows")
                    .EnumerateArray()
                    .Select(r => Text(r, "code"))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    [Fact]
    public async Task Files_hold_the_same_rows_under_Chinese_headers()
    {
        const string Path = "/api/perimeters/events?street=stalls&from=2026-03-01&to=2026-06-30";
        using var answer = await street.GetJsonAsync(Path);
        var rows = answer.RootElement.GetProperty("rows").GetArrayLength();
        var csv = await street.Client.GetByteArrayAsync($"{Path}&format=csv");
        Assert.Equal(System.Text.Encoding.UTF8.GetPreamble(), csv[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(csv[3..]).TrimEnd().Split("\r\n");
        Assert.Equal(rows + 1, lines.Length);
        Assert.StartsWith(
            "问题编号,类别,发现时间,时,时段,上下学高峰,",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains(
            ",2026-04-10 07:30:00,7,上下学,是,",
            string.Join('\n', lines),
            StringComparison.Ordinal
        );
        using var file = new MemoryStream(
            await street.Client.GetByteArrayAsync($"{Path}&format=xlsx")
        );
        using var sheet = ExcelReaderFactory.CreateOpenXmlReader(file);
        Assert.Equal(rows + 1, sheet.RowCount);
    }

    [Fact]
    public async Task The_drive_on_paper_says_what_the_answer_says()
    {
        const string Path = "/api/perimeters/events?street=stalls&season=2026-spring";
        using var answer = await street.GetJsonAsync(Path);
        var (rows, school) = (
            answer.RootElement.GetProperty("rows"),
            answer.RootElement.GetProperty("by_school")[0]
        );
        using var response = await street.Client.GetAsync($"{Path}&format=docx");
        Assert.Equal(DocxPaper.MediaType, response.Content.Headers.ContentType!.MediaType);
        using var document = WordprocessingDocument.Open(
            new MemoryStream(await response.Content.ReadAsByteArrayAsync()),
            isEditable: false
        );
        Assert.Empty(
            new OpenXmlValidator(FileFormatVersions.Office2016)
                .Validate(document)
                .Select(e => $"{e.Path?.XPath} {e.Description}")
        );
        var body = document.MainDocumentPart!.Document!.Body!;
        Assert.Contains("2026年春季", body.InnerText, StringComparison.Ordinal);
        var tables = body.Elements<Table>()
            .Select(t =>
                t.Elements<TableRow>()
                    .Select(r => r.Elements<TableCell>().Select(c => c.InnerText).ToArray())
                    .ToArray()
            )
            .ToArray();
        Assert.Equal(5, tables.Length);
        // Both rules of the street, also the one of the campus; each school; each hour; each row.
        Assert.Equal(["1", "2"], tables[0].Skip(1).Select(r => r[0]));
        Assert.Equal(
            ((string[])["n", "open", "peak"]).Select(n => school.GetProperty(n).GetRawText()),
            Assert.Single(tables[1].Skip(1))[2..]
        );
        Assert.Equal(
            answer.RootElement.GetProperty("by_hour").EnumerateArray().Select(h => h.GetRawText()),
            tables[2][1].Skip(1).Concat(tables[3][1].Skip(1))
        );
        var ids = tables[0].Skip(1).ToDictionary(r => r[0], r => r[1], StringComparer.Ordinal);
        Assert.Equal(
            rows.EnumerateArray()
                .Select(r =>
                    $"{Text(r, "code")} {Text(r, "found_at")[11..16]} {Text(r, "state_name")} True"
                ),
            tables[4]
                .Skip(1)
                .Zip(
                    rows.EnumerateArray(),
                    (r, row) =>
                        $"{r[0]} {r[2][11..]} {r[8]} {ids[r[7]].Contains(Text(row, "rule"), StringComparison.Ordinal)}"
                )
        );
        Assert.All(
            rows.EnumerateArray(),
            r => Assert.NotEqual(Text(r, "state"), Text(r, "state_name"))
        );
    }

    [Fact]
    public async Task Bad_questions_are_refused_by_name()
    {
        await Refused("season=2026-summer", "season");
        await Refused("season=2026-spring&from=2026-03-01", "season");
        await Refused("from=2026-05-01&to=2026-04-01", "to");
        await Refused("from=2020-01-01&to=2026-01-01", "from");
        await street.GetProblemAsync(
            "/api/perimeters/events?street=stalls&rule=nothing",
            422,
            "unacceptable"
        );
        await street.GetProblemAsync(
            "/api/perimeters/events?street=nowhere",
            404,
            "street-unknown"
        );

        async Task Refused(string query, string parameter)
        {
            var problem = await street.GetProblemAsync(
                $"/api/perimeters/events?street=stalls&{query}",
                400,
                "invalid-parameter"
            );
            Assert.Equal(
                parameter,
                problem.GetProperty("errors")[0].GetProperty("parameter").GetString()
            );
        }
    }

    [Theory]
    [InlineData("2026-02-28", "2025-autumn")]
    [InlineData("2026-03-01", "2026-spring")]
    [InlineData("2026-08-31", "2026-spring")]
    [InlineData("2026-12-31", "2026-autumn")]
    public void Without_days_the_latest_season_is_meant(string day, string season) =>
        Assert.Equal(
            season,
            Season
                .Latest(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))
                .Code
        );

    [Fact]
    public async Task Rules_in_force_are_listed_with_their_wording_and_what_none_covers()
    {
        await street.ExecuteAsync(
            """
            INSERT INTO venues (street_code, code, name, category, geom, placement)
            VALUES ('stalls', 'V1', '店', 'lottery', ST_SetSRID(ST_MakePoint(106.5512, 29.5612), 4326), 'orphan')
            ON CONFLICT DO NOTHING
            """
        );
        using var answer = await street.GetJsonAsync(
            "/api/perimeters/rules?street=stalls&on=2026-03-09"
        );
        var root = answer.RootElement;
        // The rule of the gate holds from the day after.
        var rule = Assert.Single(root.GetProperty("rules").EnumerateArray());
        Assert.Equal("stalls.campus", Text(rule, "id"));
        Assert.Equal("乙", Text(rule.GetProperty("citation"), "article"));
        Assert.Equal(
            "stalls",
            Text(Assert.Single(root.GetProperty("packs").EnumerateArray()), "pack")
        );
        var unruled = Assert.Single(root.GetProperty("unruled").EnumerateArray());
        Assert.Equal(
            ("lottery", 1),
            (Text(unruled, "category"), unruled.GetProperty("venues").GetInt32())
        );
        using var response = await street.Client.GetAsync("/api/perimeters/rules?street=nowhere");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString()!;
}
