using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Photos;
using GeoCivic.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GeoCivic.Tests.Photos;

/// <summary>Photos over HTTP (quality A4, 78 to 87): sent once, kept without metadata, shown to those who may see them.</summary>
public sealed class PhotoCallTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static HttpContent Body(byte[] bytes, string? type = null)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return content;
    }

    private static async Task<JsonElement> SendAsync(
        HttpClient client,
        byte[] photo,
        string? type = null
    )
    {
        using var response = await client.PostAsync("/api/photos", Body(photo, type));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    [Fact]
    public async Task A_photo_comes_back_without_its_metadata_and_with_what_they_said()
    {
        var sent = PhotoSamples.WithMetadata(
            "progressive.jpg",
            new ExifBlock { Offset = "+08:00" }.ToBytes()
        );
        // The declared type is wrong; the content counts.
        var answer = await SendAsync(service.Client, sent, "image/png");
        Assert.Equal("image/jpeg", answer.GetProperty("media_type").GetString());
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(sent)),
            answer.GetProperty("received_sha256").GetString()
        );
        Assert.Equal(6, answer.GetProperty("orientation").GetInt32());
        Assert.Equal("2026-03-01T08:15:30+08:00", answer.GetProperty("taken_at").GetString());
        Assert.Equal(114.2581234, answer.GetProperty("taken").GetProperty("lon").GetDouble());
        var name = answer.GetProperty("sha256").GetString()!;

        using var got = await service.Client.GetAsync($"/api/photos/{name}");
        var bytes = await got.Content.ReadAsByteArrayAsync();
        Assert.Equal(name, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.DoesNotContain(
            PhotoSamples.Planted,
            Encoding.Latin1.GetString(bytes),
            StringComparison.Ordinal
        );
        Assert.Equal("image/jpeg", got.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(got.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(got.Headers.CacheControl is { Private: true, NoCache: true });

        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/photos/{name}");
        again.Headers.IfNoneMatch.Add(got.Headers.ETag!);
        again.Headers.Authorization = service.Client.DefaultRequestHeaders.Authorization;
        using var unchanged = await service.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task The_same_photo_twice_is_one_and_both_senders_see_it()
    {
        var photo = PhotoSamples.Clean("interlaced.png");
        var first = await service.SignInAsAsync("sender-1", Role.Worker, street: null);
        var second = await service.SignInAsAsync("sender-2", Role.Handler, street: null);
        var third = await service.SignInAsAsync("third", Role.Supervisor, street: null);
        var name = (await SendAsync(first, photo)).GetProperty("sha256").GetString();
        Assert.Equal(name, (await SendAsync(second, photo)).GetProperty("sha256").GetString());
        Assert.Equal(name, (await SendAsync(second, photo)).GetProperty("sha256").GetString());
        Assert.Equal(
            1L,
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM photos WHERE sha256 = @n",
                ("n", name!)
            )
        );
        foreach (var (client, status) in new[] { (first, 200), (second, 200), (third, 404) })
        {
            using var got = await client.GetAsync($"/api/photos/{name}");
            Assert.Equal(status, (int)got.StatusCode);
        }
    }

    [Theory]
    [InlineData("phone.heic", 415, "photo-heic")]
    [InlineData("phone.avif", 415, "photo-heic")]
    public async Task Heic_is_refused_with_a_hint(string name, int status, string code)
    {
        using var response = await service.Client.PostAsync(
            "/api/photos",
            Body(PhotoSamples.Picture(name), "image/jpeg")
        );
        var problem = await ServiceFixture.ProblemAsync(response, status, code, name);
        Assert.Contains(
            "最兼容",
            problem.GetProperty("hint").GetProperty("zh").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_declared_100_megabytes_are_refused_before_any_of_it_is_read()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/photos");
        // Were the body read, the answer would have to wait for it.
        request.Content = new StreamContent(new NeverEnding());
        request.Content.Headers.ContentLength = 100_000_000;
        request.Headers.ExpectContinue = true;
        using var response = await service.Client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead
        );
        await ServiceFixture.ProblemAsync(response, 413, "photo-too-large", "100 MB");
    }

    [Fact]
    public async Task Too_much_without_a_declared_length_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/photos");
        request.Content = new ByteArrayContent(new byte[PhotoLimits.MaxBytes + 10]);
        request.Headers.TransferEncodingChunked = true;
        using var response = await service.Client.SendAsync(request);
        await ServiceFixture.ProblemAsync(response, 413, "photo-too-large", "chunked");
    }

    [Theory]
    [InlineData("text/plain", 415, "unsupported-media-type")]
    [InlineData("image/svg+xml", 415, "photo-format")]
    public async Task What_is_no_photo_is_refused(string type, int status, string code)
    {
        using var response = await service.Client.PostAsync(
            "/api/photos",
            Body("<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(), type)
        );
        await ServiceFixture.ProblemAsync(response, status, code, type);
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("%2Fetc%2Fpasswd")]
    public async Task Other_names_are_nothing(string name) =>
        await service.GetProblemAsync($"/api/photos/{name}", 404, "not-found");

    [Fact]
    public async Task What_nothing_names_is_swept_and_what_waits_is_not()
    {
        var sweep = service.Services.GetRequiredService<PhotoSweep>();
        var store = service.Services.GetRequiredService<IPhotoStore>();
        var kept = (await SendAsync(service.Client, PhotoSamples.Png(5, 5, 8, 0)))
            .GetProperty("sha256")
            .GetString()!;
        var old = (await SendAsync(service.Client, PhotoSamples.Png(6, 6, 8, 0)))
            .GetProperty("sha256")
            .GetString()!;
        await service.ExecuteAsync(
            "UPDATE photos SET uploaded_at = now() - INTERVAL '25 hours' WHERE sha256 = @n",
            ("n", old)
        );
        // Killed between the file and its record: the file is there, nobody knows it.
        var lost = await store.PutAsync("lost"u8.ToArray(), CancellationToken.None);
        Assert.Equal((1, 0), await sweep.RunOnceAsync(CancellationToken.None));
        Assert.Contains(lost, store.List());

        Assert.True(PhotoHash.TryParse(old, out var oldHash));
        Age(oldHash);
        Age(lost);
        Assert.True(PhotoHash.TryParse(kept, out var keptHash));
        Age(keptHash);
        Assert.Equal((0, 2), await sweep.RunOnceAsync(CancellationToken.None));
        Assert.DoesNotContain(lost, store.List());
        Assert.DoesNotContain(oldHash, store.List());
        Assert.Contains(keptHash, store.List());

        void Age(PhotoHash hash)
        {
            using var file = (FileStream)store.OpenRead(hash)!;
            File.SetLastWriteTimeUtc(file.Name, DateTime.UtcNow.AddMinutes(-31));
        }
    }

    private sealed class NeverEnding : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Thread.Sleep(Timeout.Infinite);
            return 0;
        }

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }
}
