using System.IO.Compression;
using System.Text.RegularExpressions;
using GeoCivic.Browser.Tests.Running;
using Npgsql;

namespace GeoCivic.Browser.Tests;

/// <summary>A supervisor's Wednesday: what is due is made, looked into, issued, taken away as a file; corrections leave it as it is.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class BulletinPageTests(DemoSite site)
{
    [Fact]
    public Task What_is_due_is_made_looked_into_issued_and_stays_as_it_was() =>
        VisitAsync(
            "?area=bulletin",
            Screen.Desktop,
            async page =>
            {
                await Visit.SettledAsync(page);
                await page.Locator("[data-make=half_monthly]").ClickAsync();
                await Visit.SettledAsync(page);
                await page.Locator("#bulletin-note")
                    .FillAsync("校园周边每日巡查。\n背街小巷回头看。");

                // A number leads to as many records as it says, a record to the issue as it is now, and Back to the number.
                var found = page.Locator("[data-figure=found]");
                var said = (await found.InnerTextAsync()).Replace(
                    ",",
                    "",
                    StringComparison.Ordinal
                );
                await found.ClickAsync();
                await Expect(page.Locator("[data-behind=found]")).ToBeVisibleAsync();
                var rows = page.Locator(".records tbody tr");
                await Expect(rows).ToHaveCountAsync(int.Parse(said));
                var issue = await rows
                    .First.Locator("[data-issue]")
                    .GetAttributeAsync("data-issue");
                await page.Locator("[data-focus=behind-back]").ClickAsync();

                await page.Locator("[data-focus=bulletin-issue]").ClickAsync();
                await Expect(page.Locator("dialog.confirm")).ToContainTextAsync(said);
                await page.Locator("[data-focus=confirm-yes]").ClickAsync();
                var paper = page.Locator(".bulletin-paper[data-status=issued]");
                await Expect(paper).ToContainTextAsync("半月报〔");
                await Expect(paper).ToContainTextAsync("背街小巷回头看。");
                var before = await paper.InnerTextAsync();
                var download = await page.RunAndWaitForDownloadAsync(() =>
                    page.Locator("[data-file=docx]").ClickAsync()
                );
                Assert.Matches("半月报〔20[0-9]{2}〕1号.docx$", download.SuggestedFilename);
                using (var zip = ZipFile.OpenRead(await download.PathAsync()))
                using (var text = new StreamReader(zip.GetEntry("word/document.xml")!.Open()))
                {
                    Assert.Contains(
                        "校园周边每日巡查。",
                        await text.ReadToEndAsync(),
                        StringComparison.Ordinal
                    );
                }

                // Corrected afterwards: the paper says what it said, a count of now says otherwise.
                await MoveAsync(issue!, "- INTERVAL '300 days'");
                try
                {
                    await page.ReloadAsync();
                    await Visit.SettledAsync(page);
                    Assert.Equal(before, await paper.InnerTextAsync());
                    await page.Locator("[data-focus=bulletin-correct]").ClickAsync();
                    await Visit.SettledAsync(page);
                    await Expect(page.Locator("[data-figure=found]"))
                        .ToHaveTextAsync($"{int.Parse(said) - 1}");
                }
                finally
                {
                    await MoveAsync(issue!, "+ INTERVAL '300 days'");
                }

                await page.Locator("[data-focus=bulletin-home]").ClickAsync();
                await Expect(page.Locator("[data-due=half_monthly]"))
                    .ToHaveAttributeAsync("data-status", "issued");
            }
        );

    [Fact]
    public Task The_formula_is_changed_in_percent_and_the_ranking_follows() =>
        VisitAsync(
            "?area=bulletin&section=formula",
            Screen.Phone,
            async page =>
            {
                await Visit.SettledAsync(page);
                var zero = page.Locator("[data-formula=community-cancellation_rate-zero]");
                await Expect(zero).ToHaveValueAsync("0");
                foreach (
                    var input in await page.Locator(
                            "[data-formula^=community-][data-formula$=-weight]"
                        )
                        .AllAsync()
                )
                {
                    await input.FillAsync("");
                }

                await page.Locator("[data-formula=community-cancellation_rate-weight]")
                    .FillAsync("7");
                await page.Locator("[data-formula=community-cancellation_rate-full]")
                    .FillAsync("100");
                await page.Locator("[data-focus=formula-save]").ClickAsync();
                await Expect(page.Locator(".panel")).ToContainTextAsync("本街道第 1 版");
                await Visit.StepAsync(page, "?area=bulletin&section=new.weekly");
                // With this one indicator the score is the share itself, in points.
                var score = page.Locator(
                    "[data-figure^='community/'][data-figure$='/score']"
                ).First;
                var points = await score.InnerTextAsync();
                await score.ClickAsync();
                await Visit.SettledAsync(page);
                await Expect(page.Locator(".records tbody tr")).ToHaveCountAsync(1);
                var share = Share()
                    .Match(await page.Locator(".records tbody tr").InnerTextAsync())
                    .Value;
                Assert.Equal(double.Parse(points), double.Parse(share.TrimEnd('%')), 0.051);
                Assert.Equal(
                    0,
                    await page.EvaluateAsync<int>(
                        "() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"
                    )
                );
            }
        );

    [Fact]
    public Task Printing_leaves_the_paper_and_nothing_else() =>
        VisitAsync(
            "?area=bulletin&section=new.weekly",
            Screen.Desktop,
            async page =>
            {
                await Visit.SettledAsync(page);
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                await page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
                await Expect(page.Locator(".bulletin-print .bulletin-title")).ToBeVisibleAsync();
                await Expect(page.Locator("#app")).ToBeHiddenAsync();
                Assert.True(await page.Locator(".bulletin-print table").CountAsync() >= 5);
                await page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
                await Expect(page.Locator(".bulletin-print")).ToHaveCountAsync(0);
                await Expect(page.Locator("#app")).ToBeVisibleAsync();
            }
        );

    private async Task MoveAsync(string issue, string by)
    {
        await using var source = NpgsqlDataSource.Create(site.ConnectionString);
        await using var command = source.CreateCommand(
            $"UPDATE issues SET found_at = found_at {by} WHERE id = $1"
        );
        command.Parameters.AddWithValue(Guid.Parse(issue));
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private Task VisitAsync(
        string query,
        Screen screen,
        Func<IPage, Task> act,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            screen,
            person: site.Everybody,
            name: name
        );

    [GeneratedRegex("[0-9.]+%", RegexOptions.None, 1000)]
    private static partial Regex Share();
}
