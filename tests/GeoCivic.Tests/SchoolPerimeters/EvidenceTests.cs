using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>The evidence sheet of a school and a venue of the demo, as JSON and as a document with its picture.</summary>
public sealed class EvidenceTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Pair = "school=S06&venue=V001&street=500103011";

    private static LonLat At(JsonElement place) =>
        new(place.GetProperty("lon").GetDouble(), place.GetProperty("lat").GetDouble());

    [Fact]
    public async Task It_holds_what_the_table_says_and_the_lines_behind_it()
    {
        using var answer = await demo.GetJsonAsync($"/api/perimeters/evidence?{Pair}");
        JsonElement sheet = answer.RootElement;
        using var table = await demo.GetJsonAsync($"/api/perimeters/compliance?{Pair}");
        var rows = table.RootElement.GetProperty("rows");
        Assert.True(rows.GetArrayLength() > 0);
        Assert.Equal(rows.GetRawText(), sheet.GetProperty("rows").GetRawText());

        var straight = sheet.GetProperty("straight_m").GetDouble();
        Assert.Equal(11.75, straight, 0.02);
        Assert.Equal(
            straight,
            Geodesic.Metres(At(sheet.GetProperty("wall")), At(sheet.GetProperty("door"))),
            0.001
        );
        // The wall's place lies on the wall.
        Assert.True(
            await demo.ScalarAsync<double>(
                "SELECT ST_Distance(ST_Boundary(geom)::geography, ST_Point(@x, @y, 4326)::geography) FROM schools WHERE code = 'S06'",
                ("x", At(sheet.GetProperty("wall")).Lon),
                ("y", At(sheet.GetProperty("wall")).Lat)
            ) < 0.001
        );
        var route = sheet.GetProperty("route");
        var metres = route.GetProperty("metres").GetDouble();
        Assert.Equal(rows[0].GetProperty("walking_m").GetDouble(), metres, 0.01);
        var path = route
            .GetProperty("path")
            .GetProperty("coordinates")
            .EnumerateArray()
            .Select(c => new LonLat(c[0].GetDouble(), c[1].GetDouble()))
            .ToList();
        Assert.Equal(
            metres,
            path.Zip(path.Skip(1)).Sum(p => Geodesic.Metres(p.First, p.Second)),
            0.01
        );
        var gate = Assert.Single(sheet.GetProperty("gates").EnumerateArray());
        Assert.Equal(At(gate), path[0]);
        Assert.Equal(
            Geodesic.Metres(path[0], path[^1]),
            gate.GetProperty("metres").GetDouble(),
            0.001
        );
        Assert.Equal("wgs84", sheet.GetProperty("datum").GetProperty("venue").GetString());
        Assert.Equal(1, sheet.GetProperty("versions").GetProperty("venue").GetInt32());
        Assert.Contains(
            "违规",
            sheet.GetProperty("wording").GetProperty("zh")[0].GetString()!,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "+08:00",
            sheet.GetProperty("made_at").GetString(),
            StringComparison.Ordinal
        );

        await demo.GetProblemAsync("/api/perimeters/evidence?school=S06", 400, "invalid-parameter");
        await demo.GetProblemAsync(
            "/api/perimeters/evidence?school=S06&venue=V999",
            404,
            "not-found"
        );
    }

    [Fact]
    public async Task A_venue_that_no_rule_covers_has_its_distances_and_no_verdict()
    {
        var code = await demo.ScalarAsync<string>(
            "SELECT code FROM venues WHERE category = 'hair_salon' ORDER BY code LIMIT 1"
        );
        using var answer = await demo.GetJsonAsync(
            $"/api/perimeters/evidence?school=S06&venue={code}"
        );
        Assert.Equal(0, answer.RootElement.GetProperty("rows").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, answer.RootElement.GetProperty("verdict").ValueKind);
        Assert.Equal("measured", answer.RootElement.GetProperty("walking").GetString());
        Assert.Contains(
            "没有适用的距离规定",
            answer.RootElement.GetProperty("wording").GetProperty("zh")[0].GetString()!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_document_is_sound_and_its_picture_shows_wall_way_and_zone()
    {
        using var response = await demo.Client.GetAsync(
            $"/api/perimeters/evidence?{Pair}&format=docx"
        );
        response.EnsureSuccessStatusCode();
        var bytes = await response.Content.ReadAsByteArrayAsync();
        using var document = WordprocessingDocument.Open(
            new MemoryStream(bytes),
            isEditable: false
        );
        Assert.Empty(
            new OpenXmlValidator(FileFormatVersions.Office2016)
                .Validate(document)
                .Select(e => $"{e.Path?.XPath} {e.Description}")
        );
        var text = document.MainDocumentPart!.Document!.Body!.InnerText;
        foreach (
            var part in (string[])
                ["11.75", "违规", "violating", "Legend", "S06-G1", "wgs84", "Wording"]
        )
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        var image = Assert.Single(document.MainDocumentPart.ImageParts);
        using var png = new MemoryStream();
        await using (var stream = image.GetStream())
        {
            await stream.CopyToAsync(png);
        }

        if (Environment.GetEnvironmentVariable("GEOCIVIC_EVIDENCE_PNG") is { Length: > 0 } file)
        {
            await File.WriteAllBytesAsync(file, png.ToArray());
        }

        var pixels = Pixels(png.ToArray());
        // Red to the wall, blue on foot, violet the zone, black symbols: solid pixels of each, and mostly paper and campus.
        foreach (
            var (colour, least) in (ReadOnlySpan<(int, int)>)
                [
                    (0xB3261E, 60),
                    (0x0B4A8F, 500),
                    (0x6A3D9A, 500),
                    (0x202020, 400),
                    (0xB4B4B4, 3000),
                ]
        )
        {
            Assert.InRange(pixels.Count(p => p == colour), least, pixels.Length / 4);
        }

        Assert.InRange(pixels.Count(p => p == 0xFFFFFF), pixels.Length / 3, pixels.Length - 1);
    }

    /// <summary>Reads an unfiltered PNG of true colours, with the checks a reader makes.</summary>
    private static int[] Pixels(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        int width = 0,
            height = 0;
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length; )
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var name = System.Text.Encoding.ASCII.GetString(png, at + 4, 4);
            if (name == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 8));
                height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at + 12));
            }
            else if (name == "IDAT")
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var plain = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionMode.Decompress))
        {
            zlib.CopyTo(plain);
        }

        var data = plain.ToArray();
        Assert.Equal(height * ((width * 3) + 1), data.Length);
        var pixels = new int[width * height];
        for (var y = 0; y < height; y++)
        {
            var row = y * ((width * 3) + 1);
            Assert.Equal(0, data[row]);
            for (var x = 0; x < width; x++)
            {
                var i = row + 1 + (x * 3);
                pixels[(y * width) + x] = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
            }
        }

        return pixels;
    }
}
