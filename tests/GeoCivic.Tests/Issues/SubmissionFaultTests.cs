using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace GeoCivic.Tests.Issues;

/// <summary>What people sent is there once, whatever breaks while it is on its way.</summary>
public sealed class SubmissionFaultTests(IssueStory story) : IClassFixture<IssueStory>
{
    private const int Reports = 40;

    [Fact]
    public async Task Database_connections_killed_under_reports_answer_503_and_the_service_is_well_again_at_once()
    {
        var bodies = await BodiesAsync();
        var killing = Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                await Task.Delay(40);
                await story.ExecuteAsync(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                );
            }
        });
        var statuses = await Task.WhenAll(
            bodies.Select(async body =>
            {
                using var response = await story.Worker.PostAsJsonAsync("/api/issues", body);
                if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                {
                    Assert.NotNull(response.Headers.RetryAfter);
                }

                return response.StatusCode;
            })
        );
        await killing;
        Assert.All(
            statuses,
            s =>
                Assert.True(
                    s
                        is HttpStatusCode.Created
                            or HttpStatusCode.OK
                            or HttpStatusCode.ServiceUnavailable,
                    s.ToString()
                )
        );
        var well = Stopwatch.StartNew();
        foreach (var body in bodies)
        {
            HttpStatusCode status;
            do
            {
                using var response = await story.Worker.PostAsJsonAsync("/api/issues", body);
                status = response.StatusCode;
            } while (status == HttpStatusCode.ServiceUnavailable && well.Elapsed.TotalSeconds < 10);
            Assert.True(status is HttpStatusCode.Created or HttpStatusCode.OK, status.ToString());
        }

        await EnsureOnceAsync(bodies);
    }

    private async Task<List<IDictionary<string, object?>>> BodiesAsync()
    {
        var bodies = new List<IDictionary<string, object?>>();
        for (var i = 0; i < Reports; i++)
        {
            bodies.Add(
                IssueStory.Report(("photos", new[] { await story.PhotoAsync("worker", "scene") }))
            );
        }

        return bodies;
    }

    private async Task EnsureOnceAsync(IEnumerable<IDictionary<string, object?>> bodies)
    {
        var ids = bodies.Select(b => Guid.Parse((string)b["id"]!)).ToArray();
        foreach (
            var (table, column) in new[]
            {
                ("issues", "id"),
                ("issue_events", "issue_id"),
                ("issue_photos", "issue_id"),
                ("submissions", "id"),
            }
        )
        {
            Assert.Equal(
                (Reports, Reports),
                (
                    await story.ScalarAsync<int>(
                        $"SELECT count(*)::int FROM {table} WHERE {column} = ANY (@ids)",
                        ("ids", ids)
                    ),
                    await story.ScalarAsync<int>(
                        $"SELECT count(DISTINCT {column})::int FROM {table} WHERE {column} = ANY (@ids)",
                        ("ids", ids)
                    )
                )
            );
        }
    }
}
