using System.Diagnostics;
using GeoCivic.Commands;
using GeoCivic.Spatial.Calendar;

namespace GeoCivic.Tests.Commands;

/// <summary><c>geocivic due</c>, as a process without any database.</summary>
public sealed class DueCommandTests
{
    private static WorkingCalendar Calendar { get; } = ReadCalendar();

    private static WorkingCalendar ReadCalendar()
    {
        using var file = new StreamReader(
            Path.Combine(RepositoryFiles.Root, "data", "calendar", "cn-working-days.csv")
        );
        return CalendarTable.Read(file);
    }

    [Fact]
    public async Task One_day_gives_one_day() =>
        Assert.Equal(
            (0, "2024-05-07\n", ""),
            await RunAsync(null, "due", "--working-days", "2", "--from", "2024-04-30")
        );

    [Fact]
    public async Task The_explanation_comes_on_the_same_line()
    {
        var (exit, output, _) = await RunAsync(
            null,
            "due",
            "--working-days",
            "2",
            "--from",
            "2024-04-30",
            "--explain"
        );
        Assert.Equal(0, exit);
        Assert.StartsWith("2024-05-07\t", output, StringComparison.Ordinal);
        Assert.Contains("劳动节", output, StringComparison.Ordinal);
        Assert.Contains("Labour Day", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_days_come_from_standard_input()
    {
        var days = Enumerable
            .Range(0, 2000)
            .Select(n => new DateOnly(2020, 1, 1).AddDays(n))
            .ToList();
        var (exit, output, error) = await RunAsync(
            string.Join('\n', days.Select(d => d.ToString("yyyy-MM-dd"))) + "\n",
            "due",
            "--working-days",
            "2",
            "--from",
            "-"
        );
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            days.Select(d => Calendar.AddWorkingDays(d, 2).ToString("yyyy-MM-dd")),
            output.Split('\n')[..^1]
        );
    }

    [Fact]
    public async Task A_line_without_an_answer_is_named_and_leaves_the_others_in_place()
    {
        var (exit, output, error) = await RunAsync(
            "2024-04-30\n2024-02-30\n2026-12-31\n2024-05-10\n",
            "due",
            "--working-days",
            "1",
            "--from",
            "-"
        );
        Assert.Equal(CommandRunner.Failed, exit);
        Assert.Equal("2024-05-06\n\n\n2024-05-11\n", output);
        Assert.Contains("line 2", error, StringComparison.Ordinal);
        Assert.Contains("line 3", error, StringComparison.Ordinal);
        Assert.Contains("2027", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CommandRunner.Failed, "yyyy-MM-dd", "2", "30/04/2024")]
    [InlineData(CommandRunner.Failed, "2027", "2", "2027-01-04")]
    [InlineData(CommandRunner.Failed, "no day", "2", "-")]
    [InlineData(CommandRunner.Misused, "--help", "-1", "2024-04-30")]
    [InlineData(CommandRunner.Misused, "--help", "two", "2024-04-30")]
    public async Task A_mistake_is_answered_in_words(
        int exit,
        string words,
        string count,
        string from
    )
    {
        var run = await RunAsync("", "due", "--working-days", count, "--from", from);
        Assert.Equal((exit, ""), (run.Exit, run.Output));
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(
        string? input,
        params string[] arguments
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(DueCommand).Assembly.Location);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // The command answers from its file; a database named here would be a mistake.
        start.Environment.Remove("ConnectionStrings__GeoCivic");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
