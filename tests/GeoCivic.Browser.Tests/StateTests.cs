using System.Text.RegularExpressions;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

[Collection(DemoCollection.Name)]
public sealed partial class StateTests(DemoSite site)
{
    private static readonly string[] Sorts = ["ascending", "descending"];

    [Fact]
    public Task A_type_filter_narrows_map_and_list_alike_and_one_click_clears_it() =>
        VisitAsync(
            "?table=1",
            async page =>
            {
                var chip = page.Locator("[data-filter=type-market]");
                await Expect(chip.Locator(".chip-n")).ToHaveTextAsync("6");
                await chip.ClickAsync();
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("6 个点位");
                await Expect(page.Locator(".twin tbody tr[data-key]")).ToHaveCountAsync(6);
                await Expect(page.Locator(".figure-value").First).ToHaveTextAsync("6 / 666");
                await Expect(chip).ToHaveAttributeAsync("aria-pressed", "true");
                Assert.Equal("market", Visit.Query(page, "types"));
                Assert.Equal(6, await OnMapAsync(page));
                await page.Locator("[data-filter=open]").ClickAsync();
                Assert.Equal("1", Visit.Query(page, "open"));
                await page.Locator(".in-panel .clear-all").ClickAsync();
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("666 个点位");
                Assert.Null(Visit.Query(page, "types"));
                Assert.Null(Visit.Query(page, "open"));
            }
        );

    [Fact]
    public Task The_language_switch_changes_every_text_and_is_remembered() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "zh-CN");
                await Expect(page.Locator("[data-focus=rail-ownership]")).ToHaveTextAsync("归属");
                await page.Locator(".language").ClickAsync();
                await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
                await Expect(page.Locator("[data-focus=rail-ownership]"))
                    .ToHaveTextAsync("Ownership");
                await Expect(page.Locator("[data-filter=type-market]"))
                    .ToContainTextAsync("Market");
                await Expect(page.Locator(".legend-toggle")).ToHaveTextAsync("Legend");
                Assert.Equal("en", Visit.Query(page, "lang"));
                await page.GotoAsync(site.Address.ToString());
                await Expect(page.Locator("[data-focus=rail-ownership]"))
                    .ToHaveTextAsync("Ownership");
            }
        );

    [Fact]
    public Task Both_dictionaries_have_the_same_texts_with_the_same_places() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                var different = await page.EvaluateAsync<string[]>(
                    """
                    async () => {
                      const { zh } = await import('/js/i18n/zh-CN.js');
                      const { en } = await import('/js/i18n/en.js');
                      const places = (text) => [...(text ?? '').matchAll(/\{\w+\}/g)].map(String).sort().join();
                      return [...new Set([...Object.keys(zh), ...Object.keys(en)])].filter((key) =>
                        !zh[key] || !en[key] || places(zh[key]) !== places(en[key]));
                    }
                    """
                );
                Assert.Empty(different);
            }
        );

    [Theory]
    [InlineData("人民大礼堂", "人民大礼堂")]
    [InlineData("P001", "大溪沟农贸市场")]
    [InlineData("张家花园社区", "张家花园社区")]
    public Task Search_finds_by_name_and_code_with_the_keyboard_alone(
        string query,
        string expected
    ) =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                var input = page.Locator(".search-input");
                await input.FocusAsync();
                await page.Keyboard.TypeAsync(query);
                await Expect(page.Locator(".found").First).ToContainTextAsync(expected);
                await Expect(input).ToHaveAttributeAsync("aria-activedescendant", "found-0");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".panel-detail .detail-title"))
                    .ToContainTextAsync(expected);
                await Expect(page.Locator(".search-results")).ToBeHiddenAsync();
                Assert.NotNull(Visit.Query(page, "sel"));
            }
        );

    [Fact]
    public Task A_search_without_result_says_so() =>
        VisitAsync(
            "?area=situation",
            async page =>
            {
                await page.Locator(".search-input").FillAsync("没有这个地方");
                await Expect(page.Locator(".search-notice")).ToContainTextAsync("没有找到");
            }
        );

    [Fact]
    public Task The_list_is_sorted_and_walked_with_the_keyboard() =>
        VisitAsync(
            "?table=1",
            async page =>
            {
                var header = page.Locator("th.col-code");
                await Expect(page.Locator("th.col-name").First)
                    .ToHaveAttributeAsync("aria-sort", "ascending");
                // The heads are drawn anew with what arrives, and a key press goes to what had the focus.
                await Visit.SettledAsync(page);
                foreach (var direction in Sorts)
                {
                    await header.Locator("button").FocusAsync();
                    await page.Keyboard.PressAsync("Enter");
                    await Expect(header).ToHaveAttributeAsync("aria-sort", direction);
                    await Expect(header.Locator("button")).ToBeFocusedAsync();
                }

                await Expect(page.Locator(".twin tbody tr[data-index='0'] .col-code"))
                    .ToHaveTextAsync("P666");
                Assert.Equal("-code", Visit.Query(page, "sort"));
                await page.Locator(".twin tbody tr[data-index='0']").FocusAsync();
                await page.Keyboard.PressAsync("End");
                await Expect(page.Locator(".twin tbody tr[data-index='665']")).ToBeFocusedAsync();
                await Expect(page.Locator(".twin tbody tr[data-index='665'] .col-code"))
                    .ToHaveTextAsync("P001");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".panel-detail .detail-title"))
                    .ToHaveTextAsync("大溪沟农贸市场");
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator(".panel-detail")).ToBeHiddenAsync();
                await Expect(page.Locator(".twin tbody tr[data-index='665']")).ToBeFocusedAsync();
            }
        );

    [Fact]
    public Task A_row_lights_up_its_symbol_and_the_symbol_its_row() =>
        VisitAsync(
            "?table=1&c=106.55000,29.56480&z=19&sort=-open_issues",
            async page =>
            {
                var symbol = page.Locator(".symbol-marker[data-key^='point:']").First;
                await symbol.HoverAsync();
                var key = await symbol.GetAttributeAsync("data-key");
                await page.Locator(".search-input").FillAsync(key!["point:".Length..]);
                await Expect(page.Locator(".found").First).ToBeVisibleAsync();
                await page.Keyboard.PressAsync("Escape");
                await page.Locator(".search-input").FillAsync("");
                var row = page.Locator(".twin tbody tr[data-key]").First;
                await row.HoverAsync();
                await Expect(row).ToHaveClassAsync(Hovered());
                await page.EvaluateAsync(
                    "(key) => { const { set } = window; import('/js/state.js').then(({ set }) => set({ hover: key })); }",
                    key
                );
                await Expect(page.Locator($".symbol-marker[data-key='{key}']"))
                    .ToHaveClassAsync(Hovered());
            }
        );

    [Fact]
    public Task Reload_and_Back_return_to_the_same_view() =>
        VisitAsync(
            "?c=106.55000,29.56480&z=17&table=1",
            async page =>
            {
                await page.Locator("[data-filter=type-plaza]").ClickAsync();
                await page.Locator("[data-choice=community]").ClickAsync();
                await page.Locator("[data-focus=rail-data]").ClickAsync();
                await Expect(page.Locator("#tab-button-coverage")).ToBeVisibleAsync();
                var address = page.Url;
                await page.ReloadAsync();
                await Expect(page.Locator("#tab-button-coverage")).ToBeVisibleAsync();
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("12 个点位");
                Assert.Equal(address, page.Url);
                await page.GoBackAsync();
                await Expect(page.Locator("[data-choice=community]"))
                    .ToHaveAttributeAsync("aria-pressed", "true");
                await page.GoBackAsync();
                await Expect(page.Locator("[data-choice=grid]"))
                    .ToHaveAttributeAsync("aria-pressed", "true");
                await page.GoBackAsync();
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("666 个点位");
                Assert.Equal("106.55000,29.56480", Visit.Query(page, "c"));
            }
        );

    [Fact]
    public Task A_failing_service_is_explained_and_trying_again_helps() =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/?table=1"),
            async page =>
            {
                var message = page.Locator(".drawer .is-error");
                await Expect(message).ToContainTextAsync("数据库暂时没有回应");
                await Expect(message).ToContainTextAsync("请稍候");
                await Expect(message).ToContainTextAsync("4bf92f35");
                await page.UnrouteAllAsync();
                await message.Locator("button").ClickAsync();
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("666 个点位");
                await Expect(message).ToHaveCountAsync(0);
            },
            expected: "/api/points",
            before: page =>
                page.RouteAsync(
                    "**/api/points?*",
                    route =>
                        route.FulfillAsync(
                            new()
                            {
                                Status = 503,
                                ContentType = "application/problem+json",
                                Body =
                                    """{"type":"/problems/unavailable","title":"数据库正在重启","status":503,"detail":"请稍候","traceId":"4bf92f35"}""",
                            }
                        )
                )
        );

    private static Task<int> OnMapAsync(IPage page) =>
        page.EvaluateAsync<int>(
            """
            () => [...document.querySelectorAll('.leaflet-symbol-pane > *')].reduce((sum, element) =>
              sum + (element.dataset.key.startsWith('point:') ? 1
                : element.dataset.key.startsWith('cluster:') ? Number(element.textContent) : 0), 0)
            """
        );

    [GeneratedRegex("is-hover", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hovered();

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) => Visit.MakeAsync(site, new Uri(site.Address, "/" + query), act, name: name);
}
