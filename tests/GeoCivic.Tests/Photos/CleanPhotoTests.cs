using System.Text;
using GeoCivic.Photos;
using GeoCivic.Spatial;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace GeoCivic.Tests.Photos;

/// <summary>Photos keep their picture and lose everything else; place and time of capture are read first.</summary>
public sealed class CleanPhotoTests
{
    public static TheoryData<string> All =>
        [.. PhotoSamples.Jpegs, .. PhotoSamples.Webps, "rgb.png", "palette.png", "interlaced.png"];

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_but_the_picture_is_left(string name)
    {
        var exif = new ExifBlock { Offset = "+08:00" }.ToBytes();
        var planted = PhotoSamples.WithMetadata(name, exif);
        Assert.Contains(
            ImageMetadataReader.ReadMetadata(new MemoryStream(planted)),
            d => d is GpsDirectory
        );

        var photo = CleanPhoto.From(planted);

        var bytes = photo.Content.ToArray();
        var text = Encoding.Latin1.GetString(bytes);
        foreach (
            var word in new[]
            {
                PhotoSamples.Planted,
                "Exif",
                "EXIF",
                "eXIf",
                "xmp",
                "XMP",
                "8BIM",
                "ICC",
                "iCCP",
                "<script",
                "<html",
                "acTL",
            }
        )
        {
            Assert.DoesNotContain(word, text, StringComparison.Ordinal);
        }

        var left = ImageMetadataReader
            .ReadMetadata(new MemoryStream(bytes))
            .Select(d => d.Name)
            .Where(n =>
                n is not ("File Type" or "JPEG" or "JFIF" or "Huffman" or "Adobe JPEG" or "WebP")
            )
            .Where(n => n is not ("PNG-IHDR" or "PNG-PLTE" or "PNG-tRNS"));
        Assert.Empty(left);
        Assert.Equal(new LonLat(114.2581234, 30.6123456), photo.Capture.Place);
        Assert.Equal(
            new DateTimeOffset(2026, 3, 1, 8, 15, 30, TimeSpan.FromHours(8)),
            photo.Capture.TakenAt
        );
        Assert.False(photo.Capture.OffsetAssumed);
        Assert.Equal(6, photo.Capture.Orientation);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_picture_itself_is_untouched(string name)
    {
        var clean = PhotoSamples.Clean(name);
        var photo = CleanPhoto.From(PhotoSamples.WithMetadata(name, new ExifBlock().ToBytes()));
        // The samples hold nothing but a picture, so what is rebuilt from the planted one is the sample again.
        Assert.Equal(clean, photo.Content.ToArray());
        Assert.Equal(clean, CleanPhoto.From(clean).Content.ToArray());
        Assert.Equal(PhotoCapture.Unknown, CleanPhoto.From(clean).Capture);
    }

    [Theory]
    [InlineData("baseline.jpg", 40, 30)]
    [InlineData("progressive.jpg", 41, 29)]
    [InlineData("cmyk.jpg", 24, 16)]
    [InlineData("interlaced.png", 13, 11)]
    [InlineData("lossy.webp", 40, 30)]
    [InlineData("lossless.webp", 40, 30)]
    [InlineData("alpha.webp", 40, 30)]
    public void Width_and_height_are_read(string name, int width, int height)
    {
        var photo = CleanPhoto.From(PhotoSamples.Clean(name));
        Assert.Equal((width, height), (photo.Width, photo.Height));
        Assert.Equal(
            Path.GetExtension(name).Replace("jpg", "jpeg", StringComparison.Ordinal),
            photo.Format.MediaType().Replace("image/", ".", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Colour_of_four_inks_keeps_its_marker_and_nothing_of_its_maker()
    {
        var jpeg = PhotoSamples.Picture("cmyk.jpg");
        // Version and flags of the maker's program are written new; only the transform stays.
        (jpeg[12], jpeg[13], jpeg[14], jpeg[15]) = (9, 9, 9, 9);
        var content = CleanPhoto.From(jpeg).Content.ToArray();
        Assert.Equal<byte>(
            [0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 2],
            content[2..18]
        );
    }

    [Fact]
    public void A_thumbnail_in_the_first_segment_is_not_kept()
    {
        var jpeg = PhotoSamples.Picture("baseline.jpg");
        byte[] jfif = [.. "JFIF\0"u8, 1, 2, 1, 0, 72, 0, 72, 2, 2, .. "PLANTEDPIXEL"u8];
        var planted = (byte[])[.. jpeg[..2], .. PhotoSamples.Segment(0xE0, jfif), .. jpeg[20..]];
        Assert.Equal(jpeg, CleanPhoto.From(planted).Content.ToArray());
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    public void What_hides_behind_the_last_block_of_a_scan_is_left_out(string name)
    {
        var whole = PhotoSamples.Picture(name);
        var hidden = Encoding.ASCII.GetBytes(PhotoSamples.Html);
        Assert.Equal(
            whole,
            CleanPhoto.From([.. whole[..^2], .. hidden, 0xFF, 0xD9]).Content.ToArray()
        );
    }

    [Theory]
    [InlineData("2026:03:01 08:15:30", "-03:30", "2026-03-01T08:15:30-03:30", false)]
    [InlineData("2026:03:01 08:15:30", null, "2026-03-01T08:15:30+08:00", true)]
    [InlineData("2026:03:01 08:15:30", "+99:00", "2026-03-01T08:15:30+08:00", true)]
    [InlineData("2026:03:01 08:15:30", "local!", "2026-03-01T08:15:30+08:00", true)]
    [InlineData("0000:00:00 00:00:00", "+08:00", null, false)]
    [InlineData("2026:02:30 08:15:30", null, null, false)]
    [InlineData("1970:01:01 00:00:00", null, null, false)]
    [InlineData("yesterday", null, null, false)]
    public void The_time_of_capture_is_read_with_its_offset_or_as_beijing_time(
        string taken,
        string? offset,
        string? expected,
        bool assumed
    )
    {
        var capture = PhotoCapture.Read(new ExifBlock { Taken = taken, Offset = offset }.ToBytes());
        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected), capture.TakenAt);
        Assert.Equal(assumed, capture.OffsetAssumed);
        Assert.NotNull(capture.Place);
    }

    [Fact]
    public void Places_that_are_none_are_unknown()
    {
        Assert.Null(PhotoCapture.Read(new ExifBlock { Place = null }.ToBytes()).Place);
        Assert.Null(PhotoCapture.Read(new ExifBlock { Place = (0, 0) }.ToBytes()).Place);
        Assert.Null(PhotoCapture.Read(new ExifBlock { Place = (200, 30) }.ToBytes()).Place);
        Assert.Null(PhotoCapture.Read(new ExifBlock { Place = (114, 95) }.ToBytes()).Place);
        Assert.Null(PhotoCapture.Read(new ExifBlock { Denominator = 0 }.ToBytes()).Place);
        Assert.Equal(
            new LonLat(-43.5, -22.25),
            PhotoCapture.Read(new ExifBlock { Place = (-43.5, -22.25) }.ToBytes()).Place
        );
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    [InlineData(300, 1)]
    [InlineData(8, 8)]
    public void The_orientation_is_one_of_eight(int written, int read) =>
        Assert.Equal(
            read,
            PhotoCapture.Read(new ExifBlock { Orientation = written }.ToBytes()).Orientation
        );

    [Fact]
    public void Restart_markers_are_kept_in_order_only()
    {
        // One grey block of nothing, eight pixels, twice: DC difference 0 and end of block, one bit each.
        byte[] tables =
        [
            .. PhotoSamples.Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
            .. PhotoSamples.Segment(0xC4, [0x00, 1, .. new byte[15], 0]),
            .. PhotoSamples.Segment(0xC4, [0x10, 1, .. new byte[15], 0]),
            .. PhotoSamples.Segment(0xC0, [8, 0, 8, 0, 16, 1, 1, 0x11, 0]),
        ];
        byte[] interval = PhotoSamples.Segment(0xDD, [0, 1]);
        byte[] scan = PhotoSamples.Segment(0xDA, [1, 1, 0, 0, 63, 0]);
        byte[] right =
        [
            0xFF,
            0xD8,
            .. tables,
            .. interval,
            .. scan,
            0x3F,
            0xFF,
            0xD0,
            0x3F,
            0xFF,
            0xD9,
        ];
        Assert.Equal(right, CleanPhoto.From(right).Content.ToArray());
        var wrong = (byte[])right.Clone();
        wrong[^4] = 0xD1;
        PhotoRefusalTests.Refused(wrong, 422, "photo-damaged");
        PhotoRefusalTests.Refused(
            [0xFF, 0xD8, .. tables, .. scan, 0x3F, 0xFF, 0xD0, 0x3F, 0xFF, 0xD9],
            422,
            "photo-damaged"
        );
    }
}
