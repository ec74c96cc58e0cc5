using System.Diagnostics;
using System.Text.Json;
using GeoCivic.Commands;

namespace GeoCivic.Tests.Commands;

/// <summary>The command line as a stranger calls it: a process with its exit code, output and errors.</summary>
public sealed class CommandLineTests(PostGisFixture postgis)
    : IClassFixture<PostGisFixture>,
        IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geocivic-cli-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_street_is_added_and_files_are_imported_with_a_report_on_the_last_line()
    {
        Assert.Equal(0, (await RunAsync("street", "add", "cli", "命令行街道")).Exit);
        Assert.Contains(
            "cli\t命令行街道",
            (await RunAsync("street", "list")).Output,
            StringComparison.Ordinal
        );
        var communities = Write(
            "c.csv",
            "code,name,wkt\nA,社区,\"POLYGON((106.55 29.56,106.56 29.56,106.56 29.57,106.55 29.57,106.55 29.56))\"\n"
        );
        var grids = Write(
            "g.csv",
            "code,name,wkt\nA1,网格,\"POLYGON((106.55 29.56,106.56 29.56,106.56 29.57,106.55 29.57,106.55 29.56))\"\n"
        );
        Assert.Equal(
            0,
            (
                await RunAsync(
                    "import",
                    "communities",
                    communities,
                    "--street",
                    "cli",
                    "--crs",
                    "wgs84"
                )
            ).Exit
        );
        Assert.Equal(
            0,
            (await RunAsync("import", "grids", grids, "--street", "cli", "--crs", "wgs84")).Exit
        );

        var points = Write("p.csv", "nr,name,lon,lat\nP1,点,106.555,29.565\nP2,点,200,29.565\n");
        string[] import =
        [
            "import",
            "points",
            points,
            "--street",
            "cli",
            "--crs",
            "wgs84",
            "--map",
            "code=nr",
            "--set",
            "type=market",
            "--json",
        ];
        var refused = await RunAsync(import);
        Assert.Equal(CommandRunner.Failed, refused.Exit);
        using (var report = refused.Json())
        {
            Assert.Equal(
                (2, 1),
                (
                    report.RootElement.GetProperty("read").GetInt32(),
                    report.RootElement.GetProperty("refused").GetInt32()
                )
            );
            var row = report.RootElement.GetProperty("rows")[0];
            Assert.Equal(3, row.GetProperty("line").GetInt32());
            Assert.NotEqual("", row.GetProperty("field").GetString());
            Assert.NotEqual("", row.GetProperty("reason").GetString());
        }

        var skipped = await RunAsync([.. import, "--skip-bad-rows"]);
        Assert.Equal(CommandRunner.Failed, skipped.Exit);
        using (var report = skipped.Json())
        {
            Assert.True(report.RootElement.GetProperty("committed").GetBoolean());
            Assert.Equal(1, report.RootElement.GetProperty("added").GetInt32());
        }

        var coverage = await RunAsync("coverage", "--street", "cli");
        Assert.Equal((0, "0 findings, 0 notes"), (coverage.Exit, coverage.Output.TrimEnd()));
    }

    [Fact]
    public async Task A_file_refused_as_a_whole_says_so_in_words_and_in_JSON()
    {
        await RunAsync("street", "add", "whole", "街道");
        var points = Write("p.csv", "code,name,type,lon,lat\nP1,点,market,106.555,29.565\n");
        var unlabelled = await RunAsync("import", "points", points, "--street", "whole", "--json");

        Assert.Equal(CommandRunner.Failed, unlabelled.Exit);
        Assert.Contains("--crs", unlabelled.Error, StringComparison.Ordinal);
        using var report = unlabelled.Json();
        Assert.Equal(
            "crs-missing",
            report.RootElement.GetProperty("problem").GetProperty("code").GetString()
        );
        Assert.Equal(0, report.RootElement.GetProperty("read").GetInt32());
    }

    [Theory]
    [InlineData(
        CommandRunner.Failed,
        "no street",
        "import",
        "points",
        "{file}",
        "--street",
        "nowhere",
        "--crs",
        "wgs84"
    )]
    [InlineData(CommandRunner.Failed, "no dataset", "import", "planets", "{file}", "--street", "x")]
    [InlineData(
        CommandRunner.Failed,
        "no file",
        "import",
        "points",
        "/no/such/file.csv",
        "--street",
        "x"
    )]
    [InlineData(
        CommandRunner.Failed,
        "field=value",
        "import",
        "points",
        "{file}",
        "--street",
        "x",
        "--map",
        "code"
    )]
    [InlineData(CommandRunner.Failed, "no street", "coverage", "--street", "nowhere")]
    [InlineData(CommandRunner.Misused, "--help", "coverage")]
    [InlineData(CommandRunner.Misused, "--help", "launch")]
    public async Task A_mistake_is_answered_in_one_line_and_with_an_exit_code(
        int exit,
        string hint,
        params string[] args
    )
    {
        var file = Write("p.csv", "code,name,type,lon,lat\nP1,点,market,106.555,29.565\n");
        var run = await RunAsync([.. args.Select(a => a == "{file}" ? file : a)]);
        Assert.Equal(exit, run.Exit);
        Assert.Contains(hint, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    private sealed record Run(int Exit, string Output, string Error)
    {
        public JsonDocument Json() => JsonDocument.Parse(Output.TrimEnd().Split('\n')[^1]);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<Run> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ConnectionStrings__GeoCivic"] = postgis.ConnectionString },
        };
        start.ArgumentList.Add(typeof(CommandRunner).Assembly.Location);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Run(process.ExitCode, await output, await error);
    }
}
