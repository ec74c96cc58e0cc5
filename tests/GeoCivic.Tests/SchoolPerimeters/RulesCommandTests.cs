using System.Diagnostics;
using System.Text.Json;
using GeoCivic.Commands;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary><c>geocivic rules</c> as a process, and the list by which licences run out.</summary>
public sealed class RulesCommandTests(ServiceFixture service)
    : IClassFixture<ServiceFixture>,
        IDisposable
{
    private const string Pack = """
        {"format":1,"pack":"tried","version":"VERSION","name":"试","name_en":"Trial","region":"tried","rules":[
        {"id":"tried.lottery","name":"彩票","name_en":"Lottery","school_kinds":["primary"],"venue_categories":["lottery"],
         "metres":METRES,"from":"campus_boundary","how":"straight","method_settled":true,"certainty":"high","valid_from":"2024-01-01",
         "exception":{"licensed_before":"2024-01-01","until":"2090-12-31"},
         "citation":{"text":"甲","article":"乙","verified":false}}]}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geocivic-rules-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_pack_is_checked_without_a_database()
    {
        var good = await RunAsync(
            database: false,
            "check",
            Path.Combine(RepositoryFiles.Root, "data", "rules", "guangdong.json")
        );
        Assert.Equal((0, ""), (good.Exit, good.Error));
        Assert.Contains("guangdong", good.Output, StringComparison.Ordinal);
        Assert.Contains("Not tried on any street", good.Output, StringComparison.Ordinal);
        var bad = await RunAsync(database: false, "check", Write("1", "-3"), "--json");
        Assert.Equal(CommandRunner.Failed, bad.Exit);
        using var answer = JsonDocument.Parse(bad.Output);
        Assert.False(answer.RootElement.GetProperty("well_formed").GetBoolean());
        Assert.Equal(
            "rules[0].metres",
            answer.RootElement.GetProperty("faults")[0].GetProperty("path").GetString()
        );
    }

    [Fact]
    public async Task A_pack_is_tried_then_loaded_and_its_licences_run_out()
    {
        await CreateAsync(service, "tried");
        Committed(
            await service.ImportAsync(
                Datasets.Schools,
                $"code,name,kind,wkt\nS,校,primary,\"{Box(0.2, 0.2, 0.6, 0.6)}\"\n",
                "s.csv",
                "tried"
            )
        );
        // Degrees of longitude east of the campus: 0.1 side is some 9.7 m.
        string Venue(string code, double x, string licence) =>
            FormattableString.Invariant(
                $"{code},店,lottery,{licence},{Lon(0.6 + x):0.0000000},{Lat(0.4):0.0000000}\n"
            );
        Committed(
            await service.ImportAsync(
                Datasets.Venues,
                "code,name,category,licensed_from,licensed_until,lon,lat\n"
                    + Venue("OLD", 0.1, "2020-01-01,2085-06-30")
                    + Venue("LONG", 0.2, "2020-01-01,2099-06-30")
                    + Venue("NEW", 0.3, "2025-01-01,2080-06-30")
                    + Venue("ENDED", 0.4, "2020-01-01,2025-06-30")
                    + Venue("OPEN", 0.45, "2025-01-01,")
                    + Venue("FAR", 1.3, "2020-01-01,2085-06-30"),
                "v.csv",
                "tried"
            )
        );

        var first = Write("1", "100");
        var tried = await RunAsync(database: true, "check", first, "--street", "tried", "--json");
        Assert.Equal((0, ""), (tried.Exit, tried.Error));
        using (var answer = JsonDocument.Parse(tried.Output))
        {
            var rule = answer.RootElement.GetProperty("streets")[0].GetProperty("rules")[0];
            Assert.Equal("tried.lottery", rule.GetProperty("rule").GetString());
            Assert.Equal(JsonValueKind.Null, rule.GetProperty("now").ValueKind);
            Assert.Equal(
                """{"compliant":1,"exempt":2,"violating":3}""",
                rule.GetProperty("then").GetRawText()
            );
        }

        Assert.Empty((await RowsAsync()).Rows);
        Assert.Equal(0, (await RunAsync(database: true, "load", first)).Exit);
        // What the trial announced is what the table says now.
        var (rows, csv) = await RowsAsync();
        Assert.Equal(
            [
                "ENDED violating expired 2025-06-30",
                "NEW violating valid 2080-06-30",
                "OLD exempt valid 2085-06-30",
                "LONG exempt valid 2090-12-31",
            ],
            rows
        );
        Assert.Equal(5, csv.Length);
        Assert.StartsWith("剩余天数,学校编码,", csv[0], StringComparison.Ordinal);

        var other = await RunAsync(database: true, "check", Write("2", "25"));
        Assert.Equal(0, other.Exit);
        Assert.Contains(
            "tried.lottery: 4 compliant, 2 exempt; now 1 compliant, 2 exempt, 3 violating",
            other.Output,
            StringComparison.Ordinal
        );
        var changed = await RunAsync(database: true, "load", Write("1", "30"));
        Assert.Equal(CommandRunner.Failed, changed.Exit);
        Assert.Contains("new version", changed.Error, StringComparison.Ordinal);
        Assert.Contains(
            "tried        1 ",
            (await RunAsync(database: true, "list")).Output,
            StringComparison.Ordinal
        );
    }

    private async Task<(List<string> Rows, string[] Csv)> RowsAsync()
    {
        using var answer = await service.GetJsonAsync("/api/perimeters/phase-out?street=tried");
        var day = DateOnly.Parse(answer.RootElement.GetProperty("day").GetString()!);
        var csv = await service.Client.GetStringAsync(
            "/api/perimeters/phase-out?street=tried&format=csv"
        );
        return (
            [
                .. answer
                    .RootElement.GetProperty("rows")
                    .EnumerateArray()
                    .Select(r =>
                        $"{r.GetProperty("venue").GetString()} {r.GetProperty("verdict").GetString()} {r.GetProperty("licence").GetString()} {day.AddDays(r.GetProperty("days_left").GetInt32()):yyyy-MM-dd}"
                    ),
            ],
            csv.TrimStart('\uFEFF').TrimEnd().Split("\r\n")
        );
    }

    private string Write(string version, string metres)
    {
        var path = Path.Combine(_folder.FullName, $"{version}-{metres}.json");
        File.WriteAllText(
            path,
            Pack.Replace("VERSION", version, StringComparison.Ordinal)
                .Replace("METRES", metres, StringComparison.Ordinal)
        );
        return path;
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(
        bool database,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(RulesCommand).Assembly.Location);
        start.ArgumentList.Add("rules");
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("ConnectionStrings__GeoCivic");
        if (database)
        {
            start.Environment["ConnectionStrings__GeoCivic"] = service.ConnectionString;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).TrimEnd(), (await error).TrimEnd());
    }
}
