using GeoCivic.Browser.Tests.Running;
using GeoCivic.Tests.Imports.Reading;

namespace GeoCivic.Browser.Tests;

/// <summary>A street whose every name is markup that would run a script if it were ever parsed.</summary>
public sealed class HostileSite : Site
{
    public const string Name = "<img src=x onerror=\"document.title='owned'\">";

    protected override async Task PrepareAsync()
    {
        var folder = Directory.CreateTempSubdirectory("geocivic-hostile-");
        try
        {
            await RunAsync("street", "add", "500103999", Name + "街道");
            foreach (var (dataset, features) in Files())
            {
                var file = Path.Combine(folder.FullName, $"{dataset}.geojson");
                await File.WriteAllTextAsync(
                    file,
                    $$"""{"type":"FeatureCollection","features":[{{string.Join(',', features)}}]}"""
                );
                await RunAsync("import", dataset, file, "--street", "500103999");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Dataset, string[] Features)> Files()
    {
        const string square =
            """{"type":"Polygon","coordinates":[[[106.50,29.50],[106.51,29.50],[106.51,29.51],[106.50,29.51],[106.50,29.50]]]}""";
        const string left =
            """{"type":"Polygon","coordinates":[[[106.50,29.50],[106.505,29.50],[106.505,29.51],[106.50,29.51],[106.50,29.50]]]}""";
        yield return (
            "communities",
            [Feature(square, $"\"code\":\"500103999001\",{NameIs("社区")}")]
        );
        yield return (
            "grids",
            [
                Feature(
                    left,
                    $"\"code\":\"500103999001001\",\"community\":\"500103999001\",{NameIs("网格")}"
                ),
            ]
        );
        yield return (
            "points",
            [
                Feature(
                    Point(106.502, 29.505),
                    $"\"code\":\"X1\",\"type\":\"market\",{NameIs("甲")}"
                ),
                Feature(
                    Point(106.52, 29.505),
                    $"\"code\":\"X2\",\"type\":\"plaza\",{NameIs("乙")}"
                ),
            ]
        );
        yield return (
            "schools",
            [
                Feature(
                    Point(106.503, 29.506),
                    $"\"code\":\"S1\",\"kind\":\"primary\",{NameIs("学校")}"
                ),
            ]
        );
        yield return (
            "venues",
            [
                Feature(
                    Point(106.504, 29.506),
                    $"\"code\":\"V1\",\"category\":\"internet_cafe\",{NameIs("网吧")}"
                ),
            ]
        );
    }

    private static string NameIs(string end) =>
        $"\"name\":{System.Text.Json.JsonSerializer.Serialize(Name + end)}";

    private static string Feature(string geometry, string properties) =>
        $"{{\"type\":\"Feature\",\"geometry\":{geometry},\"properties\":{{{properties}}}}}";

    private static string Point(double lon, double lat) =>
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $$"""{"type":"Point","coordinates":[{{lon}},{{lat}}]}"""
        );
}

public sealed class HostileNamesTests(HostileSite site) : IClassFixture<HostileSite>
{
    private const string Here = "?c=106.50250,29.50500&z=17";

    private static readonly string[] Views =
    [
        "",
        "&table=1",
        "&area=ownership&at=106.502,29.505",
        "&area=data&tab=coverage",
        "&area=data&tab=unplaced",
        "&sel=point:X1",
        "&sel=grid:500103999001001",
        "&sel=community:500103999001",
        "&sel=school:S1&layers=points.schools.venues.grids.communities.orphans.coverage",
        "&sel=venue:V1",
        "&within=grid:500103999001001&table=1",
    ];

    [Fact]
    public Task They_are_text_in_every_view() =>
        VisitAsync(
            Here,
            async page =>
            {
                await Expect(page.Locator(".street-name")).ToContainTextAsync(HostileSite.Name);
                foreach (var view in Views)
                {
                    await Visit.StepAsync(page, Here + view);
                    await Expect(page.GetByText(HostileSite.Name).Nth(1)).ToBeAttachedAsync();
                    await AssertNothingRanAsync(page);
                }
            },
            // Three grids are too few for a statement, and the page says so.
            expected: "/api/hotspots/explain"
        );

    [Fact]
    public Task They_are_text_in_search_popup_and_tooltip() =>
        VisitAsync(
            Here,
            async page =>
            {
                await page.Locator(".search-input").FillAsync("<img");
                await Expect(page.Locator(".found").First).ToContainTextAsync(HostileSite.Name);
                await page.Locator(".search-input").FillAsync("<img src=y onerror=alert(1)>");
                await Expect(page.Locator(".search-notice")).ToContainTextAsync("onerror=alert(1)");
                await page.Locator(".search-input").FillAsync("");
                await page.Locator(".symbol-marker[data-key='point:X1']").ClickAsync();
                await Expect(page.Locator(".popup")).ToContainTextAsync(HostileSite.Name + "甲");
                await page.Keyboard.PressAsync("Escape");
                await page.Locator("#map")
                    .HoverAsync(
                        new()
                        {
                            Position = new() { X = 480, Y = 300 },
                        }
                    );
                await page.Locator("#map")
                    .HoverAsync(
                        new()
                        {
                            Position = new() { X = 484, Y = 304 },
                        }
                    );
                await Expect(page.Locator(".map-tooltip")).ToContainTextAsync(HostileSite.Name);
                await AssertNothingRanAsync(page);
            }
        );

    [Fact]
    public Task An_upload_is_tried_first_and_changes_nothing_until_it_is_confirmed() =>
        VisitAsync(
            Here + "&area=data&tab=import&table=1",
            async page =>
            {
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("2 个点位");
                await page.Locator("[data-focus=try]").ClickAsync();
                await Expect(page.Locator(".hint")).ToContainTextAsync("请选择文件");
                await page.Locator("#upload-file")
                    .SetInputFilesAsync(
                        new FilePayload
                        {
                            Name = "点位.csv",
                            MimeType = "text/csv",
                            Buffer =
                                "code,name,type,lon,lat\nX3,丙,market,106.501,29.502\n"u8.ToArray(),
                        }
                    );
                await page.Locator("[data-focus=try]").ClickAsync();
                await Expect(page.Locator(".hint")).ToContainTextAsync("坐标系");
                await page.Locator("[data-focus=crs]").SelectOptionAsync("wgs84");
                await page.Locator("[data-focus=try]").ClickAsync();
                await Expect(page.Locator(".report")).ToContainTextAsync("什么都没有写入");
                await Expect(page.Locator(".report .counts dd").Nth(1)).ToHaveTextAsync("1");
                Assert.Equal(2, await CountPointsAsync());
                await page.Locator("[data-focus=commit]").ClickAsync();
                await Expect(page.Locator(".report")).ToContainTextAsync("已导入");
                await Expect(page.Locator(".drawer-title")).ToContainTextAsync("3 个点位");
                Assert.Equal(3, await CountPointsAsync());
            }
        );

    [Fact]
    public Task A_refused_upload_names_line_field_and_reason_and_keeps_everything() =>
        VisitAsync(
            Here + "&area=data&tab=import&lang=en",
            async page =>
            {
                var before = await CountPointsAsync();
                await page.Locator("#upload-file")
                    .SetInputFilesAsync(
                        new FilePayload
                        {
                            Name = "bad.csv",
                            MimeType = "text/csv",
                            Buffer =
                                "code,name,type,lon,lat\nY1,a,market,106.501,29.502\nY2,b,market,106.501,abc\n"u8.ToArray(),
                        }
                    );
                await page.Locator("[data-focus=crs]").SelectOptionAsync("wgs84");
                await page.Locator("[data-focus=try]").ClickAsync();
                var row = page.Locator(".report .plain tbody tr");
                await Expect(row).ToHaveCountAsync(1);
                await Expect(row.Locator("td").Nth(0)).ToHaveTextAsync("3");
                await Expect(row.Locator("td").Nth(1)).ToHaveTextAsync("lat");
                await Expect(row.Locator("td").Nth(2)).Not.ToBeEmptyAsync();
                await Expect(page.Locator("[data-focus=commit]")).ToBeDisabledAsync();
                Assert.Equal(before, await CountPointsAsync());

                // A GeoPackage of several layers asks which one, and names it and the fid beside a bad row.
                await page.Locator("#upload-file")
                    .SetInputFilesAsync(
                        new FilePayload
                        {
                            Name = "layers.gpkg",
                            MimeType = "application/geopackage+sqlite3",
                            Buffer = TwoLayers(),
                        }
                    );
                await Expect(page.Locator("[data-focus=layer]")).ToHaveCountAsync(0);
                await page.Locator("[data-focus=try]").ClickAsync();
                await page.Locator("[data-focus=layer]").SelectOptionAsync("<b>点位</b>");
                await page.Locator("[data-focus=try]").ClickAsync();
                await Expect(row).ToHaveCountAsync(1);
                await Expect(row.Locator("td").Nth(0)).ToHaveTextAsync("<b>点位</b> fid 2");
                await Expect(row.Locator("td").Nth(1)).ToHaveTextAsync("type");
                Assert.Equal(before, await CountPointsAsync());
            },
            expected: "/api/imports"
        );

    private static byte[] TwoLayers()
    {
        using var file = new GeoPackageWriter();
        var place = new NetTopologySuite.Geometries.Point(106.501, 29.502);
        file.Layer("其他");
        file.Layer(
            "<b>点位</b>",
            "code TEXT, name TEXT, type TEXT",
            rows:
            [
                [place, "Z1", "甲", "market"],
                [place, "Z2", "乙", null],
            ]
        );
        return file.Bytes();
    }

    private static async Task AssertNothingRanAsync(IPage page)
    {
        Assert.NotEqual("owned", await page.TitleAsync(), StringComparer.Ordinal);
        Assert.Equal(0, await page.Locator("img").CountAsync());
    }

    private async Task<int> CountPointsAsync() =>
        (await Visit.AskAsync(site, "/api/points")).GetProperty("numberMatched").GetInt32();

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
