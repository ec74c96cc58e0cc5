using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Photos;

namespace GeoCivic.Tests.Photos;

/// <summary>Photos are kept by their content, once, whole or not at all, where no browser reaches them.</summary>
public sealed class FilePhotoStoreTests : IDisposable
{
    private readonly string _folder = Path.Combine(
        Path.GetTempPath(),
        $"geocivic-photos-test-{Guid.NewGuid():n}"
    );
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow);
    private readonly FilePhotoStore _store;

    public FilePhotoStoreTests() => _store = new FilePhotoStore(_folder, _clock);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_photo_twenty_times_at_once_is_one_file()
    {
        var content = PhotoSamples.Clean("rgb.png");
        var names = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(_ => Task.Run(() => _store.PutAsync(content, CancellationToken.None)))
        );
        var name = Assert.Single(names.Distinct());
        Assert.Equal(PhotoHash.Of(content), name);
        var file = Assert.Single(Files());
        Assert.Equal(Path.Combine(_folder, $"{name}"[..2], $"{name}"[2..4], $"{name}"), file);
        Assert.Equal([name], _store.List());
        await using var read = _store.OpenRead(name)!;
        var bytes = new MemoryStream();
        await read.CopyToAsync(bytes);
        Assert.Equal(content, bytes.ToArray());
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("../3456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0")]
    public void A_name_is_sixty_four_digits_or_none(string? text) =>
        Assert.False(PhotoHash.TryParse(text, out _));

    [Fact]
    public void What_is_not_there_is_nothing() =>
        Assert.Null(_store.OpenRead(PhotoHash.Of("nothing"u8)));

    [Fact]
    public async Task An_orphan_goes_and_one_put_again_stays()
    {
        var old = await _store.PutAsync("old"u8.ToArray(), CancellationToken.None);
        var again = await _store.PutAsync("again"u8.ToArray(), CancellationToken.None);
        _clock.Now += TimeSpan.FromHours(2);
        await _store.PutAsync("again"u8.ToArray(), CancellationToken.None);
        var since = _clock.Now - TimeSpan.FromHours(1);
        Assert.True(_store.Delete(old, since));
        Assert.False(_store.Delete(again, since));
        Assert.False(_store.Delete(old, since));
        Assert.Equal([again], _store.List());
    }

    [Fact]
    public async Task Putting_and_sweeping_at_once_never_loses_a_photo_just_put()
    {
        var content = "contested"u8.ToArray();
        var hash = await _store.PutAsync(content, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var sweep = Task.Run(() =>
        {
            var removed = 0;
            while (!stop.IsCancellationRequested)
            {
                removed += _store.Delete(hash, _clock.Now) ? 1 : 0;
            }

            return removed;
        });
        for (var round = 0; round < 200; round++)
        {
            // Before this put the file is older than the sweep's limit, after it it is not.
            _clock.Now += TimeSpan.FromSeconds(10);
            await Task.Delay(1);
            await _store.PutAsync(content, CancellationToken.None);
            var found = false;
            for (var look = 0; look < 100 && !found; look++)
            {
                // The sweep holds it aside for a moment while it looks.
                await using var read = _store.OpenRead(hash);
                found = read is not null;
            }

            Assert.True(found, $"lost in round {round}");
        }

        await stop.CancelAsync();
        Assert.True(await sweep > 0);
    }

    [Fact]
    public async Task What_interrupted_writes_left_is_removed_and_never_listed()
    {
        var left = Path.Combine(_folder, "incoming", "0123.new");
        await File.WriteAllTextAsync(left, "half");
        Assert.Empty(_store.List());
        Assert.Equal(0, _store.DeleteLeftovers(_clock.Now - TimeSpan.FromHours(1)));
        Assert.Equal(1, _store.DeleteLeftovers(_clock.Now + TimeSpan.FromHours(1)));
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void A_folder_that_browsers_reach_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() =>
            new FilePhotoStore(Path.Combine(AppPaths.WebRoot, "photos"), _clock)
        );
        Assert.False(AppPaths.Photos.StartsWith(AppPaths.WebRoot, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_photo_too_large_is_refused_after_the_limit_and_not_read_further()
    {
        using var intake = new PhotoIntake(_store);
        var endless = new EndlessStream();
        var problem = await Assert.ThrowsAsync<ProblemException>(() =>
            intake.ReceiveAsync(endless)
        );
        Assert.Equal(413, problem.Kind.Status);
        Assert.InRange(endless.Delivered, PhotoLimits.MaxBytes, PhotoLimits.MaxBytes + (1 << 17));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task A_received_photo_is_stored_without_its_metadata_and_the_same_picture_once()
    {
        using var intake = new PhotoIntake(_store);
        var exif = new ExifBlock();
        var first = await intake.ReceiveAsync(
            new MemoryStream(PhotoSamples.WithMetadata("baseline.jpg", exif.ToBytes()))
        );
        var second = await intake.ReceiveAsync(
            new MemoryStream(
                PhotoSamples.WithMetadata(
                    "baseline.jpg",
                    (exif with { Taken = "2020:01:01 00:00:00" }).ToBytes()
                )
            )
        );
        Assert.Equal(first.Hash, second.Hash);
        Assert.NotEqual(first.Photo.Capture.TakenAt, second.Photo.Capture.TakenAt);
        Assert.Equal(
            PhotoSamples.Picture("baseline.jpg"),
            await File.ReadAllBytesAsync(Assert.Single(Files()))
        );
    }

    private string[] Files() => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class EndlessStream : Stream
    {
        public long Delivered { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Delivered += count;
            return count;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) =>
            throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException();
    }
}
