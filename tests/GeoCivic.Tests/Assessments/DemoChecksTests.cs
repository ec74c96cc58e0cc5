using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GeoCivic.Commands;
using GeoCivic.Database;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Inspections;

namespace GeoCivic.Tests.Assessments;

/// <summary>The demo street has plans with done and missed runs, streets that nobody saw, two runs to compare and a red board.</summary>
public sealed class DemoChecksTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Street = ServiceFixture.DemoStreet;

    [Fact]
    public async Task The_demo_shows_plans_coverage_assessments_and_a_veto()
    {
        await using var accounts = CommandAccounts.Over(
            Schema.CreateDataSource(demo.ConnectionString)
        );
        await DemoAccounts.MakeAsync(accounts.Book, CancellationToken.None);
        await DemoVisits.AddAsync(demo.Database, TimeProvider.System, CancellationToken.None);
        var checks = new DemoChecks(accounts, Street, TimeProvider.System);
        Assert.Equal(4, await checks.PlayAsync(CancellationToken.None));
        Assert.Equal(4, await checks.PlayAsync(CancellationToken.None));

        var runs = await InspectedStreet.GetAsync(demo.Client, $"/api/plans/runs?street={Street}");
        foreach (var status in (string[])["missed", "running", "done", "upcoming"])
        {
            Assert.True(
                runs.GetProperty("tally").GetProperty(status).GetInt32() > 0,
                $"{status}: {runs.GetProperty("tally")}"
            );
        }

        var seen = await InspectedStreet.GetAsync(
            demo.Client,
            $"/api/patrol-coverage?street={Street}"
        );
        var totals = seen.GetProperty("totals").GetProperty("any");
        Assert.Equal(666, totals.GetProperty("points").GetInt32());
        Assert.InRange(
            totals.GetProperty("road_seen_metres").GetDouble(),
            500,
            totals.GetProperty("road_metres").GetDouble() / 2
        );

        var vetoes = await InspectedStreet.GetAsync(
            demo.Client,
            $"/api/veto-indicators?street={Street}"
        );
        Assert.Equal(1, vetoes.GetProperty("raised").GetInt32());
        var mocks = (
            await InspectedStreet.GetAsync(demo.Client, $"/api/mock-assessments?street={Street}")
        ).GetProperty("assessments");
        Assert.Equal(2, mocks.GetArrayLength());
        var (second, first) = (mocks[0], mocks[1]);
        Assert.Equal(1, second.GetProperty("assessed").GetDouble());
        Assert.InRange(first.GetProperty("assessed").GetDouble(), 0.5, 0.99);
        var compared = await InspectedStreet.GetAsync(
            demo.Client,
            $"/api/mock-assessments/{second.GetProperty("id").GetString()}?compare={first.GetProperty("id").GetString()}"
        );
        Assert.Contains(
            compared.GetProperty("nodes").EnumerateArray(),
            n => n.GetProperty("difference").ValueKind == JsonValueKind.Number
        );

        // The numbers that the tree is announced with, and points and households all attached.
        using var content = new ByteArrayContent(
            await File.ReadAllBytesAsync(
                Path.Combine(RepositoryFiles.Root, "data", "demo", "assessment-tree.csv")
            )
        );
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/csv");
        using var again = await demo.Client.PostAsync(
            $"/api/assessment-trees?street={Street}&expect=12,40,88,237&points=666&households=300",
            content
        );
        Assert.True(again.StatusCode == HttpStatusCode.OK, await again.Content.ReadAsStringAsync());
    }
}
