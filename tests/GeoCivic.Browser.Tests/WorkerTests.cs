using System.Globalization;
using System.Text.Json;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>A grid worker's day on the phone: which points, and the visits of them.</summary>
[Collection(FieldCollection.Name)]
public sealed class WorkerTests(FieldSite site)
{
    [Fact]
    public async Task My_points_are_those_of_my_grid_the_late_ones_first_and_then_the_nearest()
    {
        var points = await site.PointsAsync();
        Assert.NotEmpty(points);
        await VisitAsync(
            "",
            FieldSite.At(points[0]),
            async page =>
            {
                var rows = page.Locator(".mine-list .row");
                await Expect(rows).ToHaveCountAsync(points.Count);
                await Expect(page.Locator(".mine-list .row-end").First).ToContainTextAsync("米");
                var listed = await page.EvaluateAsync<string[][]>(
                    """
                    () => [...document.querySelectorAll('.mine-list ul.rows')].map((list) =>
                      [...list.querySelectorAll('.row')].map((row) => row.dataset.row.slice(6)))
                    """
                );
                var status = points.ToDictionary(p => p.Code, p => p.Status);
                string[] order = ["overdue", "today", "upcoming", "done", "none"];
                var shown = listed.SelectMany(part => part).Select(code => status[code]).ToList();
                Assert.Equal(shown.OrderBy(s => Array.IndexOf(order, s)), shown);
                var here = points[0];
                foreach (var part in listed)
                {
                    var metres = part.Select(code => points.Single(p => p.Code == code))
                        .Where(p => p.Geometry == "Point")
                        .Select(p => Metres(here, p))
                        .ToList();
                    // Two metres: the device's place passes through single precision on its way into the browser.
                    Assert.All(
                        metres.Zip(metres.Skip(1)),
                        m => Assert.True(m.First <= m.Second + 2)
                    );
                }
            }
        );
    }

    [Fact]
    public async Task The_list_is_filtered_by_type_and_the_filter_is_a_link()
    {
        var points = await site.PointsAsync();
        var type = points.GroupBy(p => p.Type).MinBy(g => g.Count())!;
        await VisitAsync(
            "?area=mine",
            null,
            async page =>
            {
                await page.Locator($"#area-mine [data-filter=type-{type.Key}]").TapAsync();
                await Expect(page.Locator(".mine-list .row")).ToHaveCountAsync(type.Count());
                Assert.Equal(type.Key, Visit.Query(page, "types"));
                await page.ReloadAsync();
                await Expect(page.Locator(".mine-list .row")).ToHaveCountAsync(type.Count());
            }
        );
    }

    [Fact]
    public async Task A_visit_is_checked_in_answered_photographed_and_sent()
    {
        var point = (await site.PointsAsync()).First(p => p.Geometry == "Point");
        await VisitAsync(
            "?area=mine",
            FieldSite.At(point, metresNorth: 12),
            async page =>
            {
                await page.Locator($"[data-row='point:{point.Code}']").TapAsync();
                await page.Locator("[data-focus=start-visit]").TapAsync();
                await Expect(page.Locator(".check-in")).ToContainTextAsync("已到点位");
                var items = page.Locator(".check");
                await Expect(items.First).ToBeVisibleAsync();

                // Nothing is sent while an item has no answer.
                await page.Locator("[data-focus=visit-send]").TapAsync();
                await Expect(page.Locator(".send-bar .hint")).ToContainTextAsync("项没选");

                await items.First.Locator("[data-mark=bad]").TapAsync();
                await items.First.Locator(".check-note").FillAsync("门口积水");
                await page.Locator("[data-focus=rest-ok]").TapAsync();
                await Expect(page.Locator("[data-choice=result-problems]"))
                    .ToHaveAttributeAsync("aria-pressed", "true");
                await page.Locator("[data-photo=inspection]")
                    .SetInputFilesAsync(await Photo.TakeAsync(page, "visit.jpg"));
                await Expect(page.Locator(".thumb")).ToHaveCountAsync(1);
                Assert.Empty(await Axe.FindingsAsync(page, "color-contrast-enhanced"));
                await page.Locator("[data-focus=visit-send]").TapAsync();
                await Expect(page.Locator("#area-mine")).ToBeVisibleAsync();
                await Expect(
                        page.Locator(".mine-list .is-dimmed")
                            .Locator($"[data-row='point:{point.Code}']")
                    )
                    .ToBeVisibleAsync();
                await Expect(page.Locator("#area-mine .queue-bar")).ToBeHiddenAsync();
            }
        );
        var visit = await LatestAsync(point);
        Assert.Equal("problems", visit.GetProperty("result").GetString());
        Assert.InRange(visit.GetProperty("distance_m").GetDouble(), 10, 14);
        Assert.False(visit.GetProperty("outside_geofence").GetBoolean());
        Assert.Equal(8, visit.GetProperty("accuracy_m").GetDouble(), 0.1);
        Assert.Equal(1, visit.GetProperty("photos").GetArrayLength());
        Assert.Contains(
            visit.GetProperty("answers").EnumerateArray(),
            a => a.GetProperty("note").GetString() == "门口积水"
        );
    }

    [Fact]
    public async Task Being_far_from_the_point_is_said_and_not_in_the_way()
    {
        var point = (await site.PointsAsync()).Last(p => p.Geometry == "Point");
        await VisitAsync(
            $"?area=mine&sel=visit:{point.Code}",
            FieldSite.At(point, metresNorth: 420),
            async page =>
            {
                await Expect(page.Locator(".check-in.is-outside"))
                    .ToContainTextAsync("不在点位附近，相距 420 米");
                await Expect(page.Locator(".check-in")).ToContainTextAsync("可以继续");
                await page.Locator("[data-focus=result-unreachable]").TapAsync();
                await page.Locator("[data-focus=visit-note]").FillAsync("大门锁着");
                await page.Locator("[data-focus=visit-send]").TapAsync();
                await Expect(page.Locator(".mine-list .row").First).ToBeVisibleAsync();
                await Expect(page.Locator("#area-mine .queue-bar")).ToBeHiddenAsync();
            }
        );
        var visit = await LatestAsync(point);
        Assert.True(visit.GetProperty("outside_geofence").GetBoolean());
        Assert.InRange(visit.GetProperty("distance_m").GetDouble(), 415, 425);
        Assert.Equal("大门锁着", visit.GetProperty("note").GetString());
    }

    [Fact]
    public async Task An_unfinished_visit_survives_a_reload()
    {
        var point = (await site.PointsAsync())[1];
        await VisitAsync(
            $"?area=mine&sel=visit:{point.Code}",
            null,
            async page =>
            {
                await Expect(page.Locator(".check-in")).ToContainTextAsync("可以继续");
                await page.Locator("[data-focus=visit-note]").FillAsync("写到一半");
                await page.Locator(".check [data-mark=na]").First.TapAsync();
                await page.WaitForTimeoutAsync(600);
                await page.ReloadAsync();
                await Expect(page.Locator("[data-focus=visit-note]")).ToHaveValueAsync("写到一半");
                await Expect(page.Locator(".check [data-mark=na]").First)
                    .ToHaveAttributeAsync("aria-pressed", "true");
            }
        );
    }

    [Fact]
    public async Task Axe_finds_nothing_and_everything_fits_a_thumb()
    {
        var points = await site.PointsAsync();
        string[] views =
        [
            "?area=mine&lang=zh-CN",
            "?area=mine&lang=en",
            "?area=report&lang=zh-CN",
            "?area=report&lang=en",
            "?area=mine&sel=queue:all&lang=zh-CN",
            $"?area=mine&sel=visit:{points[2].Code}&lang=zh-CN",
            $"?area=mine&lang=en&sel=point:{points[2].Code}",
        ];
        await VisitAsync(
            "?area=mine",
            FieldSite.At(points[2]),
            async page =>
            {
                await Expect(page.Locator("[data-focus=rail-mine]")).ToBeVisibleAsync();
                var findings = new List<string>();
                foreach (var view in views)
                {
                    await Visit.StepAsync(page, view);
                    var found = await Axe.FindingsAsync(page, "color-contrast-enhanced");
                    findings.AddRange(
                        found
                            .Concat(await Thumb.MissesAsync(page))
                            .Select(each => $"{view}: {each}")
                    );
                    if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth") > 390)
                    {
                        findings.Add($"{view}: scrolls sideways");
                    }
                }

                Assert.Empty(findings);
            }
        );
    }

    private async Task<JsonElement> LatestAsync(MyPoint point)
    {
        var answer = await Visit.AskAsync(
            site,
            $"/api/visits?street={DemoSite.Street}&point={point.Code}",
            site.Supervisor
        );
        return answer.GetProperty("features")[0].GetProperty("properties");
    }

    private static double Metres(MyPoint a, MyPoint b)
    {
        var north = (b.Lat - a.Lat) * 110_850;
        var east = (b.Lon - a.Lon) * 111_320 * Math.Cos(a.Lat * Math.PI / 180);
        return Math.Round(Math.Sqrt((north * north) + (east * east)), 0);
    }

    private Task VisitAsync(
        string query,
        Geolocation? place,
        Func<IPage, Task> act,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, string.Create(CultureInfo.InvariantCulture, $"/{query}")),
            act,
            Screen.Phone,
            person: site.Worker,
            place: place,
            name: name
        );
}
