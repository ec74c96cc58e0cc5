using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Imports;

/// <summary>
/// The bad inputs of the quality catalogue, over HTTP: status, problem type, place of the fault, and nothing written.
/// Numbers are those of the catalogue.
/// </summary>
public sealed class BadInputTests(ServiceFixture service)
    : IClassFixture<ServiceFixture>,
        IAsyncLifetime
{
    private const string Street = "badinput";
    private const string GeoJson = "application/geo+json";
    private const string Csv = "text/csv";

    public async Task InitializeAsync()
    {
        await using var exists = service.Database.CreateCommand(
            $"SELECT EXISTS (SELECT FROM streets WHERE street_code = '{Street}')"
        );
        if (!(bool)(await exists.ExecuteScalarAsync())!)
        {
            await CreateAsync(service, Street);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public static TheoryData<string, string, int, string> Geometries =>
        new()
        {
            {
                "3 quoted ordinate",
                """{"type":"Point","coordinates":["106.5505",29.5605]}""",
                400,
                ""
            },
            { "4 null ordinate", """{"type":"Point","coordinates":[null,29.5605]}""", 400, "" },
            { "2 1e400", """{"type":"Point","coordinates":[1e400,29.5605]}""", 400, "" },
            { "14 one ordinate", """{"type":"Point","coordinates":[106.5505]}""", 400, "" },
            {
                "15 four ordinates",
                """{"type":"Point","coordinates":[106.5505,29.5605,1,2]}""",
                422,
                ""
            },
            {
                "7 swapped",
                """{"type":"Point","coordinates":[29.5605,106.5505]}""",
                422,
                "swapped"
            },
            { "8 out of range", """{"type":"Point","coordinates":[200,95]}""", 422, "" },
            { "9 null island", """{"type":"Point","coordinates":[0,0]}""", 422, "" },
            {
                "20 bowtie",
                """{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5505,29.5605],[106.5505,29.5601],[106.5501,29.5605],[106.5501,29.5601]]]}""",
                422,
                ""
            },
            {
                "21 unclosed ring",
                """{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5505,29.5601],[106.5505,29.5605],[106.5501,29.5605]]]}""",
                422,
                ""
            },
            {
                "22 too few points",
                """{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5505,29.5601],[106.5501,29.5601]]]}""",
                422,
                ""
            },
            {
                "24 hole outside",
                """{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5505,29.5601],[106.5505,29.5605],[106.5501,29.5601]],[[106.5511,29.5611],[106.5512,29.5611],[106.5512,29.5612],[106.5511,29.5611]]]}""",
                422,
                ""
            },
            {
                "25 overlapping parts",
                """{"type":"MultiPolygon","coordinates":[[[[106.5501,29.5601],[106.5505,29.5601],[106.5505,29.5605],[106.5501,29.5605],[106.5501,29.5601]]],[[[106.5503,29.5603],[106.5507,29.5603],[106.5507,29.5607],[106.5503,29.5607],[106.5503,29.5603]]]]}""",
                422,
                ""
            },
            {
                "26 zero area",
                """{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5505,29.5601],[106.5503,29.5601],[106.5501,29.5601]]]}""",
                422,
                ""
            },
            { "27 empty", """{"type":"Polygon","coordinates":[]}""", 422, "" },
            { "28 null geometry", "null", 422, "" },
            {
                "29 collection",
                """{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[106.5505,29.5605]}]}""",
                422,
                ""
            },
            {
                "32 antimeridian",
                """{"type":"Polygon","coordinates":[[[179,29.5],[-179,29.5],[-179,29.6],[179,29.6],[179,29.5]]]}""",
                422,
                ""
            },
            {
                "33 world",
                """{"type":"Polygon","coordinates":[[[-170,-80],[170,-80],[170,80],[-170,80],[-170,-80]]]}""",
                422,
                ""
            },
        };

    [Theory]
    [MemberData(nameof(Geometries))]
    public async Task A_bad_geometry_is_refused_by_row_and_reason(
        string number,
        string geometry,
        int status,
        string hint
    )
    {
        using var answer = await PostAsync("points", Collection(geometry), GeoJson);
        using var problem = await ProblemAsync(answer, status, number);
        var row = Assert.Single(problem.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal(1, row.GetProperty("line").GetInt32());
        Assert.NotEqual("", row.GetProperty("field").GetString());
        Assert.Contains(hint, row.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.False(problem.RootElement.GetProperty("committed").GetBoolean());
        Assert.Equal(0, await CountAsync("P"));
    }

    [Fact]
    public async Task Twenty_decimals_are_rounded_to_1e_7_degree()
    {
        using var answer = await PostAsync(
            "points",
            Collection(
                """{"type":"Point","coordinates":[106.55050000001234567890,29.56050009876543210123]}""",
                "N13"
            ),
            GeoJson
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("POINT(106.5505 29.5605001)", await TextAsync("N13"));
    }

    [Fact]
    public async Task Heights_are_dropped_with_a_warning()
    {
        using var answer = await PostAsync(
            "points",
            Collection("""{"type":"Point","coordinates":[106.5505,29.5605,231.5]}""", "N16"),
            GeoJson
        );
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(report.RootElement.GetProperty("warnings").EnumerateArray());
        Assert.Equal("POINT(106.5505 29.5605)", await TextAsync("N16"));
    }

    [Fact]
    public async Task Repeated_vertices_are_taken_and_normalised()
    {
        using var answer = await PostAsync(
            "points",
            Collection(
                """{"type":"LineString","coordinates":[[106.5501,29.5601],[106.5501,29.5601],[106.5505,29.5601]]}""",
                "N23"
            ),
            GeoJson
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("LINESTRING(106.5501 29.5601,106.5505 29.5601)", await TextAsync("N23"));
    }

    [Fact]
    public async Task A_crossing_ring_is_taken_with_repair_and_says_what_changed()
    {
        var bowtie =
            """{"type":"Polygon","coordinates":[[[106.5501,29.5601],[106.5505,29.5605],[106.5505,29.5601],[106.5501,29.5605],[106.5501,29.5601]]]}""";
        using var answer = await PostAsync(
            "points",
            Collection(bowtie, "N20"),
            GeoJson,
            "&repair=true"
        );
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains(
            report.RootElement.GetProperty("warnings").EnumerateArray(),
            w => w.GetProperty("code").GetString() == "geometry-changed"
        );
    }

    [Theory]
    [InlineData(
        "17 crs member",
        """{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4326"}},"features":[]}""",
        GeoJson,
        "",
        400
    )]
    [InlineData("not JSON", "{\"type\":", GeoJson, "", 400)]
    [InlineData("not a collection", """{"type":"Topology"}""", GeoJson, "", 422)]
    [InlineData(
        "18 unknown SRID",
        "code,name,type,lon,lat\nP,点,market,1,2\n",
        Csv,
        "&crs=EPSG:424242",
        400
    )]
    [InlineData("no crs", "code,name,type,lon,lat\nP,点,market,106.5505,29.5605\n", Csv, "", 422)]
    [InlineData(
        "67 renamed headers",
        "nr,what,kind,e,n\nP,点,market,106.5505,29.5605\n",
        Csv,
        "&crs=wgs84",
        422
    )]
    [InlineData("77 header only", "code,name,type,lon,lat\n", Csv, "&crs=wgs84", 422)]
    [InlineData("empty", "", Csv, "&crs=wgs84", 422)]
    [InlineData("88 text/plain", "code,name,type,lon,lat\n", "text/plain", "&crs=wgs84", 415)]
    [InlineData("unknown parameter", "code,name,type,lon,lat\n", Csv, "&crs=wgs84&colour=red", 400)]
    [InlineData("mapping without =", "code,name,type,lon,lat\n", Csv, "&crs=wgs84&map=code", 400)]
    public async Task A_file_that_cannot_be_used_is_refused_whole(
        string number,
        string content,
        string type,
        string options,
        int status
    )
    {
        using var answer = await PostAsync("points", content, type, options);
        using var problem = await ProblemAsync(answer, status, number);
        Assert.NotEqual("", problem.RootElement.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("5 decimal comma", "P,点,market,\"106,5505\",29.5605", "lon")]
    [InlineData("6 full-width digits", "P,点,market,１０６.5505,29.5605", "lon")]
    [InlineData("1 NaN", "P,点,market,NaN,29.5605", "lon")]
    [InlineData("69 number for a code", "1.38E+10,点,market,106.5505,29.5605", "code")]
    public async Task A_bad_value_is_refused_by_line_and_field(
        string number,
        string row,
        string field
    )
    {
        using var answer = await PostAsync(
            "points",
            $"code,name,type,lon,lat\n{row}\n",
            Csv,
            "&crs=wgs84"
        );
        Assert.True((int)answer.StatusCode is 400 or 422, number);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var refused = Assert.Single(problem.RootElement.GetProperty("rows").EnumerateArray());
        Assert.Equal(
            (2, field),
            (refused.GetProperty("line").GetInt32(), refused.GetProperty("field").GetString())
        );
    }

    [Theory]
    [InlineData("71 24:00", "2026-03-01 24:00")]
    [InlineData("2026-02-30", "2026-02-30")]
    public async Task A_time_that_does_not_exist_is_refused(string number, string time)
    {
        using var answer = await PostAsync(
            "issues",
            $"code,category,found_at,lon,lat\nI,uncivil_pets,{time},106.5505,29.5605\n",
            Csv,
            "&crs=wgs84"
        );
        using var problem = await ProblemAsync(answer, 422, number);
        Assert.Equal(
            "found_at",
            problem.RootElement.GetProperty("rows")[0].GetProperty("field").GetString()
        );
    }

    [Fact]
    public async Task Encodings_are_recognised_offered_and_kept()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = "code,name,type,lon,lat\nP61,大溪沟㐂𠀀市场,market,106.5505,29.5605\n";
        var gb = Encoding.GetEncoding("gb18030").GetBytes(text);
        using (var refused = await PostAsync("points", gb, Csv, "&crs=wgs84"))
        using (var problem = await ProblemAsync(refused, 422, "62"))
        {
            Assert.Contains(
                "gb18030",
                problem.RootElement.GetProperty("detail").GetString(),
                StringComparison.OrdinalIgnoreCase
            );
        }

        using (var taken = await PostAsync("points", gb, Csv, "&crs=wgs84&encoding=gb18030"))
        {
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        }

        Assert.Equal("大溪沟㐂𠀀市场", await NameAsync("P61"));
        foreach (
            var (code, bytes) in (IEnumerable<(string, byte[])>)
                [
                    (
                        "P60",
                        [
                            .. Encoding.UTF8.Preamble,
                            .. Encoding.UTF8.GetBytes(
                                text.Replace("P61", "P60", StringComparison.Ordinal)
                            ),
                        ]
                    ),
                    (
                        "P16",
                        [
                            .. Encoding.Unicode.Preamble,
                            .. Encoding.Unicode.GetBytes(
                                text.Replace("P61", "P16", StringComparison.Ordinal)
                            ),
                        ]
                    ),
                ]
        )
        {
            using var taken = await PostAsync("points", bytes, Csv, "&crs=wgs84");
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
            Assert.Equal("大溪沟㐂𠀀市场", await NameAsync(code));
        }
    }

    [Fact]
    public async Task Text_that_looks_like_a_formula_or_markup_stays_text()
    {
        using var answer = await PostAsync(
            "points",
            "code,name,type,lon,lat\nP68,\"=cmd|' /C calc'!A0\",market,106.5505,29.5605\nP92,<img src=x onerror=alert(1)>,market,106.5505,29.5605\n",
            Csv,
            "&crs=wgs84"
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("=cmd|' /C calc'!A0", await NameAsync("P68"));
        using var point = await service.GetJsonAsync($"/api/points/P92?street={Street}");
        Assert.Equal(
            "<img src=x onerror=alert(1)>",
            point.RootElement.GetProperty("properties").GetProperty("name").GetString()
        );
    }

    [Fact]
    public async Task Duplicate_codes_are_row_errors_and_the_same_file_again_is_no_news()
    {
        var csv =
            "code,name,type,lon,lat\nP65,点,market,106.5505,29.5605\nP65,点,market,106.5506,29.5605\n";
        using (var refused = await PostAsync("points", csv, Csv, "&crs=wgs84"))
        using (var problem = await ProblemAsync(refused, 422, "65"))
        {
            Assert.Equal(
                3,
                problem.RootElement.GetProperty("rows")[0].GetProperty("line").GetInt32()
            );
        }

        var good = "code,name,type,lon,lat\nP66,点,market,106.5505,29.5605\n";
        using var first = await PostAsync("points", good, Csv, "&crs=wgs84");
        using var second = await PostAsync("points", good, Csv, "&crs=wgs84");
        using var report = JsonDocument.Parse(await second.Content.ReadAsStringAsync());
        Assert.Equal(
            (0, 0, 1),
            (
                report.RootElement.GetProperty("added").GetInt32(),
                report.RootElement.GetProperty("changed").GetInt32(),
                report.RootElement.GetProperty("unchanged").GetInt32()
            )
        );
    }

    [Fact]
    public async Task A_zip_that_is_no_workbook_is_refused()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("../evil.txt").Open();
            entry.Write("x"u8);
        }

        using var answer = await PostAsync(
            "points",
            buffer.ToArray(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "&crs=wgs84"
        );
        Assert.True((int)answer.StatusCode is 415 or 422, $"{answer.StatusCode}");
    }

    [Fact]
    public async Task Too_many_vertices_are_refused_before_anything_is_computed()
    {
        var ring = new StringBuilder("""{"type":"Polygon","coordinates":[[""");
        for (var i = 0; i < 300_000; i++)
        {
            var angle = 2 * Math.PI * i / 300_000;
            ring.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"[{106.55 + (0.001 * Math.Cos(angle)):F9},{29.56 + (0.001 * Math.Sin(angle)):F9}],"
            );
        }

        ring.Append("[106.551,29.56]]]}");
        using var answer = await PostAsync("points", Collection(ring.ToString()), GeoJson);
        using var problem = await ProblemAsync(answer, 413, "31");
        Assert.Equal(0, await CountAsync("P"));
    }

    [Fact]
    public async Task A_wrong_type_for_the_layer_is_refused()
    {
        var line =
            """{"type":"LineString","coordinates":[[106.5501,29.5601],[106.5505,29.5601]]}""";
        using var answer = await PostAsync(
            "gates",
            Collection(line)
                .Replace("\"type\":\"market\"", "\"school\":\"S\"", StringComparison.Ordinal),
            GeoJson
        );
        using var problem = await ProblemAsync(answer, 422, "34");
        Assert.Equal(
            "geometry",
            problem.RootElement.GetProperty("rows")[0].GetProperty("field").GetString()
        );
    }

    [Fact]
    public async Task A_form_upload_works_like_a_body()
    {
        using var form = new MultipartFormDataContent();
        using var file = new StringContent(
            "code,name,type,lon,lat\nPF,点,market,106.5505,29.5605\n"
        );
        file.Headers.ContentType = new MediaTypeHeaderValue(Csv);
        form.Add(file, "file", "点位.csv");
        using var answer = await service.Client.PostAsync(
            $"/api/imports/points?street={Street}&crs=wgs84",
            form
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.True(report.RootElement.GetProperty("committed").GetBoolean());
    }

    [Fact]
    public async Task An_unknown_dataset_or_street_is_404()
    {
        using var dataset = await PostAsync("planets", "code\n", Csv);
        using var first = await ProblemAsync(dataset, 404, "dataset");
        using var street = await service.Client.PostAsync(
            "/api/imports/points?street=nowhere&crs=wgs84",
            Content("code,name,type,lon,lat\nP,点,market,1,2\n"u8.ToArray(), Csv)
        );
        using var second = await ProblemAsync(street, 404, "street");
        Assert.Equal(
            "/problems/street-unknown",
            second.RootElement.GetProperty("type").GetString()
        );
    }

    private static string Collection(string geometry, string code = "P") =>
        $$"""{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"{{code}}","name":"点","type":"market"},"geometry":{{geometry}}}]}""";

    private static ByteArrayContent Content(byte[] bytes, string type)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    private Task<HttpResponseMessage> PostAsync(
        string dataset,
        string content,
        string type,
        string options = ""
    ) => PostAsync(dataset, Encoding.UTF8.GetBytes(content), type, options);

    private async Task<HttpResponseMessage> PostAsync(
        string dataset,
        byte[] content,
        string type,
        string options = ""
    )
    {
        using var body = Content(content, type);
        return await service.Client.PostAsync(
            $"/api/imports/{dataset}?street={Street}{options}",
            body
        );
    }

    private static async Task<JsonDocument> ProblemAsync(
        HttpResponseMessage answer,
        int status,
        string number
    )
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(
            (int)answer.StatusCode == status,
            $"{number}: {(int)answer.StatusCode} {text[..Math.Min(text.Length, 500)]}"
        );
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text);
        Assert.StartsWith(
            "/problems/",
            problem.RootElement.GetProperty("type").GetString(),
            StringComparison.Ordinal
        );
        return problem;
    }

    private async Task<long> CountAsync(string code)
    {
        await using var command = service.Database.CreateCommand(
            $"SELECT count(*) FROM points WHERE street_code = '{Street}' AND code = '{code}'"
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private Task<string> TextAsync(string code) =>
        ScalarAsync(
            $"SELECT ST_AsText(geom) FROM points WHERE street_code = '{Street}' AND code = '{code}'"
        );

    private Task<string> NameAsync(string code) =>
        ScalarAsync($"SELECT name FROM points WHERE street_code = '{Street}' AND code = '{code}'");

    private async Task<string> ScalarAsync(string sql)
    {
        await using var command = service.Database.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
