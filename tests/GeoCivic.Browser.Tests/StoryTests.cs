using System.Globalization;
using System.Text.Json;
using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>One problem from the pavement to the end of its number, played by four people at their own screens.</summary>
public sealed class StoryTests(StorySite site) : IClassFixture<StorySite>
{
    private const string Category = "stall_occupying";

    [Fact]
    public async Task A_problem_is_reported_filed_dispatched_rectified_verified_and_struck_off_by_four_people()
    {
        var openBefore = await CountAsync("open=true");
        var id = await ReportAsync("摊位占用人行道，行人走到车行道上。", 40);
        await AgreeAsync("reported", openBefore + 1);

        await AsAsync(
            site.Supervisor,
            $"?area=board&section=toFile&sel=issue:{id}",
            async page =>
            {
                await Expect(page.Locator(".timeline-entry")).ToHaveCountAsync(1);
                await Expect(page.Locator(".photo-pairs img").First).ToBeVisibleAsync();
                await StepAsync(page, "filed", "已立案");
                await DispatchAsync(page);
            }
        );
        await AgreeAsync("dispatched", openBefore + 1);

        await AsAsync(
            site.Handler,
            "",
            async page =>
            {
                // The inbox is where a handler's day starts.
                await Expect(page.Locator("#area-inbox h2")).ToContainTextAsync("待办");
                await page.Locator($"[data-row='issue-{id}']").ClickAsync();
                await page.Locator("[data-act=replied]").ClickAsync();
                await page.Locator("[data-field=note]").FillAsync("已到现场核实，当日清退摊位。");
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator("dialog.confirm")).ToContainTextAsync("部门答复函 1 份");
                await page.Locator("[data-focus=confirm-yes]").ClickAsync();
                await Expect(page.Locator(".marks .state")).ToHaveTextAsync("已答复");
                await Expect(page.Locator("[data-letter]").Last).ToContainTextAsync("部门答复函");
                await AnswerForCooperatingAsync(page);

                await page.Locator("[data-act=rectified]").ClickAsync();
                // Without the photo nothing is sent, and the form says what is missing.
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator(".field-error:visible")).ToContainTextAsync("整改后照片");
                await PhotoAsync(page, "after", Picture.Of("after.png", 40, 150, 90));
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator(".marks .state")).ToHaveTextAsync("已整改");
                // Who rectified is not offered to verify.
                await Expect(page.Locator("[data-act=verified]")).ToHaveCountAsync(0);
            },
            Screen.Phone
        );
        await AgreeAsync("rectified", openBefore + 1);

        await AsAsync(
            site.Verifier,
            "?area=board&section=verify",
            async page =>
            {
                await page.Locator($"[data-row='issue-{id}']").ClickAsync();
                await page.Locator("[data-act=verified]").ClickAsync();
                await PhotoAsync(page, "inspection", Picture.Of("again.png", 60, 90, 200));
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator(".marks .state")).ToHaveTextAsync("已核查");
                await page.Locator("[data-act=cancelled]").ClickAsync();
                await page.Locator("[data-focus=form-submit]").ClickAsync();
                await Expect(page.Locator("dialog.confirm")).ToContainTextAsync("减少 1 件");
                await page.Locator("[data-focus=confirm-yes]").ClickAsync();
                await Expect(page.Locator(".marks .state")).ToHaveTextAsync("已销号");
                foreach (
                    var to in new[]
                    {
                        "reported",
                        "filed",
                        "dispatched",
                        "replied",
                        "rectified",
                        "verified",
                        "cancelled",
                    }
                )
                {
                    await Expect(page.Locator($".timeline-entry[data-to={to}]"))
                        .ToHaveCountAsync(1);
                }
            }
        );
        await AgreeAsync("cancelled", openBefore);

        var issue = await Visit.AskAsync(site, $"/api/issues/{id}", site.Supervisor);
        var events = issue
            .GetProperty("properties")
            .GetProperty("events")
            .EnumerateArray()
            .Where(each => each.GetProperty("to").ValueKind == JsonValueKind.String);
        Assert.Equal(
            [
                site.Worker.DisplayName,
                site.Supervisor.DisplayName,
                site.Supervisor.DisplayName,
                site.Handler.DisplayName,
                site.Handler.DisplayName,
                site.Verifier.DisplayName,
                site.Verifier.DisplayName,
            ],
            events.Select(each => each.GetProperty("actor").GetString()!)
        );
    }

    [Fact]
    public async Task A_late_body_gets_its_reminder_and_the_letter_is_a_sheet_of_paper()
    {
        var id = await ReportAsync("夜市摊位收摊后垃圾未清。", 200);
        await AsAsync(
            site.Supervisor,
            $"?area=board&sel=issue:{id}",
            async page =>
            {
                await StepAsync(page, "filed", "已立案");
                await DispatchAsync(page);
            }
        );
        await site.PassDaysAsync(id, 14);

        await AsAsync(
            site.Handler,
            "?area=inbox",
            async page =>
            {
                // Overdue stands on top.
                await Expect(
                        page.Locator("#area-inbox .rows")
                            .First.Locator($"[data-row='issue-{id}'] .due")
                    )
                    .ToContainTextAsync("超期");
            }
        );
        await AsAsync(
            site.Supervisor,
            "?area=board&section=letters",
            async page =>
            {
                var late = page.Locator($"[data-part=preview] tr:has([data-issue='{id}'])");
                await Expect(late).ToHaveCountAsync(1 + site.Cooperating.Count);
                await page.Locator("[data-focus=draft-reminders]").ClickAsync();
                await page.Locator("[data-focus=confirm-yes]").ClickAsync();
                var draft = page.Locator($"[data-part=drafts] tr:has([data-issue='{id}'])")
                    .Filter(new() { HasText = site.Body.Name });
                await Expect(draft).ToContainTextAsync("第一级");
                await draft.Locator("[data-focus^=issue-letter]").ClickAsync();
                await Expect(page.Locator("dialog.confirm")).ToContainTextAsync("工作提示函 1 份");
                await page.Locator("[data-focus=confirm-yes]").ClickAsync();
                var sent = page.Locator($"[data-part=issued] tr:has([data-issue='{id}'])")
                    .Filter(new() { HasText = "工作提示函" });
                await Expect(sent).ToContainTextAsync("号");
                await Expect(draft).ToHaveCountAsync(0);

                await sent.GetByText("打印").ClickAsync();
                await Expect(page.Locator(".letter-title")).ToHaveTextAsync("工作提示函");
                await Expect(page.Locator(".letter-number")).ToContainTextAsync("号");
                Assert.NotNull(Visit.Query(page, "letter"));
                await page.EmulateMediaAsync(new() { Media = Media.Print });
                await Expect(page.Locator(".letter-sheet")).ToBeVisibleAsync();
                await Expect(page.Locator(".rail")).Not.ToBeVisibleAsync();
                await page.EmulateMediaAsync(new() { Media = Media.Screen });
                await page.Locator("[data-focus=letter-back]").ClickAsync();
                await Expect(page.Locator(".letter-sheet")).Not.ToBeVisibleAsync();
            }
        );
    }

    /// <summary>The worker's phone: category, place, photo, words, send.</summary>
    private async Task<Guid> ReportAsync(string note, byte shade)
    {
        var id = Guid.Empty;
        await AsAsync(
            site.Worker,
            "?area=report",
            async page =>
            {
                var category = page.Locator($"[data-category={Category}]");
                if (await category.CountAsync() == 0)
                {
                    await page.Locator("[data-focus=category-more]").ClickAsync();
                }

                await category.ClickAsync();
                await page.Locator("[data-focus=use-device]").ClickAsync();
                await page.Locator("input[data-photo=scene]")
                    .SetInputFilesAsync(Picture.Of("scene.png", shade, 80, 60));
                await page.Locator("[data-focus=report-note]").FillAsync(note);
                await page.Locator("[data-focus=report-send]").ClickAsync();
                var other = page.Locator("[data-focus=nearby-other]");
                var sent = page.Locator(".report-done .message.is-done");
                await Expect(other.Or(sent).First).ToBeVisibleAsync();
                if (await other.IsVisibleAsync())
                {
                    await other.ClickAsync();
                }

                await Expect(sent).ToBeVisibleAsync();
                await page.Locator(".report-done").GetByText("看这件").ClickAsync();
                await Expect(page.Locator(".marks .state")).ToHaveTextAsync("已上报");
                id = Guid.Parse(Visit.Query(page, "sel")!["issue:".Length..]);
            },
            Screen.Phone
        );
        return id;
    }

    /// <summary>Sends the notice to the body that the duties suggest.</summary>
    private async Task DispatchAsync(IPage page)
    {
        await page.Locator("[data-act=dispatched]").ClickAsync();
        await Expect(page.Locator("select[data-field=body]")).ToHaveValueAsync(site.Body.Code);
        // Who cooperates is suggested as well.
        await Expect(page.Locator("[data-field=cooperating] input:checked"))
            .ToHaveCountAsync(site.Cooperating.Count);
        var notices = 1 + site.Cooperating.Count;
        await page.Locator("[data-focus=form-submit]").ClickAsync();
        await Expect(page.Locator("dialog.confirm"))
            .ToContainTextAsync(
                string.Create(CultureInfo.InvariantCulture, $"问题通知函 {notices} 份")
            );
        await page.Locator("[data-focus=confirm-yes]").ClickAsync();
        await Expect(page.Locator(".marks .state")).ToHaveTextAsync("已派遣");
        await Expect(page.Locator("[data-letter]")).ToHaveCountAsync(notices);
        await Expect(page.Locator("[data-letter]").First).ToContainTextAsync("问题通知函");
        await Expect(page.Locator(".task .clock").First).ToContainTextAsync("截止");
    }

    /// <summary>The handler answers in the tasks of the cooperating bodies too; without that nobody may verify.</summary>
    private async Task AnswerForCooperatingAsync(IPage page)
    {
        for (var left = site.Cooperating.Count; left > 0; left--)
        {
            await Expect(page.Locator("[data-act^=task-]")).ToHaveCountAsync(left);
            await page.Locator("[data-act^=task-]").First.ClickAsync();
            await page.Locator("[data-field=note]").FillAsync("已配合清理。");
            await page.Locator("[data-focus=form-submit]").ClickAsync();
        }

        await Expect(page.Locator("[data-act^=task-]")).ToHaveCountAsync(0);
    }

    private static async Task StepAsync(IPage page, string to, string state)
    {
        await page.Locator($"[data-act={to}]").ClickAsync();
        await page.Locator("[data-focus=form-submit]").ClickAsync();
        await Expect(page.Locator(".marks .state")).ToHaveTextAsync(state);
    }

    private static async Task PhotoAsync(IPage page, string kind, FilePayload file)
    {
        await page.Locator($"input[data-photos={kind}]").SetInputFilesAsync(file);
        await Expect(page.Locator(".picked-row img")).ToBeVisibleAsync();
    }

    private async Task AgreeAsync(string state, long open)
    {
        Assert.Equal(open, await CountAsync("open=true"));
        await LedgerAndMap.AgreeAsync(site, site.Supervisor, state);
    }

    private Task<long> CountAsync(string filter) =>
        LedgerAndMap.CountAsync(site, site.Supervisor, filter);

    private Task AsAsync(
        Person person,
        string query,
        Func<IPage, Task> act,
        Screen? screen = null,
        [System.Runtime.CompilerServices.CallerMemberName] string name = ""
    ) =>
        Visit.MakeAsync(
            site,
            new Uri(site.Address, "/" + query),
            act,
            screen,
            person: person,
            place: new()
            {
                Longitude = (float)site.Place.Lon,
                Latitude = (float)site.Place.Lat,
                Accuracy = 8,
            },
            name: name
        );
}
