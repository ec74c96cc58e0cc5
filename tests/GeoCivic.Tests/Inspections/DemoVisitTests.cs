using GeoCivic.Accounts;
using GeoCivic.Commands;
using GeoCivic.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GeoCivic.Tests.Inspections;

/// <summary>The demo's worker has a day: points that are done, due and overdue, and a comment to answer.</summary>
public sealed class DemoVisitTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task The_demo_shows_every_state_of_a_point()
    {
        using var scope = demo.Services.CreateScope();
        await DemoAccounts.MakeAsync(
            scope.ServiceProvider.GetRequiredService<AccountBook>(),
            CancellationToken.None
        );
        Assert.True(
            await DemoVisits.AddAsync(demo.Database, TimeProvider.System, CancellationToken.None)
                > 20
        );
        Assert.Equal(
            0,
            await DemoVisits.AddAsync(demo.Database, TimeProvider.System, CancellationToken.None)
        );
        var caller = await demo
            .Services.GetRequiredService<Callers>()
            .OfUserAsync("worker", CancellationToken.None);
        var (_, token, _) = await TokenEndpoints.MakeAsync(
            demo.Database,
            caller!,
            "test",
            1,
            "read",
            areas: null,
            CancellationToken.None
        );
        using var worker = demo.NewClient();
        worker.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var day = await InspectedStreet.GetAsync(worker, "/api/my-day");
        foreach (var state in (string[])["overdue", "today", "done"])
        {
            Assert.True(day.GetProperty(state).GetInt32() > 0, $"{state}: {day}");
        }

        Assert.Equal(1, day.GetProperty("comments").GetArrayLength());
        var outside = await InspectedStreet.GetAsync(demo.Client, "/api/visits?outside=true");
        Assert.NotEmpty(outside.GetProperty("features").EnumerateArray());
    }
}
