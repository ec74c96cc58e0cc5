using System.Net.Http.Json;
using GeoCivic.Accounts;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>Nothing is shown before somebody has signed in, and then what their role works with.</summary>
[Collection(DemoCollection.Name)]
public sealed class SignInTests(DemoSite site)
{
    [Fact]
    public async Task Nobody_sees_anything_before_signing_in_and_a_wrong_password_is_said_plainly()
    {
        var person = await site.AddPersonAsync(
            "sign-in-worker",
            "网格员",
            new GrantRequest(Role.Worker, DemoSite.Street, "500103011012002", null)
        );
        await VisitAsync(
            "?area=situation&density=community",
            async page =>
            {
                await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "登录 GeoCivic" }))
                    .ToBeVisibleAsync();
                await Expect(page.Locator(".map, .panel, .rail")).ToHaveCountAsync(0);
                Assert.Empty(await Axe.FindingsAsync(page, "color-contrast-enhanced"));
                await FillAsync(page, person.UserName, "not the password");
                await Expect(page.Locator(".sign-in-message"))
                    .ToContainTextAsync("用户名或密码不对");
                await Expect(page.Locator("[name=password]")).ToHaveValueAsync("");
                await FillAsync(page, person.UserName, Person.Password);
                await Expect(page.Locator(".rail")).ToBeVisibleAsync();
                Assert.Equal("community", Visit.Query(page, "density"));
            },
            Screen.Phone,
            anonymous: true
        );
    }

    [Fact]
    public async Task A_locked_account_is_told_how_long_to_wait()
    {
        var person = await site.AddPersonAsync("sign-in-locked", "网格员");
        using var client = person.Client(site.Address);
        for (var i = 0; i < SignIn.MostForAccount; i++)
        {
            using var _ = await client.PostAsJsonAsync(
                new Uri("/api/session", UriKind.Relative),
                new { userName = person.UserName, password = "wrong all the time" }
            );
        }

        await VisitAsync(
            "",
            async page =>
            {
                await FillAsync(page, person.UserName, Person.Password);
                await Expect(page.Locator(".sign-in-message")).ToContainTextAsync("暂时锁定");
                await Expect(page.Locator(".sign-in-message")).ToContainTextAsync("还要等 14 分");
                await Expect(page.Locator("[type=submit]")).ToBeDisabledAsync();
                await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
                await Expect(page.Locator(".sign-in-message"))
                    .ToContainTextAsync("Too many attempts");
                Assert.Empty(await Axe.FindingsAsync(page));
            },
            anonymous: true
        );
    }

    [Theory]
    [InlineData(Role.Worker, "500103011012002", "mine", "mine report situation ownership")]
    [InlineData(
        Role.Handler,
        DemoSite.Street,
        "inbox",
        "inbox situation ledger bulletin ownership"
    )]
    [InlineData(
        Role.Supervisor,
        DemoSite.Street,
        "board",
        "report board situation ledger bulletin perimeters ownership"
    )]
    [InlineData(
        Role.Planner,
        DemoSite.Street,
        "perimeters",
        "situation ledger bulletin perimeters ownership data"
    )]
    [InlineData(
        Role.Admin,
        DemoSite.Street,
        "admin",
        "situation ledger bulletin perimeters ownership data admin"
    )]
    [InlineData(
        Role.Auditor,
        DemoSite.Street,
        "admin",
        "situation ledger bulletin perimeters ownership admin"
    )]
    public async Task Everybody_lands_where_their_role_works(
        Role role,
        string area,
        string home,
        string areas
    )
    {
        var name = role.ToName();
        var person = await site.AddPersonAsync(
            $"lands-{name}",
            name,
            new GrantRequest(role, DemoSite.Street, area, null)
        );
        await VisitAsync(
            "",
            async page =>
            {
                await Expect(page.Locator($"[data-focus=rail-{home}]"))
                    .ToHaveAttributeAsync("aria-current", "page");
                await Expect(page.Locator($"#area-{home}")).ToBeVisibleAsync();
                var shown = await page.EvaluateAsync<string[]>(
                    "[...document.querySelectorAll('.rail [data-focus^=rail-]')].map((each) => each.dataset.focus.slice(5)).filter((each) => !['table', 'collapse'].includes(each))"
                );
                Assert.Equal(areas.Split(' '), shown);
                await page.Locator("[data-focus=account]").ClickAsync();
                await Expect(page.Locator("dialog.account")).ToContainTextAsync(person.UserName);
                await Visit.SettledAsync(page);
                Assert.Empty(await Axe.FindingsAsync(page));
            },
            person: person
        );
    }

    [Fact]
    public async Task An_area_of_another_role_leads_home()
    {
        var person = await site.AddPersonAsync(
            "wanders",
            "网格员",
            new GrantRequest(Role.Worker, DemoSite.Street, "500103011012002", null)
        );
        await VisitAsync(
            "?area=data&tab=import",
            async page =>
            {
                await Expect(page.Locator("#area-mine")).ToBeVisibleAsync();
                Assert.Equal("mine", Visit.Query(page, "area"));
            },
            Screen.Phone,
            person: person
        );
    }

    [Fact]
    public async Task An_ended_session_asks_again_and_loses_nothing()
    {
        var person = await site.AddPersonAsync(
            "expires",
            "街道管理员",
            new GrantRequest(Role.Admin, DemoSite.Street, DemoSite.Street, null)
        );
        await VisitAsync(
            "?area=data&tab=import",
            async page =>
            {
                await page.Locator("[data-focus=crs]").SelectOptionAsync("gcj02");
                await page.Locator("#upload-file")
                    .SetInputFilesAsync(
                        new FilePayload
                        {
                            Name = "points.csv",
                            MimeType = "text/csv",
                            Buffer =
                                "code,name,type,lon,lat\nX1,甲,market,106.55,29.565\n"u8.ToArray(),
                        }
                    );
                using (var client = person.Client(site.Address))
                {
                    using var ended = await client.DeleteAsync(
                        new Uri("/api/session", UriKind.Relative)
                    );
                    ended.EnsureSuccessStatusCode();
                }

                await page.Locator("[data-focus=try]").ClickAsync();
                var cover = page.Locator(".sign-in.is-cover");
                await Expect(cover).ToContainTextAsync("登录已过期");
                await Expect(page.Locator("[name=userName]")).ToHaveValueAsync(person.UserName);
                Assert.Empty(await Axe.FindingsAsync(page));
                await page.Locator("[name=password]").FillAsync(Person.Password);
                await page.Keyboard.PressAsync("Enter");
                await Expect(cover).ToHaveCountAsync(0);
                // The very call that met the ended session has gone through.
                await Expect(page.Locator(".report .counts")).ToBeVisibleAsync();
                Assert.Equal("import", Visit.Query(page, "tab"));
                await Expect(page.Locator("[data-focus=crs]")).ToHaveValueAsync("gcj02");
            },
            person: person,
            expected: "/api/"
        );
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var person = await site.AddPersonAsync(
            "leaves",
            "街道规划岗",
            new GrantRequest(Role.Planner, DemoSite.Street, DemoSite.Street, null)
        );
        await VisitAsync(
            "",
            async page =>
            {
                // A call still on its way would meet the ended session, and the browser would say so.
                await Visit.SettledAsync(page);
                await page.Locator("[data-focus=account]").ClickAsync();
                await page.Locator("[data-focus=sign-out]").ClickAsync();
                await Expect(page.Locator(".sign-in-card")).ToBeVisibleAsync();
                using var client = person.Client(site.Address);
                using var answer = await client.GetAsync(new Uri("/api/session", UriKind.Relative));
                Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
            },
            Screen.Phone,
            person: person
        );
    }

    private static async Task FillAsync(IPage page, string userName, string password)
    {
        await page.Locator("[name=userName]").FillAsync(userName);
        await page.Locator("[name=password]").FillAsync(password);
        await page.Locator("[type=submit]").ClickAsync();
    }

    private Task VisitAsync(
        string query,
        Func<IPage, Task> act,
        Screen? screen = null,
        Person? person = null,
        bool anonymous = false,
        string expected = "/api/session",
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            screen,
            expected,
            person: person,
            anonymous: anonymous,
            name: name
        );
}
