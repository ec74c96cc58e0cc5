using System.Text;
using GeoCivic.Http;
using GeoCivic.Photos;

namespace GeoCivic.Tests.Photos;

/// <summary>What is not a whole photo of a known format is refused with the status that says why (quality A4, 78 to 84).</summary>
public sealed class PhotoRefusalTests
{
    [Theory]
    [InlineData("phone.heic")]
    [InlineData("phone.avif")]
    public void Phones_that_take_heic_are_told_how_to_switch(string name)
    {
        var problem = Refused(PhotoSamples.Picture(name), 415, "photo-heic");
        var hint = Assert.IsType<Dictionary<string, string>>(problem.Extensions["hint"]);
        Assert.Contains("最兼容", hint["zh"], StringComparison.Ordinal);
        Assert.Contains("Most Compatible", hint["en"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG")]
    [InlineData("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "SVG")]
    [InlineData("GIF89a\u0001\0\u0001\0\0\0\0;", "GIF")]
    [InlineData("%PDF-1.7 and more text", "PDF")]
    [InlineData("<!DOCTYPE html><html></html>", "unknown")]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0isommp41", "video")]
    public void Other_formats_are_refused_by_their_content(string text, string named)
    {
        var problem = Refused(Encoding.Latin1.GetBytes(text), 415, "photo-format");
        Assert.Contains($"({named})", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("\u00FF\u00D8\u00FF")]
    public void Next_to_nothing_is_damaged(string text) =>
        Refused(Encoding.Latin1.GetBytes(text), 422, "photo-damaged");

    [Fact]
    public void A_picture_of_50000_by_50000_is_refused_by_its_header_alone()
    {
        var png = PhotoSamples.Png(50_000, 50_000, 8, 2, data: PhotoSamples.Zlib(new byte[100]));
        Refused(png, 413, "photo-too-many-pixels");
        var jpeg = PhotoSamples.Picture("baseline.jpg");
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 6]) = (0xC3, 0x50);
        (jpeg[frame + 7], jpeg[frame + 8]) = (0xC3, 0x50);
        Refused(jpeg, 413, "photo-too-many-pixels");
        // A WebP picture ends at 16383; its canvas may claim more.
        Refused(
            PhotoSamples.Riff(
                PhotoSamples.RiffChunk("VP8X", [0, 0, 0, 0, 0x4F, 0xC3, 0, 0x4F, 0xC3, 0])
            ),
            413,
            "photo-too-many-pixels"
        );
    }

    [Fact]
    public void Fifty_million_pixels_are_taken_and_one_more_row_is_not()
    {
        var rows = new byte[(10_000 / 8 + 1) * 5_000];
        Assert.Equal(
            10_000,
            CleanPhoto
                .From(PhotoSamples.Png(10_000, 5_000, 1, 0, data: PhotoSamples.Zlib(rows)))
                .Width
        );
        Refused(
            PhotoSamples.Png(10_000, 5_001, 1, 0, data: PhotoSamples.Zlib(rows)),
            413,
            "photo-too-many-pixels"
        );
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("rgb.png")]
    [InlineData("palette.png")]
    [InlineData("interlaced.png")]
    [InlineData("lossy.webp")]
    [InlineData("lossless.webp")]
    [InlineData("alpha.webp")]
    public void A_photo_cut_off_anywhere_is_damaged(string name)
    {
        var whole = PhotoSamples.Clean(name);
        for (var length = 12; length < whole.Length; length++)
        {
            Refused(whole[..length], 422, "photo-damaged");
        }
    }

    [Theory]
    [InlineData("baseline.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("grey.jpg")]
    [InlineData("cmyk.jpg")]
    public void A_jpeg_whose_data_lack_bytes_is_damaged_although_it_has_its_end(string name)
    {
        var whole = PhotoSamples.Picture(name);
        // An end after half of the picture, as a phone writes whose memory is full.
        foreach (var missing in new[] { 4, 20, 60 })
        {
            Refused([.. whole[..^missing], 0xFF, 0xD9], 422, "photo-damaged");
        }
    }

    [Fact]
    public void Png_data_that_inflate_to_more_or_less_or_are_followed_by_more_are_damaged()
    {
        var rows = PhotoSamples.PngRows(new PngHeader(31, 17, 8, 2, false));
        Refused(Png(PhotoSamples.Zlib(rows[..^1])), 422, "photo-damaged");
        Refused(Png(PhotoSamples.Zlib([.. rows, 0])), 422, "photo-damaged");
        Refused(Png(PhotoSamples.Zlib([.. rows, .. new byte[10_000_000]])), 422, "photo-damaged");
        foreach (var behind in new[] { 1, 63, 64, 65, 9000 })
        {
            Refused(Png([.. PhotoSamples.Zlib(rows), .. new byte[behind]]), 422, "photo-damaged");
        }

        foreach (var missing in Enumerable.Range(1, 8))
        {
            Refused(Png(PhotoSamples.Zlib(rows)[..^missing]), 422, "photo-damaged");
        }

        rows[0] = 5;
        Refused(Png(PhotoSamples.Zlib(rows)), 422, "photo-damaged");

        static byte[] Png(byte[] data) => PhotoSamples.Png(31, 17, 8, 2, data: data);
    }

    [Fact]
    public void What_is_not_understood_is_refused_rather_than_kept()
    {
        var png = PhotoSamples.Clean("rgb.png");
        Refused(
            [.. png[..33], .. PhotoSamples.Chunk("Abcd", []), .. png[33..]],
            422,
            "photo-damaged"
        );
        var jpeg = PhotoSamples.Picture("baseline.jpg");
        // Arithmetic coding, a number of lines after the scan, reserved, a second start.
        foreach (byte marker in (byte[])[0xCC, 0xDC, 0x02, 0xC9, 0xD8, 0xF0])
        {
            Refused(
                [.. jpeg[..2], .. PhotoSamples.Segment(marker, [0, 0]), .. jpeg[2..]],
                422,
                "photo-damaged"
            );
        }

        // A quantization table with a passenger.
        byte[] table = [0, .. new byte[64], .. "PLANTED"u8];
        Refused(
            [.. jpeg[..2], .. PhotoSamples.Segment(0xDB, table), .. jpeg[2..]],
            422,
            "photo-damaged"
        );
    }

    [Fact]
    public void Animations_are_refused()
    {
        byte[] header = [0x02, 0, 0, 0, 39, 0, 0, 29, 0, 0];
        Refused(
            PhotoSamples.Riff([
                .. PhotoSamples.RiffChunk("VP8X", header),
                .. PhotoSamples.RiffChunk("ANIM", new byte[6]),
            ]),
            415,
            "photo-format"
        );
    }

    [Fact]
    public void Every_problem_of_photos_has_its_page() =>
        Assert.Empty(PhotoProblems.All.Except(Problems.All));

    internal static ProblemException Refused(byte[] content, int status, string code)
    {
        var problem = Assert.Throws<ProblemException>(() => CleanPhoto.From(content));
        Assert.Equal((status, code), (problem.Kind.Status, problem.Kind.Code));
        return problem;
    }
}
