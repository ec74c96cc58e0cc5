using System.Globalization;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

[Collection(DemoCollection.Name)]
public sealed class MapTests(DemoSite site)
{
    private const string Close = "?c=106.55000,29.56480&z=18";

    [Fact]
    public Task The_map_and_its_list_show_all_666_points() =>
        VisitAsync(
            "?table=1",
            async page =>
            {
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("666 个点位");
                await Expect(page.Locator(".twin")).ToHaveAttributeAsync("aria-rowcount", "667");
                await Expect(page.Locator(".figure-value").First).ToHaveTextAsync("666");
                Assert.Equal(DemoSite.Points, await PointsOnMapAsync(page));
                Assert.True(await page.Locator(".label-community").CountAsync() >= 5);
                await Expect(page.Locator(".leaflet-fill-pane path").First).ToBeAttachedAsync();
            }
        );

    [Fact]
    public Task A_click_names_the_street_community_and_grid_that_the_service_gives() =>
        VisitAsync(
            Close + "&layers=base.communities.grids&area=ownership",
            async page =>
            {
                await Expect(page.Locator(".label-grid").First).ToBeVisibleAsync();
                await page.Locator("#map")
                    .ClickAsync(
                        new()
                        {
                            Position = new() { X = 430, Y = 380 },
                        }
                    );
                var panel = page.Locator("#area-ownership");
                await Expect(panel.Locator(".owner")).ToBeVisibleAsync();
                var at = Visit.Query(page, "at")!.Split(',');
                var truth = await Visit.AskAsync(
                    site,
                    $"/api/ownership?lon={at[0]}&lat={at[1]}&radius=50"
                );
                foreach (var level in new[] { "street", "community", "grid" })
                {
                    var area = truth.GetProperty(level);
                    await Expect(panel.Locator(".owner"))
                        .ToContainTextAsync(area.GetProperty("name").GetString()!);
                    await Expect(panel.Locator(".owner"))
                        .ToContainTextAsync(area.GetProperty("code").GetString()!);
                }

                await Expect(panel.Locator(".explanation"))
                    .ToHaveTextAsync(
                        truth.GetProperty("explanation").GetProperty("zh").GetString()!
                    );
                await Expect(page.Locator("[role=status]")).ToContainTextAsync("归");
                await Expect(page.Locator(".place-mark")).ToBeVisibleAsync();
                await page.Locator(".language").ClickAsync();
                await Expect(panel.Locator(".explanation"))
                    .ToHaveTextAsync(
                        truth.GetProperty("explanation").GetProperty("en").GetString()!
                    );
            }
        );

    [Fact]
    public Task A_place_outside_every_grid_says_so_and_names_the_nearest() =>
        VisitAsync(
            "?area=ownership&at=106.52,29.55",
            async page =>
            {
                var message = page.Locator("#area-ownership div.is-warning");
                await Expect(message).ToContainTextAsync("这里不在任何网格内");
                await Expect(message).ToContainTextAsync("相距");
                await Expect(message.Locator(".link")).ToContainTextAsync("网格");
            },
            expected: "/api/ownership"
        );

    [Fact]
    public Task The_map_centre_is_asked_about_from_the_keyboard() =>
        VisitAsync(
            Close,
            async page =>
            {
                await page.Locator(".centre-button").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("#area-ownership .owner")).ToContainTextAsync("社区");
                var at = Visit.Query(page, "at")!.Split(',');
                Assert.Equal(106.55, double.Parse(at[0], CultureInfo.InvariantCulture), 4);
                Assert.Equal(29.5648, double.Parse(at[1], CultureInfo.InvariantCulture), 4);
            }
        );

    [Fact]
    public Task A_popup_has_three_lines_and_a_button_and_focus_returns_from_the_detail() =>
        VisitAsync(
            Close,
            async page =>
            {
                var symbol = page.Locator(
                    ".symbol-marker[tabindex='0'], .cluster-marker[tabindex='0']"
                ).First;
                await symbol.FocusAsync();
                // Arrow keys go from symbol to symbol until one stands alone.
                for (var i = 0; i < 40; i++)
                {
                    var key = await page.EvaluateAsync<string>(
                        "document.activeElement.dataset.key ?? ''"
                    );
                    if (key.StartsWith("point:", StringComparison.Ordinal))
                    {
                        break;
                    }

                    await page.Keyboard.PressAsync("ArrowRight");
                }

                var key2 = await page.EvaluateAsync<string>("document.activeElement.dataset.key");
                Assert.StartsWith("point:", key2, StringComparison.Ordinal);
                await page.Keyboard.PressAsync("Enter");
                var popup = page.Locator(".popup");
                await Expect(popup.Locator("p")).ToHaveCountAsync(3);
                await Expect(popup.Locator("button")).ToBeFocusedAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".panel-detail .detail-title")).ToBeVisibleAsync();
                await Expect(page.Locator(".panel-detail .back")).ToBeFocusedAsync();
                Assert.Equal(key2, Visit.Query(page, "sel"));
            }
        );

    [Fact]
    public Task The_legend_gives_the_classes_that_the_service_counted() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                foreach (
                    var (level, measure) in new[]
                    {
                        ("grid", "count"),
                        ("grid", "per_km2"),
                        ("community", "per_km2"),
                    }
                )
                {
                    await page.Locator($"[data-choice={level}]").ClickAsync();
                    await page.Locator("[data-focus=measure]").SelectOptionAsync(measure);
                    var truth = await Visit.AskAsync(
                        site,
                        $"/api/density?level={level}&measure={measure}&state=open"
                    );
                    var classes = truth.GetProperty("classes").EnumerateArray().ToList();
                    // Highest class first, then the areas without issues, then those without data.
                    var rows = page.Locator(".legend-classes li");
                    await Expect(rows).ToHaveCountAsync(classes.Count + 2);
                    for (var i = 0; i < classes.Count; i++)
                    {
                        await Expect(rows.Nth(classes.Count - 1 - i))
                            .ToContainTextAsync($"{classes[i].GetProperty("n").GetInt32()} 个");
                    }

                    await Expect(rows.Nth(classes.Count))
                        .ToContainTextAsync($"{truth.GetProperty("zeros").GetInt32()} 个");
                    var colours = await page.EvaluateAsync<int>(
                        "new Set([...document.querySelectorAll('.leaflet-fill-pane path')].map((path) => path.getAttribute('fill')).filter((fill) => /^#(ff|f|e3|b1)/i.test(fill ?? ''))).size"
                    );
                    Assert.True(
                        colours >= Math.Min(classes.Count, 2),
                        $"{level}: {colours} colours"
                    );
                }
            }
        );

    [Fact]
    public Task A_row_of_the_ranking_and_its_area_light_up_together() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                var row = page.Locator(".ranking .row").First;
                await row.HoverAsync();
                await Expect(page.Locator(".leaflet-fill-pane path[stroke='#1f5fbf']"))
                    .ToHaveCountAsync(1);
                await page.Locator(".section-title").First.HoverAsync();
                await Expect(page.Locator(".leaflet-fill-pane path[stroke='#1f5fbf']"))
                    .ToHaveCountAsync(0);
            }
        );

    [Theory]
    [InlineData("schools", "school:")]
    [InlineData("venues", "venue:")]
    [InlineData("issues", "issue:")]
    public Task A_layer_is_switched_on_and_off(string layer, string key) =>
        VisitAsync(
            Close,
            async page =>
            {
                var symbols = page.Locator($".leaflet-symbol-pane [data-key^='{key}']");
                await Expect(symbols).ToHaveCountAsync(0);
                await page.Locator("[data-focus=layers]").ClickAsync();
                await page.Locator($"[data-layer={layer}]").CheckAsync();
                await Expect(symbols.First).ToBeAttachedAsync();
                Assert.Contains(layer, Visit.Query(page, "layers"), StringComparison.Ordinal);
                await page.Locator($"[data-layer={layer}]").UncheckAsync();
                await Expect(symbols).ToHaveCountAsync(0);
            }
        );

    [Fact]
    public Task Every_point_type_has_a_symbol_of_its_own() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                await Expect(page.Locator("[data-filter^='type-'] use").First).ToBeVisibleAsync();
                var symbols = await page.EvaluateAsync<string[]>(
                    "[...document.querySelectorAll('[data-filter^=\"type-\"] use')].map((use) => use.getAttribute('href'))"
                );
                Assert.True(symbols.Length >= 12);
                Assert.Equal(symbols.Length, symbols.Distinct(StringComparer.Ordinal).Count());
                Assert.DoesNotContain("#symbol-other", symbols, StringComparer.Ordinal);
                var silhouettes = await page.EvaluateAsync<int>(
                    "(hrefs) => new Set(hrefs.map((href) => document.querySelector(`${href} path`).getAttribute('d'))).size",
                    symbols
                );
                Assert.Equal(symbols.Length, silhouettes);
            }
        );

    /// <summary>Counts the points that the symbols and clusters on the map stand for.</summary>
    private static Task<int> PointsOnMapAsync(IPage page) =>
        page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('.leaflet-symbol-pane > *')].reduce((sum, element) =>
              sum + (element.dataset.key.startsWith('point:') ? 1
                : element.dataset.key.startsWith('cluster:') ? Number(element.textContent) : 0), 0)
            """
        );

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        string? expected = null,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            expected: expected,
            name: name
        );
}
