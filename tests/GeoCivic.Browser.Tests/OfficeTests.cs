using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>Every screen of handlers, supervisors and administrators: it fills, speaks both languages, and axe finds nothing.</summary>
// A site of its own, since the longest class would keep those who share the other waiting.
[Collection(OfficeCollection.Name)]
public sealed class OfficeTests(DemoSite site)
{
    private static readonly string[] Parts =
    [
        "inbox",
        "board&section=today",
        "board&section=toFile",
        "board&section=verify",
        "board&section=overdue",
        "board&section=letters",
        "board&section=rates",
        "board&section=visits",
        "ledger",
        "ledger&life=open&overdue=true",
        "board&section=bulletin",
        "bulletin",
        "bulletin&section=formula",
        "bulletin&section=new.monthly",
        "bulletin&section=new.monthly~visits_missed",
        "admin&section=accounts",
        "admin&section=bodies",
        "admin&section=duties",
        "admin&section=people",
        "admin&section=responsibility",
        "admin&section=campaigns",
        "admin&section=visitRules",
        "admin&section=checklists",
        "admin&section=calendar",
        "admin&section=clocks",
        "admin&section=tokens",
        "admin&section=audit",
        "perimeters&table=1",
        "perimeters&section=check&trade=internet_cafe&place=106.5497,29.5623&allowed=1",
        "perimeters&section=changes",
        "perimeters&section=phaseout",
        "perimeters&section=events",
        "perimeters&section=rules",
        "perimeters&sel=perimeter:500103011*S03",
        "perimeters&sel=perimeter:500103011*S03&draw=1",
        "perimeters&sel=pair:500103011*S03*500103011*V001",
        "perimeters&sel=pair:500103011*S03*500103011*V001&print=1",
        "ownership&category=stall_occupying",
        "situation&show=hotspots&table=1&twin=cells",
        "situation&show=trends&table=1&twin=cells",
        "situation&section=recurrence",
        "situation&show=clusters&section=places",
        "situation&step=week&section=profile",
        "situation&from=2026-06-01&to=2026-08-31&vsfrom=2026-03-01&vsto=2026-05-31&section=effect",
        "situation&show=hotspots&print=1",
    ];

    private static readonly string[] OnPhones =
    [
        "inbox",
        "board&section=letters",
        "bulletin",
        "bulletin&section=new.weekly",
        "ledger",
        "admin&section=accounts",
        "perimeters",
        "perimeters&section=check&trade=internet_cafe&place=106.5497,29.5623",
        "perimeters&sel=perimeter:500103011*S03&draw=1",
        "perimeters&sel=pair:500103011*S03*500103011*V001",
    ];

    public static TheoryData<string> Areas => [.. Parts.Select(AreaOf).Distinct()];

    private static string AreaOf(string part) => part.Split('&')[0];

    // One load of the page for all screens of an area: loading is most of a visit.
    [Theory]
    [MemberData(nameof(Areas))]
    public Task The_screens_of_an_area_fill_without_a_complaint(string area) =>
        VisitAsync(
            $"?area={area}",
            Screen.Desktop,
            async page =>
            {
                var findings = new List<string>();
                var parts = Parts.Where(part => AreaOf(part) == area).ToList();
                foreach (var part in parts)
                {
                    await Visit.StepAsync(page, $"?area={part}&lang=zh-CN");
                    await SettledAsync(page);
                    var found =
                        part == parts[0]
                            ? await Axe.FindingsAsync(page)
                            : await Axe.FindingsBesideMapAsync(page);
                    findings.AddRange(found.Select(each => $"{part}: {each}"));
                    // The other language changes the texts alone: it has to fill, and is looked at closely once an area.
                    await Visit.StepAsync(page, $"?area={part}&lang=en");
                    await SettledAsync(page);
                    await Expect(page.Locator("html[lang=en]")).ToBeAttachedAsync();
                    if (part == parts[0])
                    {
                        findings.AddRange(
                            (await Axe.FindingsBesideMapAsync(page)).Select(each =>
                                $"{part} en: {each}"
                            )
                        );
                    }
                }

                Assert.Empty(findings);
            }
        );

    [Fact]
    public Task On_a_phone_text_has_a_contrast_of_seven_and_nothing_is_too_small() =>
        VisitAsync(
            "?area=inbox",
            Screen.Phone,
            async page =>
            {
                var findings = new List<string>();
                foreach (var part in OnPhones)
                {
                    await Visit.StepAsync(page, $"?area={part}&lang=zh-CN");
                    await SettledAsync(page);
                    var found = await Axe.FindingsBesideMapAsync(page, "color-contrast-enhanced");
                    var small = await Thumb.MissesAsync(
                        page,
                        ".panel button, .panel select, .panel input:not([type=checkbox]), .panel summary"
                    );
                    findings.AddRange(found.Concat(small).Select(each => $"{part}: {each}"));
                }

                Assert.Empty(findings);
            }
        );

    [Fact]
    public Task Every_option_of_the_ledger_leads_to_as_many_rows_as_it_says() =>
        VisitAsync(
            "?area=ledger",
            Screen.Desktop,
            async page =>
            {
                await SettledAsync(page);
                var option = page.Locator("[data-filter^=state-]").First;
                var said = await option.Locator(".chip-n").InnerTextAsync();
                await option.ClickAsync();
                await Expect(page.Locator("[data-matched]"))
                    .ToHaveAttributeAsync(
                        "data-matched",
                        said.Replace(",", "", StringComparison.Ordinal)
                    );
                Assert.NotNull(Visit.Query(page, "states"));
                await page.GoBackAsync();
                Assert.Null(Visit.Query(page, "states"));
            }
        );

    [Fact]
    public Task A_row_of_the_ledger_lights_up_on_the_map() =>
        VisitAsync(
            $"?area=ledger&life=open&within=grid:{StorySite.Grid}&z=18&c=106.5486,29.5667",
            Screen.Desktop,
            async page =>
            {
                await SettledAsync(page);
                var marker = page.Locator(".symbol-marker[data-key^='issue:']").First;
                var key = await marker.GetAttributeAsync("data-key");
                await page.Locator($".ledger-table tr[data-key='{key}']").HoverAsync();
                await Expect(page.Locator($".symbol-marker[data-key='{key}'].is-hover"))
                    .ToBeVisibleAsync();
            }
        );

    private static async Task SettledAsync(IPage page)
    {
        await Expect(page.Locator(".rail-button[aria-current=page]")).ToBeVisibleAsync();
        await Visit.SettledAsync(page);
        await Expect(page.Locator(".panel .message.is-error")).ToHaveCountAsync(0);
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
}
