using GeoCivic.Browser.Tests.Running;

namespace GeoCivic.Browser.Tests;

/// <summary>How the page says a deadline: the day that ends, its weekday, what is left; the same wherever the device is.</summary>
[Collection(DemoCollection.Name)]
public sealed class DeadlineScriptTests(DemoSite site)
{
    [Theory]
    // Midnight belongs to the day that ends, and Beijing's day it is.
    [InlineData("2026-11-26T00:00:00+08:00", "截止 2026-11-25（周三）24:00")]
    [InlineData("2026-11-25T16:00:00Z", "截止 2026-11-25（周三）24:00")]
    [InlineData("2026-11-25T17:30:00+08:00", "截止 2026-11-25（周三）17:30")]
    [InlineData("2026-12-31T16:00:00Z", "截止 2026-12-31（周四）24:00")]
    public Task A_deadline_is_said_with_its_day_and_weekday(string due, string said) =>
        RunAsync($"deadline.dueText('{due}')", said);

    [Theory]
    [InlineData("2026-11-24T21:00:00+08:00", "还剩 1 天 3 小时")]
    [InlineData("2026-11-25T00:00:00+08:00", "还剩 1 天")]
    [InlineData("2026-11-25T22:10:00+08:00", "还剩 1 小时 50 分")]
    [InlineData("2026-11-25T23:59:50+08:00", "还剩 1 分钟")]
    [InlineData("2026-11-29T00:00:00+08:00", "超期 3 天")]
    public Task What_is_left_is_said_in_two_units(string now, string said) =>
        RunAsync($"deadline.leftText('2026-11-26T00:00:00+08:00', Date.parse('{now}'))", said);

    [Theory]
    [InlineData("2026-11-25T00:00:00+08:00", "today")]
    [InlineData("2026-11-24T23:59:59+08:00", "later")]
    [InlineData("2026-11-26T00:00:00+08:00", "overdue")]
    public Task A_deadline_at_midnight_is_due_on_the_day_before(string now, string urgency) =>
        RunAsync($"deadline.urgency('2026-11-26T00:00:00+08:00', Date.parse('{now}'))", urgency);

    private Task RunAsync(string expression, string expected) =>
        Visit.MakeAsync(
            site,
            site.Address,
            async page =>
                Assert.Equal(
                    expected,
                    await page.EvaluateAsync<string>(
                        $"async () => {{ const deadline = await import('/js/deadline.js'); return {expression}; }}"
                    )
                ),
            name: nameof(DeadlineScriptTests)
        );
}
