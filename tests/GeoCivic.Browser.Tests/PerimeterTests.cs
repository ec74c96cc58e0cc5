using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>The planner's screen: what may open where, what moving a gate would turn, and the evidence; every number is the service's.</summary>
// A site of its own, since what is drawn is saved.
[Collection(OfficeCollection.Name)]
public sealed class PerimeterTests(DemoSite site)
{
    private const string School = "S03";

    private static readonly string Campus = $"perimeter:{DemoSite.Street}*{School}";

    [Fact]
    public Task A_click_on_the_map_says_whether_it_may_open_there_and_where_it_could() =>
        VisitAsync(
            "?area=perimeters&section=check&c=106.5497,29.5623&z=18&layers=base",
            async page =>
            {
                await page.Locator("[data-focus=check-category]")
                    .SelectOptionAsync("internet_cafe");
                await page.Locator("#map").ClickAsync();
                var answer = page.Locator(".check-answer");
                await Expect(answer).ToHaveAttributeAsync("data-allowed", "false");
                await Expect(answer.Locator(".check-word")).ToHaveTextAsync("不可以开");
                var truth = await CheckAsync(page);
                await Expect(answer)
                    .ToContainTextAsync(
                        truth.GetProperty("explanation").GetProperty("zh").GetString()!
                    );
                var deciding = truth.GetProperty("deciding").EnumerateArray().ToList();
                Assert.Contains(deciding, row => row.GetProperty("school").GetString() == School);
                foreach (var row in deciding)
                {
                    var shown = page.Locator(
                        $".rule-row[data-school='{row.GetProperty("school").GetString()}'][data-rule='{row.GetProperty("rule").GetString()}']"
                    );
                    await Expect(shown)
                        .ToContainTextAsync($"直线 {Metres(row.GetProperty("straight_m"))}");
                    await Expect(shown)
                        .ToContainTextAsync(
                            row.GetProperty("citation").GetProperty("article").GetString()!
                        );
                }

                // The nearest place that would do is on the map, and asking there says so.
                var near = truth.GetProperty("nearest_allowed");
                await Expect(page.Locator(".nearest-icon")).ToHaveCountAsync(1);
                await page.Locator("[data-focus=check-nearest]").ClickAsync();
                await Expect(page.Locator(".nearest-icon")).ToBeInViewportAsync();
                await page.Locator("[data-focus=check-there]").ClickAsync();
                await Expect(answer).ToHaveAttributeAsync("data-allowed", "true");
                Assert.Equal(
                    near.GetProperty("lon").GetDouble(),
                    double.Parse(
                        Visit.Query(page, "place")!.Split(',')[0],
                        CultureInfo.InvariantCulture
                    ),
                    6
                );
                await page.Locator("[data-focus=check-allowed]").CheckAsync();
                await Expect(page.Locator(".leaflet-fill-pane path[fill='url(#hatch-forbidden)']"))
                    .ToHaveCountAsync(1);
                await page.GoBackAsync();
                await page.GoBackAsync();
                await Expect(answer).ToHaveAttributeAsync("data-allowed", "false");

                // Where a school lies a click asks too, and does not open the school.
                await page.Locator($"[data-key='campus:{DemoSite.Street}*{School}']")
                    .First.ClickAsync();
                await Expect(answer).ToContainTextAsync("直线 0 米");
                Assert.Equal("check", Visit.Query(page, "section"));
            }
        );

    [Fact]
    public Task A_gate_and_a_wall_are_moved_and_the_verdicts_that_turn_are_shown_before_saving() =>
        VisitAsync(
            $"?area=perimeters&sel={Campus}&layers=base",
            async page =>
            {
                await page.Locator("[data-focus=per-draw]").ClickAsync();
                var gate = page.Locator(".draw-gate").First;
                await Expect(gate).ToBeVisibleAsync();
                var text = page.Locator("[data-focus=draw-gate-0]");
                var before = await text.InputValueAsync();
                var box = (await gate.BoundingBoxAsync())!;
                await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 16);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(box.X + 90, box.Y + 80, new() { Steps = 4 });
                await page.Mouse.UpAsync();
                await Expect(text).Not.ToHaveValueAsync(before);
                await Expect(page.Locator("[data-flips]")).ToBeVisibleAsync();

                await DrawPartAndHoleAsync(page);

                // A wall that crosses itself is not even tried, and one step back it is as before.
                await page.Locator("[data-focus=draw-wall-open]").ClickAsync();
                var wall = page.Locator("[data-focus=draw-wall]");
                var good = await wall.InputValueAsync();
                var tried = 0;
                page.Request += (_, request) =>
                    tried +=
                        request.PostData?.Contains("[106.55,29.5618]", StringComparison.Ordinal)
                        == true
                            ? 1
                            : 0;
                await wall.FillAsync(
                    "106.5491, 29.5624\n106.5500, 29.5618\n106.5500, 29.5624\n106.5491, 29.5618"
                );
                await wall.BlurAsync();
                await Expect(page.Locator("[data-trouble=crossing]"))
                    .ToContainTextAsync("自己交叉");
                await page.Locator("[data-focus=draw-save]").ClickAsync();
                await Expect(page.Locator("[data-trouble=crossing]")).ToBeVisibleAsync();
                Assert.Equal(0, tried);
                await page.Locator("[data-focus=draw-undo]").ClickAsync();
                await Expect(wall).ToHaveValueAsync(good);
                await Expect(page.Locator("[data-flips]")).ToBeVisibleAsync();

                // The keyboard's way: every corner of the wall 120 m further north.
                var asked = await page.RunAndWaitForRequestAsync(
                    async () =>
                    {
                        await wall.FillAsync(Northward(await wall.InputValueAsync()));
                        await wall.BlurAsync();
                    },
                    request =>
                        request.Url.EndsWith("/api/perimeters/what-if", StringComparison.Ordinal)
                );
                using var client = site.Everybody.Client(site.Address);
                using var again = await client.PostAsync(
                    new Uri("/api/perimeters/what-if", UriKind.Relative),
                    new StringContent(
                        asked.PostData!,
                        System.Text.Encoding.UTF8,
                        "application/json"
                    )
                );
                var truth = await again.Content.ReadFromJsonAsync<JsonElement>();
                var flips = truth.GetProperty("flips").EnumerateArray().ToList();
                Assert.NotEmpty(flips);
                await Expect(page.Locator("[data-flips]"))
                    .ToHaveAttributeAsync(
                        "data-flips",
                        flips.Count.ToString(CultureInfo.InvariantCulture)
                    );
                foreach (var flip in flips.Take(5))
                {
                    await Expect(
                            page.Locator(
                                    $"[data-flip='{flip.GetProperty("venue").GetString()}'] .row-note"
                                )
                                .Filter(
                                    new() { HasText = flip.GetProperty("rule_name").GetString() }
                                )
                        )
                        .ToContainTextAsync(
                            $"{Metres(flip.GetProperty("straight_before"))} → {Metres(flip.GetProperty("straight_after"))}"
                        );
                }

                // Nothing is saved until the numbers have been seen and agreed to.
                var was = await SchoolAsync();
                await page.Locator("[data-focus=draw-save]").ClickAsync();
                var question = page.Locator("dialog.confirm");
                await Expect(question).ToContainTextAsync($"{flips.Count} 条结论会改变");
                Assert.Equal(Revision(was), Revision(await SchoolAsync()));
                await question.Locator("[data-focus=confirm-yes]").ClickAsync();
                await Expect(page.Locator(".draw")).ToHaveCountAsync(0);
                var now = await SchoolAsync();
                Assert.True(Revision(now) > Revision(was));
                var parts = now.GetProperty("geometry").GetProperty("coordinates");
                Assert.Equal([2, 1], parts.EnumerateArray().Select(part => part.GetArrayLength()));
                Assert.Equal(5, parts[1][0].GetArrayLength());
                Assert.Null(Visit.Query(page, "draw"));
            }
        );

    [Fact]
    public Task From_the_school_to_the_evidence_and_back_each_state_is_a_link() =>
        VisitAsync(
            "?area=perimeters&layers=base",
            async page =>
            {
                var summary = await Visit.AskAsync(
                    site,
                    $"/api/perimeters/summary?street={DemoSite.Street}",
                    site.Everybody
                );
                await Expect(page.Locator("[data-schools]"))
                    .ToHaveAttributeAsync(
                        "data-schools",
                        summary
                            .GetProperty("schools")
                            .GetArrayLength()
                            .ToString(CultureInfo.InvariantCulture)
                    );
                var violating = summary.GetProperty("tally").GetProperty("violating").GetInt32();
                await Expect(page.Locator("[data-filter=verdict-violating] .chip-n"))
                    .ToHaveTextAsync(violating.ToString(CultureInfo.InvariantCulture));
                await page.Locator("[data-filter=verdict-violating]").ClickAsync();
                await page.Locator("[data-focus=rail-table]").ClickAsync();
                await Expect(page.Locator($"[data-pairs='{violating}']")).ToBeVisibleAsync();

                // A row and its mark on the map light up together, from either side.
                var row = page.Locator(".pairs tbody tr").First;
                await row.HoverAsync();
                await Expect(page.Locator(".symbol-marker.is-hover[data-key^='shop:']"))
                    .ToHaveCountAsync(1);
                await page.Locator("[data-focus=pairs-close]").ClickAsync();

                await page.Locator(".rows .row[data-row^='campus:']").First.ClickAsync();
                var venue = page.Locator(".venue-row").First;
                await Expect(venue.Locator(".is-deciding")).ToBeVisibleAsync();
                await venue.ClickAsync();
                var key = Visit.Query(page, "sel")!;
                var codes = key["pair:".Length..].Split('*');
                var truth = await Visit.AskAsync(
                    site,
                    $"/api/perimeters/evidence?school={codes[1]}&venue={codes[3]}&street={codes[2]}",
                    site.Everybody
                );
                var straight = Metres(truth.GetProperty("straight_m"));
                await Expect(page.Locator("#map .line-label.is-straight"))
                    .ToHaveTextAsync($"直线 {straight}");
                var rules = page.Locator(".pair-rule");
                await Expect(rules.First).ToHaveAttributeAsync("data-verdict", "violating");
                await Expect(page.Locator(".citation .unverified").First)
                    .ToHaveTextAsync("条文未核对");

                await page.Locator("[data-focus=pair-print]").ClickAsync();
                var sheet = page.Locator(".evidence-sheet");
                await Expect(sheet.Locator(".evidence-table")).ToContainTextAsync(straight);
                await Expect(sheet.Locator(".line-label.is-straight")).ToBeVisibleAsync();
                await page.ReloadAsync();
                await Expect(sheet.Locator(".evidence-table")).ToContainTextAsync(straight);
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                var paper = await page.PdfAsync(new() { PreferCSSPageSize = true });
                Assert.InRange(Pages(paper), 1, 2);
                await page.EmulateMediaAsync(new() { Media = Media.Screen });
                var word = await page.Locator(".evidence-page [data-file=docx]")
                    .GetAttributeAsync("href");
                using var client = site.Everybody.Client(site.Address);
                using var file = await client.GetAsync(new Uri(word!, UriKind.Relative));
                Assert.Equal(
                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                    file.Content.Headers.ContentType?.MediaType
                );
                await page.Locator("[data-focus=sheet-back]").ClickAsync();
                await page.Locator("[data-focus=pair-school]").ClickAsync();
                await Expect(page.Locator(".venue-row").First).ToBeVisibleAsync();
                await WithdrawAsync(page, client);
                await SeasonAsync(page);
            }
        );

    // A venue that has just been entered goes again; the question names it and what goes with it.
    private async Task WithdrawAsync(IPage page, HttpClient client)
    {
        using var made = await client.PostAsJsonAsync(
            new Uri("/api/venues", UriKind.Relative),
            new
            {
                id = Guid.NewGuid(),
                street = DemoSite.Street,
                code = "GONE-1",
                name = "将要撤销的网吧",
                category = "internet_cafe",
                lon = 106.5497,
                lat = 29.5626,
            }
        );
        made.EnsureSuccessStatusCode();
        await Visit.StepAsync(
            page,
            $"?area=perimeters&sel=pair:{DemoSite.Street}*{School}*{DemoSite.Street}*GONE-1"
        );
        await page.Locator("[data-focus=venue-withdraw]").ClickAsync();
        var truth = await Visit.AskAsync(
            site,
            $"/api/perimeters/compliance?street={DemoSite.Street}&venue=GONE-1",
            site.Everybody
        );
        var rows = truth.GetProperty("rows").GetArrayLength();
        Assert.True(rows > 0);
        var question = page.Locator("dialog.confirm");
        await Expect(question).ToContainTextAsync("撤销场所“将要撤销的网吧”？");
        await Expect(question).ToContainTextAsync($"{rows} 条结论不再出现");
        await question.Locator("[data-focus=confirm-yes]").ClickAsync();
        await Expect(page.Locator("[data-focus=per-draw]")).ToBeVisibleAsync();
        await Visit.SettledAsync(page);
        await Expect(page.Locator(".venue-row").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-row*='GONE-1'], [data-key$='GONE-1']"))
            .ToHaveCountAsync(0);
        using var gone = await client.GetAsync(
            new Uri(
                $"/api/perimeters/evidence?school={School}&venue=GONE-1&street={DemoSite.Street}",
                UriKind.Relative
            )
        );
        Assert.Equal(System.Net.HttpStatusCode.NotFound, gone.StatusCode);
    }

    // The drive's sheet on paper says what the service counts: issues once, rows for each zone they lie in.
    private async Task SeasonAsync(IPage page)
    {
        var days =
            $"from={DateTime.UtcNow.AddDays(-1000):yyyy-MM-dd}&to={DateTime.UtcNow:yyyy-MM-dd}";
        var truth = await Visit.AskAsync(
            site,
            $"/api/perimeters/events?street={DemoSite.Street}&{days}",
            site.Everybody
        );
        var rows = truth.GetProperty("rows").EnumerateArray().ToList();
        var issues = rows.Select(row => row.GetProperty("issue").GetString()).Distinct().Count();
        Assert.True(issues > 0);
        await Visit.StepAsync(page, $"?area=perimeters&section=events&{days}");
        await Expect(page.Locator($"[data-events='{issues}']")).ToBeVisibleAsync();
        await page.Locator("[data-focus=events-print]").ClickAsync();
        var sheet = page.Locator(".season-sheet");
        await Expect(sheet).ToContainTextAsync($"限距范围内发现 {issues} 件");
        var tables = sheet.Locator("table");
        await Expect(tables.Nth(1).Locator("tbody tr"))
            .ToHaveCountAsync(truth.GetProperty("by_school").GetArrayLength());
        await Expect(tables.Nth(3).Locator("tbody tr"))
            .ToHaveCountAsync(Math.Min(rows.Count, 1000));
        Assert.Equal(
            truth
                .GetProperty("by_hour")
                .EnumerateArray()
                .Select(n => n.GetInt32() is var each and > 0 ? $"{each:N0}" : "–"),
            await tables.Nth(2).Locator("td").AllTextContentsAsync()
        );
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("#app")).ToBeHiddenAsync();
        Assert.True(Pages(await page.PdfAsync(new() { PreferCSSPageSize = true })) > 0);
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        Assert.Empty(await Axe.FindingsAsync(page, "color-contrast-enhanced"));
        await page.Locator("[data-focus=season-back]").ClickAsync();
        await Expect(page.Locator(".season-page")).ToBeHiddenAsync();
    }

    // Beside the campus a part, in its middle a hole; both are undone and drawn again by one step.
    private static async Task DrawPartAndHoleAsync(IPage page)
    {
        var wall = (await page.Locator(".draw-wall").BoundingBoxAsync())!;
        var east = wall.X + wall.Width + 30;
        var (x, y) = (wall.X + (wall.Width / 2), wall.Y + (wall.Height / 2));
        await page.Locator("[data-focus=draw-part]").ClickAsync();
        await page.Mouse.ClickAsync(east, y);
        await page.Mouse.ClickAsync(east + 80, y);
        await page.Mouse.ClickAsync(east + 80, y + 80);
        var pen = page.Locator(".draw-pen");
        await Expect(pen).ToContainTextAsync("已落 3 个拐点");
        // Across the first edge: refused, and the three stay.
        await page.Mouse.ClickAsync(east + 40, y - 40);
        await Expect(pen.Locator(".is-warning")).ToContainTextAsync("自己交叉");
        await page.Mouse.ClickAsync(east, y + 80);
        await Expect(pen).ToContainTextAsync("已落 4 个拐点");
        await page.Locator("[data-focus=pen-finish]").PressAsync("Enter");
        var part = page.Locator("[data-ring='1-0']");
        await Expect(part).ToContainTextAsync("4 个拐点");

        await page.Locator("[data-focus=draw-hole]").PressAsync("Enter");
        await page.Locator("[data-focus=pen-corner]").PressAsync("Enter");
        await Expect(pen).ToContainTextAsync("已落 1 个拐点");
        await page.Mouse.ClickAsync(x + 60, y + 10);
        await page.Mouse.ClickAsync(x + 30, y + 60);
        await Expect(pen).ToContainTextAsync("已落 3 个拐点");
        // A click on the first corner closes the ring.
        var first = (
            await page.Locator(".marker-icon:not(.cursor-marker)").First.BoundingBoxAsync()
        )!;
        await page.Mouse.ClickAsync(first.X + (first.Width / 2), first.Y + (first.Height / 2));
        var hole = page.Locator("[data-ring='0-1']");
        await Expect(hole).ToContainTextAsync("3 个拐点");
        await part.Locator("button").ClickAsync();
        await Expect(part).ToHaveCountAsync(0);
        await page.Locator("[data-focus=draw-undo]").ClickAsync();
        await Expect(part).ToHaveCountAsync(1);
        await Expect(hole).ToHaveCountAsync(1);
    }

    private static string Metres(JsonElement metres) =>
        $"{metres.GetDouble().ToString("N1", CultureInfo.InvariantCulture)} 米";

    private static int Revision(JsonElement school) =>
        school.GetProperty("properties").GetProperty("revision").GetInt32();

    private static string Northward(string corners) =>
        string.Join(
            '\n',
            corners
                .Split('\n')
                .Select(line => line.Split(", "))
                .Select(parts =>
                    parts.Length < 2
                        ? ""
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"{parts[0]}, {double.Parse(parts[1], CultureInfo.InvariantCulture) + 0.00108:0.0000000}"
                        )
                )
        );

    private static int Pages(byte[] pdf) =>
        System.Text.Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1;

    private async Task<JsonElement> SchoolAsync()
    {
        var answer = await Visit.AskAsync(
            site,
            $"/api/perimeters?street={DemoSite.Street}&school={School}&zones=false",
            site.Everybody
        );
        return answer.GetProperty("features").EnumerateArray().Single();
    }

    private async Task<JsonElement> CheckAsync(IPage page)
    {
        var place = Visit.Query(page, "place")!.Split(',');
        using var client = site.Everybody.Client(site.Address);
        using var answer = await client.PostAsJsonAsync(
            new Uri("/api/perimeters/check", UriKind.Relative),
            new
            {
                lon = double.Parse(place[0], CultureInfo.InvariantCulture),
                lat = double.Parse(place[1], CultureInfo.InvariantCulture),
                category = "internet_cafe",
            }
        );
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            person: site.Everybody,
            name: name
        );
}
