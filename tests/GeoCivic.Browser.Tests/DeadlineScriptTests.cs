using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>How the page says a deadline: the day that ends, its weekday, what is left; the same wherever the device is.</summary>
[Collection(DemoCollection.Name)]
public sealed class DeadlineScriptTests(DemoSite site)
{
    // What is asked of the page's own module, and what it says.
    private static readonly (string Expression, string Said)[] Cases =
    [
        // Midnight belongs to the day that ends, and Beijing's day it is.
        ("dueText('2026-11-26T00:00:00+08:00')", "截止 2026-11-25（周三）24:00"),
        ("dueText('2026-11-25T16:00:00Z')", "截止 2026-11-25（周三）24:00"),
        ("dueText('2026-11-25T17:30:00+08:00')", "截止 2026-11-25（周三）17:30"),
        ("dueText('2026-12-31T16:00:00Z')", "截止 2026-12-31（周四）24:00"),
        // What is left, in two units.
        (Left("2026-11-24T21:00:00+08:00"), "还剩 1 天 3 小时"),
        (Left("2026-11-25T00:00:00+08:00"), "还剩 1 天"),
        (Left("2026-11-25T22:10:00+08:00"), "还剩 1 小时 50 分"),
        (Left("2026-11-25T23:59:50+08:00"), "还剩 1 分钟"),
        (Left("2026-11-29T00:00:00+08:00"), "超期 3 天"),
        // Due at midnight is due on the day before.
        (Urgency("2026-11-25T00:00:00+08:00"), "today"),
        (Urgency("2026-11-24T23:59:59+08:00"), "later"),
        (Urgency("2026-11-26T00:00:00+08:00"), "overdue"),
    ];

    [Fact]
    public Task A_deadline_is_said_with_its_day_what_is_left_and_how_urgent_it_is() =>
        Visit.MakeAsync(
            site,
            site.Address,
            async page =>
            {
                foreach (var (expression, said) in Cases)
                {
                    Assert.Equal(
                        (expression, said),
                        (
                            expression,
                            await page.EvaluateAsync<string>(
                                $"async () => (await import('/js/deadline.js')).{expression}"
                            )
                        )
                    );
                }
            }
        );

    private static string Left(string now) =>
        $"leftText('2026-11-26T00:00:00+08:00', Date.parse('{now}'))";

    private static string Urgency(string now) =>
        $"urgency('2026-11-26T00:00:00+08:00', Date.parse('{now}'))";
}
