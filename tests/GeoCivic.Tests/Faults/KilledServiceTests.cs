using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Browser.Tests.Running;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using GeoCivic.Tests.Photos;

namespace GeoCivic.Tests.Faults;

/// <summary>The service is killed while people submit; they send again until they are answered.</summary>
public sealed class KilledServiceTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const int Submissions = 60;
    private const int Kills = 4;

    [Fact]
    public async Task Every_submission_is_there_once_with_one_photo()
    {
        await TestStreet.CreateAsync(service, "S");
        using var worker = await service.SignInAsAsync("worker", Role.Worker, "S");
        var token = worker.DefaultRequestHeaders.Authorization!;
        var folder = Directory.CreateTempSubdirectory("geocivic-test-photos-");
        using var everybodyIsIn = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var running = await StartAsync(folder.FullName);
        try
        {
            var address = running.Address;
            var done = 0;
            var people = Enumerable
                .Range(0, Submissions)
                .Select(i =>
                    SubmitAsync(
                        i,
                        () => address,
                        token,
                        () => Interlocked.Increment(ref done),
                        everybodyIsIn.Token
                    )
                )
                .ToList();
            for (var kill = 1; kill <= Kills; kill++)
            {
                // Spread over the submissions, in the midst of them.
                while (Volatile.Read(ref done) < Submissions * kill / (Kills + 2))
                {
                    // One that failed for good ends the test at once.
                    await Task.WhenAll(people.Where(p => p.IsFaulted));
                    await Task.Delay(2, everybodyIsIn.Token);
                }

                await running.KillAsync();
                await running.DisposeAsync();
                running = await StartAsync(folder.FullName);
                address = running.Address;
            }

            var ids = await Task.WhenAll(people);
            Assert.Equal(Submissions, ids.Distinct().Count());
            Assert.Equal(
                Submissions,
                (int)await service.ScalarAsync<long>("SELECT count(*) FROM issues")
            );
            Assert.Equal(
                Submissions,
                (int)await service.ScalarAsync<long>("SELECT count(*) FROM issue_events")
            );
            // One photo each, each its own, and each on the disk as the database says.
            Assert.Equal(
                (Submissions, Submissions),
                (
                    (int)await service.ScalarAsync<long>("SELECT count(*) FROM issue_photos"),
                    (int)
                        await service.ScalarAsync<long>(
                            "SELECT count(DISTINCT (issue_id, sha256)) FROM issue_photos JOIN photos USING (sha256)"
                        )
                )
            );
            using var client = Client(address, token);
            foreach (var id in ids)
            {
                var issue = await client.GetFromJsonAsync<JsonElement>($"/api/issues/{id}");
                var sha = issue
                    .GetProperty("properties")
                    .GetProperty("photos")[0]
                    .GetProperty("sha256")
                    .GetString();
                using var photo = await client.GetAsync($"/api/photos/{sha}");
                Assert.Equal(HttpStatusCode.OK, photo.StatusCode);
            }
        }
        finally
        {
            await running.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private Task<RunningService> StartAsync(string photos) =>
        RunningService.ServeAsync(service.ConnectionString, ("Photos__Directory", photos));

    private static HttpClient Client(Uri address, AuthenticationHeaderValue token)
    {
        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Authorization = token;
        return client;
    }

    // As a phone does: the same id and the same photo again and again until an answer says that both are there.
    private static async Task<Guid> SubmitAsync(
        int number,
        Func<Uri> address,
        AuthenticationHeaderValue token,
        Action done,
        CancellationToken cancellationToken
    )
    {
        var id = Guid.CreateVersion7();
        var picture = PhotoSamples.Png(20 + number, 12, 8, 0);
        await Task.Yield();
        while (true)
        {
            try
            {
                using var client = Client(address(), token);
                using var content = new ByteArrayContent(picture);
                content.Headers.ContentType = new("image/png");
                using var sent = await client.PostAsync("/api/photos", content, cancellationToken);
                Assert.True((int)sent.StatusCode is 201 or 503, $"photo: {(int)sent.StatusCode}");
                if (sent.StatusCode != HttpStatusCode.Created)
                {
                    continue;
                }

                var photo = await sent.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                using var made = await client.PostAsJsonAsync(
                    "/api/issues",
                    new
                    {
                        id,
                        category = "uncivil_pets",
                        lon = TestStreet.Lon(0.5),
                        lat = TestStreet.Lat(0.5),
                        found_at = "2026-01-05T08:00:00+08:00",
                        street = "S",
                        photos = new[]
                        {
                            new
                            {
                                sha256 = photo.GetProperty("sha256").GetString(),
                                kind = "scene",
                            },
                        },
                    },
                    cancellationToken
                );
                Assert.True(
                    (int)made.StatusCode is 200 or 201 or 503,
                    $"issue: {(int)made.StatusCode} {await made.Content.ReadAsStringAsync(cancellationToken)}"
                );
                if ((int)made.StatusCode < 300)
                {
                    done();
                    return id;
                }
            }
            catch (Exception e)
                when (e
                        is HttpRequestException
                            or TaskCanceledException
                            or JsonException
                            or IOException
                )
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            await Task.Delay(20, cancellationToken);
        }
    }
}
