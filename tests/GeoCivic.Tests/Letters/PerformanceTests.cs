using System.Text.Json;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Letters;

public sealed class PerformanceTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Due = new(2026, 3, 5, 0, 0, 0, TimeSpan.FromHours(8));

    private async Task DoneAsync(Guid issue, DateTimeOffset at) =>
        await service.ExecuteAsync(
            """
            UPDATE issue_tasks SET state = 'done', done_at = @at WHERE issue_id = @id;
            UPDATE task_deadlines SET met_at = @at WHERE issue_id = @id;
            """,
            ("id", issue),
            ("at", at.UtcDateTime)
        );

    private static (int OnTime, int Closed, int Open, int OverdueOpen, double? Rate) Of(
        JsonElement row
    ) =>
        (
            row.GetProperty("on_time").GetInt32(),
            row.GetProperty("closed").GetInt32(),
            row.GetProperty("open").GetInt32(),
            row.GetProperty("overdue_open").GetInt32(),
            row.GetProperty("rate").ValueKind == JsonValueKind.Null
                ? null
                : row.GetProperty("rate").GetDouble()
        );

    [Fact]
    public async Task The_rate_counts_what_is_late_and_still_open()
    {
        var street = await LetterStreet.CreateAsync(service, "rates");
        // CG: two in time, one late, one open and late, one open with time left; WY: one in time.
        await DoneAsync(await street.DispatchedAsync("a", Start, Due), Start.AddHours(5));
        await DoneAsync(await street.DispatchedAsync("b", Start, Due), Due.AddSeconds(-1));
        await DoneAsync(await street.DispatchedAsync("c", Start, Due), Due);
        await street.DispatchedAsync("d", Start, Due);
        await street.DispatchedAsync("e", Start, DateTimeOffset.UtcNow.AddDays(3));
        await DoneAsync(await street.DispatchedAsync("f", Start, Due, "WY"), Start.AddHours(1));
        // Sent back: nobody's any more.
        await street.DispatchedAsync("g", Start, Due, "WY", "returned");
        // Outside the window asked for.
        await street.DispatchedAsync("h", Start.AddDays(-9), Due.AddDays(-9), "WY");
        // Found one day, entered the next.
        await service.ExecuteAsync(
            "UPDATE issues SET found_at = reported_at - INTERVAL '1 day' WHERE street_code = 'rates' AND code = 'a'"
        );

        using var answer = await service.GetJsonAsync(
            "/api/performance?street=rates&from=2026-03-02&to=2026-03-02"
        );
        var root = answer.RootElement;
        Assert.Equal((3, 4, 2, 1, 0.6), Of(root.GetProperty("total")));
        var rows = root.GetProperty("rows")
            .EnumerateArray()
            .ToDictionary(r => r.GetProperty("code").GetString()!, r => r);
        Assert.Equal((2, 3, 2, 1, 0.5), Of(rows["CG"]));
        Assert.Equal((1, 1, 0, 0, 1.0), Of(rows["WY"]));
        Assert.Equal("城管中队", rows["CG"].GetProperty("name").GetString());
        Assert.Equal(
            6 / 7.0,
            root.GetProperty("total").GetProperty("same_day_entry_rate").GetDouble(),
            5
        );

        using var places = await service.GetJsonAsync("/api/performance?street=rates&by=community");
        var place = places.RootElement.GetProperty("rows").EnumerateArray().Single();
        Assert.Equal("社区甲", place.GetProperty("name").GetString());
        // The one dispatched before is late and open, too.
        Assert.Equal((3, 4, 3, 2, 0.5), Of(place));
    }

    [Fact]
    public async Task A_limit_that_rests_is_not_missed_and_nothing_has_no_rate()
    {
        var street = await LetterStreet.CreateAsync(service, "rests");
        var issue = await street.DispatchedAsync("a", Start, Due);
        await service.ExecuteAsync(
            "UPDATE issue_tasks SET state = 'suspended', paused_at = @at WHERE issue_id = @id",
            ("id", issue),
            ("at", Start.UtcDateTime)
        );
        using var answer = await service.GetJsonAsync("/api/performance?street=rests");
        Assert.Equal((0, 0, 1, 0, null), Of(answer.RootElement.GetProperty("total")));
        await LetterStreet.CreateAsync(service, "nothing");
        using var nothing = await service.GetJsonAsync("/api/performance?street=nothing");
        Assert.Equal((0, 0, 0, 0, null), Of(nothing.RootElement.GetProperty("total")));
        Assert.Empty(nothing.RootElement.GetProperty("rows").EnumerateArray());
    }
}
