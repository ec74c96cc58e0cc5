using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>The supervisor's screen: every number on it is the service's, every state of it is a link.</summary>
[Collection(DemoCollection.Name)]
public sealed partial class SituationTests(DemoSite site)
{
    // A year of the demo ends on its own last day, whatever today is.
    private const string Year = "&layers=base.communities.grids&z=15&c=106.55000,29.56480";

    [Fact]
    public async Task The_slider_steps_and_plays_from_one_answer_with_one_legend()
    {
        var asked = new List<string>();
        await VisitAsync(
            "?area=situation&step=month" + Year,
            async page =>
            {
                var slider = page.Locator("[data-focus=time-slider]");
                await Expect(slider).ToBeEnabledAsync();
                var truth = await Visit.AskAsync(site, asked.Single(), site.Everybody);
                var steps = truth.GetProperty("steps").EnumerateArray().ToList();
                var totals = Numbers(truth.GetProperty("total"));
                var labels = await page.Locator(".legend-classes .legend-range")
                    .AllInnerTextsAsync();

                await slider.FocusAsync();
                await page.Keyboard.PressAsync("Home");
                await StandsAtAsync(0);
                await page.Keyboard.PressAsync("ArrowRight");
                await StandsAtAsync(1);
                await page.Locator("[data-focus=time-play]").ClickAsync();
                await StandsAtAsync(2);
                await page.Locator("[data-focus=time-play]").ClickAsync();
                Assert.Equal(
                    labels,
                    await page.Locator(".legend-classes .legend-range").AllInnerTextsAsync()
                );
                Assert.Single(asked);

                var tick = Visit.Query(page, "tick");
                await page.Locator("[data-choice=open][data-focus=mode-open]").ClickAsync();
                await Expect(page.Locator(".legend-title")).ToContainTextAsync("当时未办结");
                Assert.Equal(2, asked.Count);
                await page.GoBackAsync();
                await Expect(page.Locator("[data-focus=mode-found]"))
                    .ToHaveAttributeAsync("aria-pressed", "true");
                await page.ReloadAsync();
                await Expect(page.Locator(".time-now")).ToHaveAttributeAsync("data-tick", tick!);

                async Task StandsAtAsync(int step)
                {
                    var from = steps[step].GetProperty("from").GetString()!;
                    await Expect(page.Locator(".time-now")).ToHaveAttributeAsync("data-tick", from);
                    await Expect(page.Locator(".time-now"))
                        .ToContainTextAsync(
                            $"{totals[step].ToString("N0", CultureInfo.InvariantCulture)} 件"
                        );
                    Assert.Equal(from, Visit.Query(page, "tick"));
                    // The areas of all classes together are those of the map.
                    Assert.Equal(
                        truth.GetProperty("cells").GetArrayLength(),
                        (await LegendAsync(page)).Sum(row => row.N)
                    );
                }
            },
            before: page =>
            {
                page.Request += (_, request) =>
                {
                    if (
                        request.Url.Contains("step=month", StringComparison.Ordinal)
                        && request.Url.Contains("/api/", StringComparison.Ordinal)
                    )
                    {
                        asked.Add(new Uri(request.Url).PathAndQuery);
                    }
                };
                return Task.CompletedTask;
            }
        );
    }

    [Fact]
    public Task Two_periods_move_together_under_one_legend_and_the_table_lists_the_difference() =>
        VisitAsync(
            $"?area=situation&table=1&twin=cells&from={Day(-83)}&to={Day(0)}&vsfrom={Day(-167)}&vsto={Day(-84)}"
                + Year,
            async page =>
            {
                await Expect(page.Locator("#map2 .leaflet-fill-pane path").First)
                    .ToBeAttachedAsync();
                var now = await CountsAsync(Day(-83), Day(0));
                var before = await CountsAsync(Day(-167), Day(-84));
                var rows = page.Locator(".cells tbody tr");
                await Expect(rows).ToHaveCountAsync(now.Count);
                await Expect(page.Locator(".cells .col-difference").First).ToBeAttachedAsync();
                foreach (var (code, n) in now.OrderByDescending(pair => pair.Value).Take(5))
                {
                    var row = page.Locator($".cells tr[data-key='grid:{code}']");
                    await Expect(row.Locator(".col-count")).ToHaveTextAsync(Text(n));
                    await Expect(row.Locator(".col-countB")).ToHaveTextAsync(Text(before[code]));
                    var difference = n - before[code];
                    await Expect(row.Locator(".col-difference"))
                        .ToHaveTextAsync((difference > 0 ? "+" : "") + Text(difference));
                }

                await Expect(page.Locator(".legend-classes")).ToHaveCountAsync(1);
                // One colour, one class: what is painted alike on both maps lies between the same bounds.
                await page.Locator("#map").FocusAsync();
                await page.Keyboard.PressAsync("ArrowRight");
                await page.Keyboard.PressAsync("+");
                await Expect(page.Locator("#map2 .leaflet-control-scale-line"))
                    .ToHaveTextAsync(
                        await page.Locator("#map .leaflet-control-scale-line").InnerTextAsync()
                    );
                await page.WaitForFunctionAsync(
                    "() => { const names = (id) => { const box = document.querySelector(id).getBoundingClientRect(); return new Map([...document.querySelectorAll(`${id} .label-community`)].map((each) => { const at = each.getBoundingClientRect(); return [each.textContent, [at.x - box.x, at.y - box.y]]; })); }; const [a, b] = [names('#map'), names('#map2')]; const both = [...a.keys()].filter((name) => b.has(name)); return both.length > 0 && both.every((name) => Math.abs(a.get(name)[0] - b.get(name)[0]) < 4 && Math.abs(a.get(name)[1] - b.get(name)[1]) < 4); }"
                );
                await page.Locator("[data-focus=compare-end]").ClickAsync();
                await Expect(page.Locator("#map2")).ToBeHiddenAsync();
                Assert.Null(Visit.Query(page, "vsfrom"));
                await page.GoBackAsync();
                await Expect(page.Locator("#map2")).ToBeVisibleAsync();
            }
        );

    [Fact]
    public Task A_hot_cell_is_explained_in_the_service_s_words_down_to_its_records() =>
        VisitAsync(
            $"?area=situation&show=hotspots&category=stall_occupying&from={Day(-364)}&to={Day(0)}"
                + Year,
            async page =>
            {
                var row = page.Locator(".ranking .row").First;
                var key = await row.GetAttributeAsync("data-row");
                var code = key!["grid:".Length..];
                await row.HoverAsync();
                await Expect(page.Locator(".leaflet-fill-pane path[stroke='#1f5fbf']"))
                    .ToHaveCountAsync(1);
                await row.ClickAsync();
                var truth = await Visit.AskAsync(
                    site,
                    $"/api/hotspots/explain?level=grid&street={DemoSite.Street}&cell={code}&category=stall_occupying&from={Day(-364)}&to={Day(0)}&state=all",
                    site.Everybody
                );
                var why = page.Locator(".explain");
                await Expect(why.Locator(".explanation"))
                    .ToHaveTextAsync(truth.GetProperty("text").GetProperty("zh").GetString()!);
                await Expect(why.Locator(".explain-class")).ToContainTextAsync("热点");
                await Expect(why.Locator(".rows .row"))
                    .ToHaveCountAsync(truth.GetProperty("neighbours").GetArrayLength());
                // The link alone brings another person to the same explanation.
                await page.ReloadAsync();
                await Expect(why.Locator(".explanation"))
                    .ToHaveTextAsync(truth.GetProperty("text").GetProperty("zh").GetString()!);
                await page.Locator("[data-focus=records]").ClickAsync();
                await Expect(page.Locator("[data-matched]"))
                    .ToHaveAttributeAsync(
                        "data-matched",
                        truth
                            .GetProperty("cell")
                            .GetProperty("count")
                            .GetInt64()
                            .ToString(CultureInfo.InvariantCulture)
                    );
            }
        );

    [Fact]
    public Task The_print_is_one_sheet_of_A3_with_all_that_a_map_must_say() =>
        VisitAsync(
            $"?area=situation&show=hotspots&from={Day(-364)}&to={Day(0)}" + Year,
            async page =>
            {
                await page.Locator("[data-focus=act-print]").ClickAsync();
                var sheet = page.Locator(".print-sheet");
                await Expect(sheet.Locator(".legend-classes li").First).ToBeVisibleAsync();
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                foreach (
                    var said in new[]
                    {
                        "大溪沟街道",
                        "冷热点",
                        $"{Day(-364)} 至 {Day(0)}",
                        "全部类别",
                        "图例",
                        "制图日期",
                        "比例尺 约 1:",
                        "审图号：",
                        "来源：",
                    }
                )
                {
                    await Expect(sheet.GetByText(said).First).ToBeVisibleAsync();
                }

                await Expect(sheet.Locator(".leaflet-control-scale-line")).ToBeVisibleAsync();
                Assert.True(await sheet.Locator(".leaflet-fill-pane path").CountAsync() > 80);
                await Expect(page.Locator(".panel")).ToBeHiddenAsync();
                var pdf = Encoding.Latin1.GetString(
                    await page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true })
                );
                var sheets = MediaBox().Matches(pdf);
                Assert.Single(sheets);
                // 420 × 297 mm in points.
                Assert.Equal(1190.55, Number(sheets[0], "width"), 1.0);
                Assert.Equal(841.89, Number(sheets[0], "height"), 1.0);
            }
        );

    [Fact]
    public Task None_no_data_never_visited_and_too_little_look_different_and_the_legend_counts_them() =>
        VisitAsync(
            $"?area=situation&measure=per_visit&category=vagrancy_begging&from={Day(-6)}&to={Day(0)}"
                + Year,
            async page =>
            {
                await Expect(page.Locator("[data-class=never]")).ToBeVisibleAsync();
                var truth = await Visit.AskAsync(
                    site,
                    $"/api/density?level=grid&street={DemoSite.Street}&measure=per_visit&category=vagrancy_begging&from={Day(-6)}&to={Day(0)}&state=all&geometry=false",
                    site.Everybody
                );
                var legend = (await LegendAsync(page)).ToDictionary(row => row.Key, row => row.N);
                Assert.Equal(truth.GetProperty("zeros").GetInt32(), legend["zero"]);
                Assert.Equal(truth.GetProperty("neverVisited").GetInt32(), legend["never"]);
                Assert.Equal(truth.GetProperty("noData").GetInt32(), legend["none"]);
                Assert.Equal(truth.GetProperty("features").GetArrayLength(), legend.Values.Sum());
                Assert.True(legend["never"] > 0);
                await Expect(page.Locator(".leaflet-fill-pane path[fill='url(#hatch-never)']"))
                    .ToHaveCountAsync(legend["never"]);
                Assert.Equal(
                    3,
                    await page.EvaluateAsync<int>(
                        "new Set(['never', 'none', 'few'].map((id) => document.querySelector(`#hatch-${id}`).innerHTML + document.querySelector(`#hatch-${id}`).getAttribute('patternTransform'))).size"
                    )
                );

                // A week of one rare kind is too little to call anything hot.
                await page.Locator("[data-choice=hotspots]").ClickAsync();
                await Expect(page.Locator(".legend-says")).ToContainTextAsync("数据太少");
                await Expect(page.Locator(".leaflet-fill-pane path[fill='url(#hatch-few)']"))
                    .ToHaveCountAsync(truth.GetProperty("features").GetArrayLength());
            },
            expected: "/api/hotspots"
        );

    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));

    private static string Day(int offset) =>
        Today.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(long n) => n.ToString("N0", CultureInfo.InvariantCulture);

    private static List<long> Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(each => each.GetInt64())];

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private async Task<Dictionary<string, long>> CountsAsync(string from, string to) =>
        (
            await Visit.AskAsync(
                site,
                $"/api/density?level=grid&street={DemoSite.Street}&from={from}&to={to}&state=all&geometry=false",
                site.Everybody
            )
        )
            .GetProperty("features")
            .EnumerateArray()
            .Select(each => each.GetProperty("properties"))
            .ToDictionary(
                each => each.GetProperty("code").GetString()!,
                each => each.GetProperty("count").GetInt64()
            );

    private static async Task<List<(string Key, int N)>> LegendAsync(IPage page)
    {
        var rows = await page.EvaluateAsync<JsonElement>(
            "[...document.querySelectorAll('.legend-classes li')].map((row) => [row.dataset.class, Number(row.querySelector('.legend-n').textContent.replace(/\\D/g, ''))])"
        );
        return [.. rows.EnumerateArray().Select(row => (row[0].GetString()!, row[1].GetInt32()))];
    }

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        string? expected = null,
        Func<IPage, Task>? before = null,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            expected: expected,
            before: before,
            person: site.Everybody,
            name: name
        );

    [GeneratedRegex(
        @"/MediaBox\s*\[\s*0\s+0\s+(?<width>[0-9.]+)\s+(?<height>[0-9.]+)\s*\]",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MediaBox();
}
