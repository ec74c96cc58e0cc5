using System.Text;
using GeoCivic.Http;
using GeoCivic.Photos;

namespace GeoCivic.Tests.Photos;

/// <summary>Whatever arrives is cleaned or refused; it never fails in another way, and never keeps what was planted.</summary>
public sealed class PhotoFuzzTests
{
    [Theory]
    [InlineData("baseline.jpg", 1)]
    [InlineData("progressive.jpg", 2)]
    [InlineData("cmyk.jpg", 3)]
    [InlineData("rgb.png", 4)]
    [InlineData("interlaced.png", 5)]
    [InlineData("lossy.webp", 6)]
    [InlineData("lossless.webp", 7)]
    [InlineData("alpha.webp", 8)]
    public void Damaged_photos_are_cleaned_or_refused(string name, int seed)
    {
        var random = new Random(seed);
        var whole = PhotoSamples.WithMetadata(name, new ExifBlock().ToBytes());
        var (cleaned, refused) = (0, 0);
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var flips = random.Next(1, 4); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) switch
                {
                    0 => (byte)random.Next(256),
                    1 => 0xFF,
                    _ => 0,
                };
            }

            if (round % 3 == 0)
            {
                bytes = bytes[..random.Next(bytes.Length)];
            }

            try
            {
                var photo = CleanPhoto.From(bytes);
                Assert.InRange(photo.Capture.Orientation, 1, 8);
                Assert.True(photo.Capture.Place is not { } p || Math.Abs(p.Lon) <= 180);
                Assert.Equal(
                    photo.Content.ToArray(),
                    CleanPhoto.From(photo.Content.ToArray()).Content.ToArray()
                );
                Assert.DoesNotContain(
                    PhotoSamples.Planted,
                    Encoding.Latin1.GetString(photo.Content.Span),
                    StringComparison.Ordinal
                );
                cleaned++;
            }
            catch (ProblemException e)
            {
                Assert.Contains(e.Kind, PhotoProblems.All);
                refused++;
            }
        }

        // The checksums of PNG let few changes pass.
        Assert.True(cleaned > 20 && refused > 100, $"{cleaned} cleaned, {refused} refused");
    }

    [Fact]
    public void Damaged_exif_never_refuses_a_photo()
    {
        var random = new Random(9);
        var whole = new ExifBlock { Offset = "+08:00" }.ToBytes();
        for (var round = 0; round < 5000; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var flips = random.Next(1, 6); flips > 0; flips--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var capture = PhotoCapture.Read(bytes[..random.Next(bytes.Length)]);
            Assert.InRange(capture.Orientation, 1, 8);
        }
    }
}
