using System.Text.Json;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>A problem is reported in under a minute, with or without a network, once.</summary>
[Collection(FieldCollection.Name)]
public sealed class ReportTests(FieldSite site)
{
    [Fact]
    public async Task A_problem_with_a_photo_is_reported_in_three_taps()
    {
        var point = await PlaceAsync(0);
        var id = "";
        await VisitAsync(
            "?area=report",
            FieldSite.At(point, metresNorth: 3),
            async page =>
            {
                id = await SentAsync(
                    page,
                    async () =>
                    {
                        await page.Locator("[data-category=exposed_garbage]").TapAsync();
                        await Expect(page.Locator(".report-form .step-value").Last)
                            .ToContainTextAsync("第02网格");
                        await page.Locator("[data-photo=scene]")
                            .SetInputFilesAsync(await Photo.TakeAsync(page, "scene.jpg"));
                        await Expect(page.Locator(".thumb")).ToHaveCountAsync(1);
                        await SendAsync(page);
                        await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
                    }
                );
                await page.GetByRole(AriaRole.Button, new() { Name = "看这件" }).TapAsync();
                await Expect(page.Locator(".panel-detail")).ToContainTextAsync("暴露垃圾");
            }
        );
        var issue = await IssueAsync(id);
        Assert.Equal("exposed_garbage", issue.GetProperty("category").GetString());
        Assert.Equal(FieldSite.Grid, issue.GetProperty("grid").GetString());
        var photo = Assert.Single(issue.GetProperty("photos").EnumerateArray());
        Assert.Equal("scene", photo.GetProperty("kind").GetString());
        Assert.Equal(2048, photo.GetProperty("width").GetInt32());
        using var client = site.Worker.Client(site.Address);
        var bytes = await client.GetByteArrayAsync(
            new Uri($"/api/photos/{photo.GetProperty("sha256").GetString()}", UriKind.Relative)
        );
        Assert.DoesNotContain(
            Photo.Secret,
            System.Text.Encoding.Latin1.GetString(bytes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_original_of_a_photo_never_leaves_the_device()
    {
        var sent = new List<byte[]>();
        await VisitAsync(
            "?area=report",
            FieldSite.At(await PlaceAsync(1)),
            async page =>
            {
                await page.RouteAsync(
                    "**/api/photos",
                    async route =>
                    {
                        sent.Add(route.Request.PostDataBuffer ?? []);
                        await route.ContinueAsync();
                    }
                );
                await page.Locator("[data-category=illegal_parking]").TapAsync();
                await page.Locator("[data-photo=scene]")
                    .SetInputFilesAsync(await Photo.TakeAsync(page, "original.jpg"));
                await Expect(page.Locator(".thumb")).ToHaveCountAsync(1);
                await SendAsync(page);
                await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
            }
        );
        var bytes = Assert.Single(sent);
        Assert.Equal([0xFF, 0xD8], bytes[..2]);
        var text = System.Text.Encoding.Latin1.GetString(bytes);
        // Of what the camera wrote only time and place go along.
        Assert.Contains(Photo.Taken, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Photo.Secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_place_is_set_by_dragging_the_map_under_the_pin()
    {
        var point = await PlaceAsync(2);
        var id = "";
        await VisitAsync(
            FormattableString.Invariant($"?area=report&c={point.Lon:F5},{point.Lat:F5}&z=18"),
            null,
            async page =>
            {
                await page.Locator("[data-category=roaming_vendor]").TapAsync();
                await SendAsync(page);
                await Expect(page.Locator(".send-bar .hint")).ToContainTextAsync("请定位");
                await page.Mouse.MoveAsync(200, 200);
                await page.Mouse.DownAsync();
                await page.Mouse.MoveAsync(200, 180, new() { Steps = 4 });
                await page.Mouse.UpAsync();
                await Expect(page.Locator(".report-form .step-value").Last)
                    .ToContainTextAsync("地图上指定");
                id = await SentAsync(
                    page,
                    async () =>
                    {
                        await SendAsync(page);
                        await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
                    }
                );
            }
        );
        Assert.Equal(
            JsonValueKind.Null,
            (await IssueAsync(id)).GetProperty("accuracy_m").ValueKind
        );
    }

    [Fact]
    public async Task A_known_problem_nearby_is_offered_instead_of_a_duplicate()
    {
        var point = await PlaceAsync(3);
        await VisitAsync(
            "?area=report",
            FieldSite.At(point),
            async page =>
            {
                await ReportAsync(page, "facility_damage");
                var before = await CountAsync("facility_damage");
                await page.Locator("[data-focus=report-another]").TapAsync();
                await page.Locator("[data-category=facility_damage]")
                    .Or(page.Locator("[data-focus=category-more]"))
                    .First.TapAsync();
                if (await page.Locator("[data-category=facility_damage]").CountAsync() > 0)
                {
                    await page.Locator("[data-category=facility_damage]").TapAsync();
                }

                await Expect(page.Locator(".nearby")).ToHaveCountAsync(1);
                await page.Locator("[data-focus=report-send]").TapAsync();
                // Looked at first: nothing has been sent.
                await Expect(page.Locator("[data-focus=nearby-title]")).ToBeFocusedAsync();
                Assert.Equal(before, await CountAsync("facility_damage"));
                Assert.Empty(await Axe.FindingsAsync(page, "color-contrast-enhanced"));
                await page.GetByRole(AriaRole.Button, new() { Name = "是这件" }).TapAsync();
                await Expect(page.Locator(".panel-detail")).ToContainTextAsync("设施损坏");
                Assert.Equal(before, await CountAsync("facility_damage"));
                await page.GoBackAsync();

                await PickAsync(page, "facility_damage");
                await Expect(page.Locator(".nearby")).ToHaveCountAsync(1);
                await page.Locator("[data-focus=nearby-other]").TapAsync();
                await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
                Assert.Equal(before + 1, await CountAsync("facility_damage"));
            }
        );
    }

    [Fact]
    public async Task Without_a_network_the_report_waits_with_its_photo_and_is_sent_once()
    {
        var before = await CountAsync("site_dust");
        await VisitAsync(
            "?area=report",
            FieldSite.At(await PlaceAsync(4)),
            async page =>
            {
                await PickAsync(page, "site_dust");
                await page.Locator("[data-photo=scene]")
                    .SetInputFilesAsync(await Photo.TakeAsync(page, "offline.jpg"));
                await Expect(page.Locator(".thumb")).ToHaveCountAsync(1);
                await page.Context.SetOfflineAsync(true);
                await page.Locator("[data-focus=report-send]").TapAsync();
                await Expect(page.Locator(".report-done")).ToContainTextAsync("已存在手机里");
                await page.Locator("[data-focus=queue-report]").TapAsync();
                await Expect(page.Locator(".queue-item.is-waiting")).ToHaveCountAsync(1);
                Assert.Empty(await Axe.FindingsAsync(page, "color-contrast-enhanced"));
                Assert.Equal(before, await CountAsync("site_dust"));

                await page.Context.SetOfflineAsync(false);
                await Expect(page.Locator(".queue-item.is-waiting")).ToHaveCountAsync(0);
                await Expect(page.Locator(".queue-item.is-sent")).ToHaveCountAsync(1);
                Assert.Equal(before + 1, await CountAsync("site_dust"));

                // Neither coming back online again nor opening the page again sends it again.
                await page.Context.SetOfflineAsync(true);
                await page.Context.SetOfflineAsync(false);
                await page.ReloadAsync();
                await Expect(page.Locator(".queue-item.is-sent")).ToHaveCountAsync(1);
                Assert.Equal(before + 1, await CountAsync("site_dust"));
            },
            expected: "/"
        );
    }

    [Fact]
    public async Task An_answer_that_got_lost_does_not_double_the_report()
    {
        var before = await CountAsync("site_hoarding");
        await VisitAsync(
            "?area=report",
            FieldSite.At(await PlaceAsync(5)),
            async page =>
            {
                var times = 0;
                await page.RouteAsync(
                    "**/api/issues",
                    async route =>
                    {
                        times++;
                        if (times > 1)
                        {
                            await route.ContinueAsync();
                            return;
                        }

                        // The service gets it, the phone never hears so.
                        await route.FetchAsync();
                        await route.AbortAsync("connectionreset");
                    }
                );
                await PickAsync(page, "site_hoarding");
                await page.Locator("[data-focus=report-send]").TapAsync();
                await Expect(page.Locator(".report-done")).ToContainTextAsync("已存在手机里");
                await page.Locator("[data-focus=queue-report]").TapAsync();
                await page.Locator("[data-focus^=retry-]").TapAsync();
                await Expect(page.Locator(".queue-item.is-sent")).ToHaveCountAsync(1);
                Assert.Equal(2, times);
            },
            expected: "/api/issues"
        );
        Assert.Equal(before + 1, await CountAsync("site_hoarding"));
    }

    [Fact]
    public async Task One_refused_report_does_not_hold_up_the_next()
    {
        var before = await CountAsync("balcony_clutter");
        await VisitAsync(
            "?area=report",
            FieldSite.At(await PlaceAsync(6)),
            async page =>
            {
                var first = true;
                await page.RouteAsync(
                    "**/api/issues",
                    async route =>
                    {
                        if (!first)
                        {
                            await route.ContinueAsync();
                            return;
                        }

                        // What the service says of a body it does not take.
                        first = false;
                        await route.ContinueAsync(
                            new() { PostData = "{\"id\":\"no id\"}"u8.ToArray() }
                        );
                    }
                );
                await PickAsync(page, "balcony_clutter");
                await page.Locator("[data-focus=report-send]").TapAsync();
                await Expect(page.Locator(".report-done")).ToContainTextAsync("没有报上去");
                await page.Locator("[data-focus=report-another]").TapAsync();
                await PickAsync(page, "balcony_clutter");
                await SendAsync(page);
                await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
                await page.Locator("[data-focus=queue-report]").TapAsync();
                await Expect(page.Locator(".queue-item.is-refused")).ToHaveCountAsync(1);
                // Back into the form, where what is wrong can be put right.
                await page.Locator("[data-focus^=edit-]").TapAsync();
                await Expect(page.Locator(".report-form")).ToContainTextAsync("阳台乱堆乱码");
                await SendAsync(page);
                await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
                await Expect(page.Locator("#area-report .queue-bar")).ToBeHiddenAsync();
            },
            expected: "/api/issues"
        );
        Assert.Equal(before + 2, await CountAsync("balcony_clutter"));
    }

    [Fact]
    public async Task Fixed_on_the_spot_needs_a_photo_before_and_one_after()
    {
        var point = await PlaceAsync(7);
        var id = "";
        await VisitAsync(
            $"?area=mine&sel=visit:{point.Code}",
            FieldSite.At(point),
            async page =>
            {
                await page.Locator(".check [data-mark=bad]").First.TapAsync();
                await page.Locator("[data-focus^=fix-]").First.TapAsync();
                await Expect(page.Locator("#area-report")).ToContainTextAsync(point.Name);
                await Expect(page.Locator("[data-focus=fixed]")).ToBeCheckedAsync();
                if (await page.Locator("[data-focus=category-change]").CountAsync() == 0)
                {
                    await PickAsync(page, "exposed_garbage");
                }

                await page.Locator("[data-photo=before]")
                    .SetInputFilesAsync(await Photo.TakeAsync(page, "before.jpg"));
                await Expect(page.Locator(".thumb")).ToHaveCountAsync(1);
                await page.Locator("[data-focus=report-send]").TapAsync();
                await Expect(page.Locator(".send-bar .hint").First)
                    .ToContainTextAsync("请拍整改后");
                await page.Locator("[data-photo=after]")
                    .SetInputFilesAsync(await Photo.TakeAsync(page, "after.jpg"));
                await Expect(page.Locator(".thumb")).ToHaveCountAsync(2);
                id = await SentAsync(
                    page,
                    async () =>
                    {
                        await SendAsync(page);
                        await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
                    }
                );
                await page.Locator("[data-focus=report-back]").Last.TapAsync();
                await Expect(page.Locator(".check [data-mark=bad]").First)
                    .ToHaveAttributeAsync("aria-pressed", "true");
            }
        );
        var issue = await IssueAsync(id);
        Assert.False(issue.GetProperty("open").GetBoolean());
        Assert.Equal(point.Code, issue.GetProperty("point").GetString());
        Assert.Equal(
            ["after", "before"],
            issue
                .GetProperty("photos")
                .EnumerateArray()
                .Select(p => p.GetProperty("kind").GetString()!)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_picture_that_no_browser_reads_is_refused_with_what_to_do()
    {
        await VisitAsync(
            "?area=report&lang=en",
            FieldSite.At(await PlaceAsync(8)),
            async page =>
            {
                await page.Locator("[data-photo=scene]")
                    .SetInputFilesAsync(
                        new FilePayload
                        {
                            Name = "IMG_0001.HEIC",
                            MimeType = "image/heic",
                            Buffer = "\0\0\0\u0018ftypheic"u8.ToArray(),
                        }
                    );
                await Expect(page.Locator(".photos .hint")).ToContainTextAsync("Most Compatible");
                await Expect(page.Locator(".thumb")).ToHaveCountAsync(0);
            }
        );
    }

    /// <summary>A place of its own for each test, so that none is near another's problem.</summary>
    private async Task<MyPoint> PlaceAsync(int index)
    {
        var points = (await site.PointsAsync()).Where(p => p.Geometry == "Point").ToList();
        return points[index % points.Count];
    }

    private static async Task PickAsync(IPage page, string category)
    {
        var button = page.Locator($"[data-category={category}]");
        await Expect(page.Locator("[data-category]").First).ToBeVisibleAsync();
        if (await button.CountAsync() == 0)
        {
            await page.Locator("[data-focus=category-more]").TapAsync();
        }

        await button.TapAsync();
        await Expect(page.Locator(".report-form .step-value").Last)
            .Not.ToContainTextAsync("还没有位置");
    }

    /// <summary>Sends, past the offer of a known problem where there is one.</summary>
    private static async Task SendAsync(IPage page)
    {
        await Visit.SettledAsync(page);
        await page.Locator("[data-focus=report-send]").TapAsync();
        if (await page.Locator("[data-focus=nearby-other]").IsVisibleAsync())
        {
            await page.Locator("[data-focus=nearby-other]").TapAsync();
        }
    }

    private static async Task ReportAsync(IPage page, string category)
    {
        await PickAsync(page, category);
        await SendAsync(page);
        await Expect(page.Locator(".report-done")).ToContainTextAsync("已上报");
    }

    /// <summary>The id under which the page sends a report.</summary>
    private static async Task<string> SentAsync(IPage page, Func<Task> act)
    {
        var request = await page.RunAndWaitForRequestAsync(
            act,
            r => r.Method == "POST" && r.Url.EndsWith("/api/issues", StringComparison.Ordinal)
        );
        return request.PostDataJSON()!.Value.GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> IssueAsync(string id) =>
        (await Visit.AskAsync(site, $"/api/issues/{id}", site.Worker)).GetProperty("properties");

    private async Task<int> CountAsync(string category) =>
        (
            await Visit.AskAsync(
                site,
                $"/api/issues?street={DemoSite.Street}&category={category}&limit=1",
                site.Worker
            )
        )
            .GetProperty("numberMatched")
            .GetInt32();

    private Task VisitAsync(
        string query,
        Geolocation? place,
        Func<IPage, Task> act,
        string? expected = null,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            Screen.Phone,
            expected,
            person: site.Worker,
            place: place,
            name: name
        );
}
