using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using GeoCivic.Commands;

namespace GeoCivic.Tests.Issues;

/// <summary>What people sent is there once, whatever falls over while it is on its way.</summary>
public sealed class SubmissionFaultTests(IssueStory story) : IClassFixture<IssueStory>
{
    private const int Reports = 40;

    [Fact]
    public async Task The_service_killed_under_parallel_reports_loses_and_doubles_nothing_after_they_are_sent_again()
    {
        var bodies = await BodiesAsync();
        var port = FreePort();
        var sent = 0;
        using (var first = await StartAsync(port))
        {
            using var client = Client(port);
            var sending = bodies
                .Select(async body =>
                {
                    try
                    {
                        using var response = await client.PostAsJsonAsync("/api/issues", body);
                        // Kill in the midst of the others.
                        if (Interlocked.Increment(ref sent) == Reports / 4)
                        {
                            first.Kill();
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The connection broke: the sender does not know, and sends again.
                    }
                })
                .ToList();
            await Task.WhenAll(sending);
            if (!first.HasExited)
            {
                first.Kill();
            }

            await first.WaitForExitAsync();
        }

        Assert.True(sent < Reports, "the service was killed too late to prove anything");
        using var second = await StartAsync(port);
        try
        {
            using var client = Client(port);
            foreach (var body in bodies)
            {
                using var response = await client.PostAsJsonAsync("/api/issues", body);
                Assert.True(
                    response.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK,
                    $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}"
                );
            }
        }
        finally
        {
            second.Kill();
            await second.WaitForExitAsync();
        }

        await EnsureOnceAsync(bodies);
    }

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

    private HttpClient Client(int port)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        client.DefaultRequestHeaders.Authorization = story
            .Worker
            .DefaultRequestHeaders
            .Authorization;
        return client;
    }

    private async Task<Process> StartAsync(int port)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var argument in new[]
            {
                typeof(ServeCommand).Assembly.Location,
                "serve",
                "--urls",
                $"http://127.0.0.1:{port}",
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ConnectionStrings__GeoCivic"] = story.ConnectionString;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed.TotalSeconds < 60; )
        {
            try
            {
                using var live = await client.GetAsync("/health/live");
                if (live.IsSuccessStatusCode)
                {
                    return process;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        process.Kill();
        throw new InvalidOperationException("The service did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
