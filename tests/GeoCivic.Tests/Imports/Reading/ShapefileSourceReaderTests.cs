using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>Zipped shapefiles: one written by GDAL 3.6.2, others made here by the format's description.</summary>
public sealed class ShapefileSourceReaderTests : IDisposable
{
    // Two schools, one of two areas with a hole in the first; names of columns and texts in GBK, said so by the .cpg.
    private const string ByGdal = """
        UEsDBBQAAAAIAHMfdl15U0tnqwAAAAwCAAAHAAAAdHdvLnNocGNgUOdiwAoY2V4wMzCwAlnGILA4yqH/0FeNmH5bh2nO3TnPgXzZ
        qBTr+0A+A2HACMRTsJn1qy5rTwmSWUArGfihmkDqubDogfFhesRvnvsejIWPrh7GXyMDVAjkF2dMfFsD5M97v/yYNxa+5ZYTZfuQ
        1KPzYeo5QAJI5sP4YXy6m+Yi+RGdj64exgd6mQmILUD+X1Jgy3UdS9jDzAIFLAs0vAiphfFh8ujqAVBLAwQUAAAACABzH3Zd1JSo
        73UAAAAkAgAABwAAAHR3by5kYmZjruMWY2JgYFjIcJABG9j44NBrKNMZRASgyR/+vfkYXvlnu/9CmX4gQoIfVX7vis0noUwXEMGB
        pp9XIdhQgapgy+fzq3ZuvbDw4nLqmWloZGyiZ2qAAgwtLS0MLA0MFYKNqOuBE6d3nd17jXoe0MIBYB6RAgBQSwMEFAAAAAgAcx92
        XVV/Q695AAAAkQAAAAcAAAB0d28ucHJqc3f1d3cOjlYCEvHh7sHxhpYWJko6Lo4hob7RSi5IQsEBHq5B/p4u0UoIMTNjcwtDY3M9
        Ax0jSws9I1NzIyNjUzPj2FidgCBPX1egCe5Fqal55ZnJGUo6BnoGsTqhfp4hQHNT04HiYCFDcxNTYyNLI1NDS0sTY6BWAFBLAwQU
        AAAACABzH3ZdyPfVqQUAAAADAAAABwAAAHR3by5jcGdzd/IGAFBLAQIUAxQAAAAIAHMfdl15U0tnqwAAAAwCAAAHAAAAAAAAAAAA
        AACkgQAAAAB0d28uc2hwUEsBAhQDFAAAAAgAcx92XdSUqO91AAAAJAIAAAcAAAAAAAAAAAAAAKSB0AAAAHR3by5kYmZQSwECFAMU
        AAAACABzH3ZdVX9Dr3kAAACRAAAABwAAAAAAAAAAAAAApIFqAQAAdHdvLnByalBLAQIUAxQAAAAIAHMfdl3I99WpBQAAAAMAAAAH
        AAAAAAAAAAAAAACkgQgCAAB0d28uY3BnUEsFBgAAAAAEAAQA1AAAADICAAAAAA==
        """;

    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_shapefile_of_another_program_is_read_with_its_Chinese_columns()
    {
        var read = _files.Read(
            "学校.zip",
            Convert.FromBase64String(
                ByGdal.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            )
        );
        Assert.Equal(["编码", "名称", "面积", "建成"], read.Columns);
        Assert.Equal(2, read.Rows.Count);
        var (first, second) = (read.Rows[0], read.Rows[1]);
        Assert.Null(first.Fault);
        Assert.Equal(
            (1L, "S1", "大溪沟小学"),
            (first.Line, first.Fields["编码"], first.Fields["名称"])
        );
        Assert.Equal(
            1234.5,
            double.Parse(first.Fields["面积"]!, System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.Equal("1998-09-01", first.Fields["建成"]);
        var areas = Assert.IsType<MultiPolygon>(first.Geometry);
        Assert.Equal(2, areas.NumGeometries);
        Assert.Equal(1, areas.Geometries.Sum(g => ((Polygon)g).NumInteriorRings));
        Assert.Equal((0.002 * 0.002) - (0.001 * 0.001) + (0.001 * 0.001), areas.Area, 1e-12);
        Assert.Null(second.Fault);
        Assert.Null(second.Fields["面积"]);
        Assert.IsType<Polygon>(second.Geometry);
    }

    [Fact]
    public void Texts_without_a_word_on_their_encoding_are_proven_or_refused()
    {
        var utf8 = _files.Read("a.zip", Points(Encoding.UTF8, null, (106.55, 29.56, "大溪沟")));
        Assert.Equal("大溪沟", Assert.Single(utf8.Rows).Fields["name"]);

        var gbk = Points(Gbk, null, (106.55, 29.56, "大溪沟"));
        var refused = _files.Refused("b.zip", gbk);
        Assert.Equal((422, "encoding-unknown"), (refused.Status, refused.Code));
        Assert.Contains("gb18030", refused.Detail, StringComparison.Ordinal);
        Assert.Equal("大溪沟", Assert.Single(_files.Read("c.zip", gbk, "gbk").Rows).Fields["name"]);
        Assert.Equal(
            "大溪沟",
            Assert.Single(_files.Read("d.zip", Points(Gbk, "936", (1, 2, "大溪沟"))).Rows).Fields[
                "name"
            ]
        );
    }

    [Fact]
    public void Rings_of_the_wrong_direction_and_deleted_rows_are_understood_and_bad_rows_named()
    {
        double[][] outer =
        [
            [0, 0],
            [4, 0],
            [4, 4],
            [0, 4],
            [0, 0],
        ];
        double[][] inner =
        [
            [1, 1],
            [2, 1],
            [2, 2],
            [1, 2],
            [1, 1],
        ];
        var read = _files.Read(
            "a.zip",
            Zip(
                (
                    "x.shp",
                    Shp(
                        5,
                        Area(outer, inner),
                        Area(outer),
                        Area(outer),
                        Area([
                            [0, 0],
                            [1, 0],
                            [1, double.NaN],
                            [0, 0],
                        ]),
                        Cut(Area(outer))
                    )
                ),
                ("x.dbf", Dbf(Encoding.UTF8, "a", "*gone", "c", "d", "e"))
            )
        );
        Assert.Equal([1L, 3L, 4L, 5L], read.Rows.Select(r => r.Line));
        Assert.Equal(1, Assert.IsType<Polygon>(read.Rows[0].Geometry).NumInteriorRings);
        Assert.Equal("c", read.Rows[1].Fields["name"]);
        Assert.Equal("geometry", read.Rows[2].Fault?.Field);
        Assert.True(read.Rows[3].Fault?.Malformed);
    }

    [Fact]
    public void Archives_that_are_not_one_whole_layer_are_refused_with_what_to_do()
    {
        var shp = Shp(1, Point(1, 2));
        var dbf = Dbf(Encoding.UTF8, "a");
        Assert.Equal("incomplete-shapefile", _files.Refused("a.zip", Zip(("x.shp", shp))).Code);
        Assert.Equal("incomplete-shapefile", _files.Refused("b.zip", Zip(("x.dbf", dbf))).Code);
        Assert.Equal(
            "incomplete-shapefile",
            _files.Refused("c.zip", Zip(("x.shp", shp), ("y.dbf", dbf))).Code
        );
        Assert.Equal(
            "several-layers",
            _files.Refused("d.zip", Zip(("x.shp", shp), ("x.dbf", dbf), ("y.shp", shp))).Code
        );
        var two = Zip(
            ("x.shp", shp),
            ("x.dbf", dbf),
            ("y.shp", Shp(1, Point(3, 4))),
            ("y.dbf", dbf)
        );
        Assert.Equal(
            new Coordinate(3, 4),
            _files.Read("d.zip", two, layer: "y").Rows.Single().Geometry!.Coordinate
        );
        var unknown = _files.Refused("d.zip", two, layer: "z");
        Assert.Equal("unknown-layer", unknown.Code);
        Assert.Equal(["x", "y"], (List<string>)unknown.Extensions["layers"]!);
        Assert.Equal(
            "damaged-file",
            _files.Refused("e.zip", Zip(("x.shp", shp[..^3]), ("x.dbf", dbf))).Code
        );
        Assert.Equal(
            "damaged-file",
            _files.Refused("f.zip", Zip(("x.shp", shp), ("x.dbf", dbf[..40]))).Code
        );
        Assert.Equal(
            "damaged-file",
            _files
                .Refused("g.zip", Zip(("x.shp", shp), ("x.dbf", Dbf(Encoding.UTF8, "a", "b"))))
                .Code
        );
        Assert.Equal(
            "no-rows",
            _files.Refused("h.zip", Zip(("x.shp", Shp(1)), ("x.dbf", Dbf(Encoding.UTF8)))).Code
        );
        Assert.Equal(
            "unsupported-geometry",
            _files.Refused("i.zip", Zip(("x.shp", Shp(31)), ("x.dbf", dbf))).Code
        );
    }

    [Fact]
    public void Random_bytes_in_the_parts_never_break_the_reader()
    {
        var random = new Random(20261122);
        var whole = Shp(
            5,
            Area([
                [0, 0],
                [4, 0],
                [4, 4],
                [0, 0],
            ]),
            Area([
                [5, 5],
                [6, 5],
                [6, 6],
                [5, 5],
            ])
        );
        var table = Dbf(Encoding.UTF8, "a", "b");
        var read = 0;
        for (var i = 0; i < 600; i++)
        {
            var (shp, dbf) = (whole.ToArray(), table.ToArray());
            var hurt = random.Next(2) == 0 ? shp : dbf;
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                hurt[random.Next(hurt.Length)] = (byte)random.Next(256);
            }

            try
            {
                read += _files.Read("x.zip", Zip(("x.shp", shp), ("x.dbf", dbf))).Rows.Count;
            }
            catch (GeoCivic.Imports.Reading.SourceFileException e)
            {
                Assert.InRange(e.Status, 400, 422);
            }
        }

        Assert.InRange(read, 30, 1200);
    }

    private static Encoding Gbk
    {
        get
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(936);
        }
    }

    private static byte[] Points(
        Encoding encoding,
        string? page,
        params (double X, double Y, string Name)[] places
    )
    {
        (string, byte[])[] parts =
        [
            ("x.shp", Shp(1, [.. places.Select(p => Point(p.X, p.Y))])),
            ("x.dbf", Dbf(encoding, [.. places.Select(p => p.Name)])),
        ];
        return Zip(page is null ? parts : [.. parts, ("x.cpg", Encoding.ASCII.GetBytes(page))]);
    }

    internal static byte[] Zip(params (string Name, byte[] Bytes)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in parts)
            {
                using var part = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                part.Write(bytes);
            }
        }

        return file.ToArray();
    }

    internal static byte[] Shp(int type, params byte[][] shapes)
    {
        var file = new byte[100];
        BinaryPrimitives.WriteInt32BigEndian(file, 9994);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), 1000);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(32), type);
        var number = 0;
        foreach (var shape in shapes)
        {
            var header = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(header, ++number);
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), shape.Length / 2);
            file = [.. file, .. header, .. shape];
        }

        return file;
    }

    private static byte[] Point(double x, double y) =>
        [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(x), .. BitConverter.GetBytes(y)];

    internal static byte[] Area(params double[][][] rings)
    {
        var starts = new List<byte>();
        var places = new List<byte>();
        var count = 0;
        foreach (var ring in rings)
        {
            starts.AddRange(BitConverter.GetBytes(count));
            foreach (var place in ring)
            {
                places.AddRange(BitConverter.GetBytes(place[0]));
                places.AddRange(BitConverter.GetBytes(place[1]));
                count++;
            }
        }

        return
        [
            .. BitConverter.GetBytes(5),
            .. new byte[32],
            .. BitConverter.GetBytes(rings.Length),
            .. BitConverter.GetBytes(count),
            .. starts,
            .. places,
        ];
    }

    // Says more places than there are.
    private static byte[] Cut(byte[] shape) => shape[..^16];

    // One text column; a name that begins with * is marked as deleted.
    internal static byte[] Dbf(Encoding encoding, params string[] names)
    {
        const int Width = 20;
        var header = new byte[32 + 32 + 1];
        header[0] = 3;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), names.Length);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(8), (short)header.Length);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(10), 1 + Width);
        "name"u8.CopyTo(header.AsSpan(32));
        header[32 + 11] = (byte)'C';
        header[32 + 16] = Width;
        header[^1] = 0x0D;
        var file = new List<byte>(header);
        foreach (var name in names)
        {
            var record = new byte[1 + Width];
            record.AsSpan().Fill((byte)' ');
            record[0] = name.StartsWith('*') ? (byte)'*' : (byte)' ';
            encoding.GetBytes(name.TrimStart('*')).CopyTo(record, 1);
            file.AddRange(record);
        }

        return [.. file];
    }
}
