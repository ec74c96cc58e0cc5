using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Letters;

public sealed class LedgerTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Street = ServiceFixture.DemoStreet;

    private async Task<byte[]> FileAsync(string query)
    {
        using var response = await demo.Client.GetAsync($"/api/ledger?{query}");
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static List<Dictionary<string, object?>> Sheet(byte[] bytes)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var reader = ExcelReaderFactory.CreateReader(new MemoryStream(bytes));
        var rows = new List<Dictionary<string, object?>>();
        Assert.True(reader.Read());
        var headers = Enumerable.Range(0, reader.FieldCount).Select(reader.GetString).ToList();
        while (reader.Read())
        {
            rows.Add(
                headers
                    .Select((h, i) => (h, i))
                    .ToDictionary(c => c.h, c => (object?)reader.GetValue(c.i))
            );
        }

        return rows;
    }

    [Theory]
    [InlineData("")]
    [InlineData("&category=street_gambling")]
    [InlineData("&open=true")]
    [InlineData("&state=closed&q=1号")]
    [InlineData("&placement=orphan")]
    public async Task Every_format_has_the_rows_of_the_list_in_its_order(string filter)
    {
        using var list = await demo.GetJsonAsync(
            $"/api/issues?street={Street}&limit=50000{filter}"
        );
        var expected = list
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("properties").GetProperty("code").GetString()!)
            .ToList();
        Assert.NotEmpty(expected);

        using var json = await demo.GetJsonAsync($"/api/ledger?street={Street}{filter}");
        Assert.Equal(expected.Count, json.RootElement.GetProperty("count").GetInt32());
        Assert.Equal(
            expected,
            json.RootElement.GetProperty("rows")
                .EnumerateArray()
                .Select(r => r.GetProperty("code").GetString()!)
        );
        var csv = Encoding.UTF8.GetString(await FileAsync($"format=csv&street={Street}{filter}"));
        Assert.Equal(
            expected,
            csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
                .Skip(1)
                .Select(l => l.Split(',')[0])
        );
        Assert.Equal(
            expected,
            Sheet(await FileAsync($"format=xlsx&street={Street}{filter}"))
                .Select(r => (string)r["问题编号"]!)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("&category=street_gambling")]
    public async Task The_ledger_has_as_many_rows_as_the_map_counts(string filter)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        var window = $"&from={today.AddDays(-60):yyyy-MM-dd}&to={today:yyyy-MM-dd}";
        using var density = await demo.GetJsonAsync(
            $"/api/density?level=grid&state=all&street={Street}{window}{filter}&geometry=false"
        );
        var placed = density
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Sum(f => f.GetProperty("properties").GetProperty("count").GetInt64());
        using var ledger = await demo.GetJsonAsync($"/api/ledger?street={Street}{window}{filter}");
        var rows = ledger.RootElement.GetProperty("rows").EnumerateArray().ToList();
        Assert.True(placed > 0);
        Assert.Equal(
            placed,
            rows.Count(r => r.GetProperty("grid").ValueKind != JsonValueKind.Null)
        );
    }

    [Fact]
    public async Task A_sheet_opens_with_dates_as_dates_texts_as_texts_and_links_to_the_records()
    {
        await demo.ExecuteAsync(
            """
            INSERT INTO streets (street_code, name) VALUES ('ledger', '=1+1');
            INSERT INTO issues (street_code, id, code, name, category, state, is_open, found_at, description, geom, placement)
            SELECT 'ledger', gen_random_uuid(), (ARRAY['=cmd|''/C calc''!A0', '+1', '-2', '@x'])[n], '𠀀🚲_x0041_',
                   'street_gambling', 'open', true, '2026-02-23T16:30:00Z', E'=1+1\nzwei', ST_SetSRID(ST_MakePoint(1, 1), 4326), 'orphan'
            FROM generate_series(1, 4) n;
            """
        );
        var bytes = await FileAsync("format=xlsx&street=ledger");
        var rows = Sheet(bytes);
        Assert.Equal(
            ["+1", "-2", "=cmd|'/C calc'!A0", "@x"],
            rows.Select(r => (string)r["问题编号"]!).Order(StringComparer.Ordinal)
        );
        foreach (var row in rows)
        {
            Assert.Equal(
                new DateTime(2026, 2, 24, 0, 30, 0),
                Assert.IsType<DateTime>(row["发现时间"]),
                TimeSpan.FromMilliseconds(5)
            );
            Assert.Equal("𠀀🚲_x0041_", row["名称"]);
            Assert.Equal("=1+1\nzwei", row["问题描述"]);
            Assert.Equal("是", row["未办结"]);
            Assert.Equal(1d, row["经度"]);
        }

        using var workbook = SpreadsheetDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(workbook).Select(e => e.Description));
        var sheet = workbook.WorkbookPart!.WorksheetParts.Single();
        Assert.Equal(
            rows.Select(r => (string)r["记录地址"]!),
            sheet
                .Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Hyperlink>()
                .Select(h => sheet.HyperlinkRelationships.Single(l => l.Id == h.Id).Uri.ToString())
        );
        Assert.All(
            rows,
            r =>
                Assert.Equal(
                    new Uri(demo.Client.BaseAddress!, $"/?issue={r["记录标识"]}").ToString(),
                    r["记录地址"]
                )
        );
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var xml = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var text = await xml.ReadToEndAsync();
        Assert.DoesNotContain("<f>", text, StringComparison.Ordinal);
        Assert.Contains("state=\"frozen\"", text, StringComparison.Ordinal);
        Assert.Contains("<autoFilter ref=\"A1:", text, StringComparison.Ordinal);

        var csv = await FileAsync("format=csv&street=ledger");
        Assert.Equal(Encoding.UTF8.GetPreamble(), csv[..3]);
        var lines = Encoding.UTF8.GetString(csv).Split("\r\n");
        Assert.Contains(lines, l => l.StartsWith("'=cmd|", StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("'@x,", StringComparison.Ordinal));
        Assert.All(
            lines.Skip(1).Where(l => l.Length > 0),
            l => Assert.Contains(",2026-02-24 00:30:00,", l, StringComparison.Ordinal)
        );
        await demo.ExecuteAsync(
            "DELETE FROM issues WHERE street_code = 'ledger'; DELETE FROM streets WHERE street_code = 'ledger'"
        );
    }

    [Fact]
    public async Task A_file_says_its_name_and_is_not_kept_on_the_server()
    {
        var before = Directory.GetFiles(Path.GetTempPath(), "geocivic-ledger-*");
        using var response = await demo.Client.GetAsync(
            $"/api/ledger?format=xlsx&street={Street}&category=street_gambling"
        );
        var name = response.Content.Headers.ContentDisposition!.FileNameStar!;
        Assert.StartsWith("问题台账-", name, StringComparison.Ordinal);
        Assert.EndsWith(".xlsx", name, StringComparison.Ordinal);
        Assert.Equal(
            response.Content.Headers.ContentLength,
            (await response.Content.ReadAsByteArrayAsync()).Length
        );
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "geocivic-ledger-*").Except(before));
    }

    [Theory]
    [InlineData("format=pdf", "format")]
    [InlineData("as_of=2026-02-24T00:00:00", "as_of")]
    [InlineData("as_of=yesterday", "as_of")]
    [InlineData("as_of=2026-02-30T00:00:00Z", "as_of")]
    [InlineData("limit=5", "limit")]
    public async Task What_cannot_be_read_is_named(string query, string parameter)
    {
        var problem = await demo.GetProblemAsync($"/api/ledger?{query}", 400, "invalid-parameter");
        Assert.Equal(
            parameter,
            problem.GetProperty("errors")[0].GetProperty("parameter").GetString()
        );
    }
}
