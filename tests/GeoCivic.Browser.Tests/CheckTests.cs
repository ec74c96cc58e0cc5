using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>The board's plans, patrol coverage, veto board and mock assessments, with the demo's own.</summary>
[Collection(FieldCollection.Name)]
public sealed class CheckTests(FieldSite site)
{
    private static readonly string[] Sections = ["plans", "coverage", "vetoes", "assessments"];

    [Fact]
    public Task A_missed_check_is_red_and_leads_to_the_points_that_nobody_saw() =>
        VisitAsync(
            "?area=board&section=plans",
            Screen.Desktop,
            async page =>
            {
                var figure = page.Locator("[data-focus=board-plans]");
                await Expect(figure)
                    .ToHaveClassAsync(
                        new System.Text.RegularExpressions.Regex(
                            "is-alarm",
                            System.Text.RegularExpressions.RegexOptions.None,
                            TimeSpan.FromSeconds(1)
                        )
                    );
                var missed = int.Parse(
                    await figure.Locator(".figure-value").InnerTextAsync(),
                    System.Globalization.CultureInfo.InvariantCulture
                );
                // Long lists wait until they are asked for.
                await Expect(page.Locator("tr.is-missed")).ToHaveCountAsync(Math.Min(missed, 12));
                if (missed > 12)
                {
                    await page.Locator("[data-focus=runs-all]").ClickAsync();
                    await Expect(page.Locator("tr.is-missed")).ToHaveCountAsync(missed);
                }

                await page.Locator("tr.is-missed [data-run]").First.ClickAsync();
                await Expect(page.Locator("#run-points")).ToBeVisibleAsync();
                await page.Locator("tr[data-key^='point:'] .link").First.ClickAsync();
                await Expect(page.Locator(".detail-title")).ToBeVisibleAsync();
                await page.GoBackAsync();

                // A plan entered by the form is there, with its points, and can be changed.
                await page.Locator("[data-focus=plans-add]").ClickAsync();
                await page.Locator("[data-field=name]").FillAsync("夜间市场巡查");
                await page.Locator("[data-field=cadence]").SelectOptionAsync("weekly");
                await page.Locator("[data-field=point_types] input[value=market]").CheckAsync();
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                var row = page.Locator("tr", new() { HasText = "夜间市场巡查" }).Last;
                await Expect(row).ToContainTextAsync("6 个点位");
                await row.Locator("[data-focus^=plans-edit]").ClickAsync();
                await page.Locator("[data-field=share]").FillAsync("50");
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                await Expect(row).ToContainTextAsync("50%");
            }
        );

    [Fact]
    public Task The_coverage_map_draws_what_the_table_lists() =>
        VisitAsync(
            "?area=board&section=coverage",
            Screen.Desktop,
            async page =>
            {
                await Expect(page.Locator("[data-coverage]")).ToBeVisibleAsync();
                await Expect(page.Locator(".shows-coverage .leaflet-finding-pane canvas"))
                    .ToBeAttachedAsync();
                var day = await page.Locator("[data-coverage] .figure-value")
                    .First.InnerTextAsync();
                await page.Locator("[data-shift=night]").ClickAsync();
                await Expect(page.Locator("[data-coverage$='/night']")).ToBeVisibleAsync();
                var night = await page.Locator("[data-coverage] .figure-value")
                    .First.InnerTextAsync();
                Assert.True(Metres(night) > Metres(day), $"{night} by night, {day} in all");
                Assert.Equal("night", Visit.Query(page, "shift"));
                await page.Locator("[data-section=today]").ClickAsync();
                await Expect(page.Locator(".shows-coverage")).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task The_board_is_red_until_another_person_clears_it_and_runs_are_compared() =>
        VisitAsync(
            "?area=board",
            Screen.Desktop,
            async page =>
            {
                await Expect(page.Locator(".veto-banner")).ToHaveAttributeAsync("data-vetoes", "1");
                await page.Locator("[data-focus=veto-banner]").ClickAsync();
                await page.Locator(".veto.is-red [data-focus^=clear-]").ClickAsync();
                await page.Locator(".veto.is-red textarea").FillAsync("复查合格，照片在案");
                await page.Locator(".veto.is-red [data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator(".veto-banner")).ToHaveCountAsync(0);
                await Expect(page.Locator(".message.is-good")).ToBeVisibleAsync();
                await page.Locator(".veto [data-focus^=raise-]").First.ClickAsync();
                await page.Locator(".veto textarea").FillAsync("现场发现一处");
                await page.Locator(".veto [data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator(".veto-banner")).ToBeVisibleAsync();
                await Expect(page.Locator(".veto.is-red [data-focus^=clear-]")).ToHaveCountAsync(0);

                await page.Locator("[data-section=assessments]").ClickAsync();
                await Expect(page.Locator("tr[data-key='node:12']")).ToContainTextAsync("12");
                await page.Locator("[data-node='10']").ClickAsync();
                await page.Locator("[data-node='10.1']").ClickAsync();
                await Expect(page.Locator("tr[data-key^='node:10.1.']")).ToHaveCountAsync(3);
                Assert.Matches(
                    "[▲▼]|0\\.0",
                    await page.Locator("tr[data-key='node:10']").InnerTextAsync()
                );
            }
        );

    [Fact]
    public Task The_sections_read_well_on_a_phone_and_in_both_languages() =>
        VisitAsync(
            "?area=board&section=plans",
            Screen.Phone,
            async page =>
            {
                var findings = new List<string>();
                foreach (var section in Sections)
                {
                    foreach (var language in (string[])["zh-CN", "en"])
                    {
                        await Visit.StepAsync(
                            page,
                            $"?area=board&section={section}&lang={language}"
                        );
                        await Visit.SettledAsync(page);
                        await Expect(page.Locator($".board-section h3").First).ToBeVisibleAsync();
                        await Expect(page.Locator(".panel .message.is-error")).ToHaveCountAsync(0);
                        findings.AddRange(
                            (await Axe.FindingsAsync(page, "color-contrast-enhanced")).Select(
                                each => $"{section} {language}: {each}"
                            )
                        );
                    }
                }

                Assert.Empty(findings);
            }
        );

    private static double Metres(string text) =>
        double.Parse(
            text.Split(' ')[0].Replace(",", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture
        );

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
            person: site.Supervisor,
            name: name
        );
}
