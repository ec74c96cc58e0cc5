using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GeoCivic.Imports.Reading;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>GeoPackages that are damaged, or made to do harm.</summary>
public sealed class HostileGeoPackageTests : IDisposable
{
    private const int PageBytes = 512;

    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Damaged_files_are_refused_as_damaged()
    {
        var whole = Points(200);
        var garbage = new byte[8000];
        new Random(20261122).NextBytes(garbage);
        foreach (var length in (int[])[16, 100, PageBytes, 5000, whole.Length - PageBytes])
        {
            AssertDamaged(whole[..length]);
        }

        AssertDamaged([.. whole[..100], .. garbage]);
        AssertDamaged([.. "SQLite format 3\0"u8, .. new byte[4096]]);
        var encrypted = _files.Refused("a.gpkg", garbage);
        Assert.Equal((415, "unsupported-format"), (encrypted.Status, encrypted.Code));
        Assert.Contains("encrypted", encrypted.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_bytes_in_a_file_never_break_the_reader()
    {
        var whole = Points(40);
        var random = new Random(20261122);
        var read = 0;
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var hurt = whole.ToArray();
            // The pages that are in use, and among them often the schema's.
            for (var n = random.Next(1, 12); n > 0; n--)
            {
                hurt[random.Next(random.Next(3) == 0 ? 4 * PageBytes : hurt.Length)] = (byte)
                    random.Next(256);
            }

            try
            {
                read += _files.Read("a.gpkg", hurt).Rows.Count;
            }
            catch (SourceFileException e)
            {
                refused++;
                Assert.InRange(e.Status, 400, 422);
            }
        }

        Assert.InRange(refused, 40, 380);
        Assert.InRange(read, 400, 16_000);
    }

    [Fact]
    public void A_table_whose_branches_lead_to_one_leaf_gives_its_rows_once()
    {
        using var file = Writer(200);
        var root = (int)file.Number("SELECT rootpage FROM sqlite_schema WHERE name = 'a'");
        var bytes = file.Bytes();
        Tree(bytes, root, child => 0, out var first);
        Tree(bytes, root, _ => first, out _);
        var refused = AssertDamaged(bytes);
        Assert.Contains("do not rise", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_has_no_end_is_given_up_after_its_time()
    {
        // Six storeys of branches, each forty times to the one below: four milliards of rows of which none is asked for.
        using var file = new GeoPackageWriter();
        file.Execute(
            "CREATE TABLE b (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO b SELECT zeroblob(100) FROM n;"
                + "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('t', 'tiles')"
        );
        var contents = (int)
            file.Number("SELECT rootpage FROM sqlite_schema WHERE name = 'gpkg_contents'");
        var spare = (int)file.Number("SELECT rootpage FROM sqlite_schema WHERE name = 'b'") + 20;
        var bytes = file.Bytes();
        Page(bytes, contents).CopyTo(Page(bytes, spare));
        for (var storey = 1; storey <= 6; storey++)
        {
            Branch(Page(bytes, storey == 6 ? contents : spare + storey), spare + storey - 1);
        }

        var clock = Stopwatch.StartNew();
        var refused = Assert.Throws<SourceFileException>(() =>
            _files.Read("a.gpkg", bytes, limits: new SourceLimits { MaxSecondsOfStep = 0.5 })
        );
        Assert.Equal("damaged-file", refused.Code);
        Assert.Contains("seconds", refused.Detail, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0.4, 10);
    }

    [Fact]
    public void Reading_can_be_called_off()
    {
        using var cancel = new CancellationTokenSource();
        using var reader = SourceFile.Open(
            _files.Write("a.gpkg", Points(20)),
            "a.gpkg",
            new SourceOptions()
        );
        var rows = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var _ in reader.ReadRows(cancel.Token))
            {
                if (++rows == 3)
                {
                    cancel.Cancel();
                }
            }
        });
        Assert.Equal(3, rows);
    }

    [Fact]
    public void What_a_schema_would_run_is_not_run()
    {
        // A column that is computed by a function which fails, an index whose order would call one, a trigger, a view.
        using var file = Writer(3);
        file.Execute(
            """
            DROP TRIGGER rtree_a_geom_insert;
            ALTER TABLE a ADD COLUMN boom TEXT AS (zeroblob(1000000000)) VIRTUAL;
            CREATE INDEX i ON a (name, geom, fid);
            CREATE VIEW w AS SELECT randomblob(1000000000);
            CREATE TRIGGER t AFTER UPDATE ON a BEGIN SELECT randomblob(1000000000); END;
            """
        );
        var read = _files.Read("a.gpkg", file.Bytes());
        Assert.Equal(["fid", "name"], read.Columns);
        Assert.Equal([1L, 2L, 3L], read.Rows.Select(r => r.Line));
    }

    [Fact]
    public void The_file_stays_as_it_was_nothing_is_left_beside_it_and_no_copy_remains()
    {
        var since = DateTime.UtcNow.AddSeconds(-1);
        using var file = Writer(50);
        file.Execute("PRAGMA journal_mode = WAL");
        var path = _files.Write("a.gpkg", file.Bytes());
        // A log and a journal beside it, which SQLite would take in and remove.
        string[] beside = ["a.gpkg-wal", "a.gpkg-journal", "a.gpkg-shm"];
        foreach (var name in beside)
        {
            _files.Write(name, Encoding.ASCII.GetBytes(name));
        }

        File.SetAttributes(path, FileAttributes.ReadOnly);
        var before = Folder();
        var read = SourceFiles.Open(path);
        Assert.Equal(50, read.Rows.Count);
        Assert.Contains(read.Notes, n => n.Contains("-wal", StringComparison.Ordinal));
        Assert.Equal(before, Folder());
        AssertDamaged(Points(200)[..5000]);

        // Other tests may be reading at this moment, but never for long.
        Assert.True(
            SpinWait.SpinUntil(
                () =>
                    !Directory
                        .EnumerateFiles(Path.GetTempPath(), "geocivic-gpkg-*")
                        .Any(f => File.GetCreationTimeUtc(f) > since),
                TimeSpan.FromSeconds(10)
            )
        );

        List<string> Folder() =>
            [
                .. Directory
                    .EnumerateFiles(Path.GetDirectoryName(path)!)
                    .Order(StringComparer.Ordinal)
                    .Select(f =>
                        $"{Path.GetFileName(f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))} {File.GetLastWriteTimeUtc(f):O}"
                    ),
            ];
    }

    private SourceFileException AssertDamaged(byte[] bytes)
    {
        var refused = _files.Refused("hurt.gpkg", bytes);
        Assert.Equal((422, "damaged-file"), (refused.Status, refused.Code));
        return refused;
    }

    private static byte[] Points(int count)
    {
        using var file = Writer(count);
        return file.Bytes();
    }

    private static GeoPackageWriter Writer(int count)
    {
        var file = new GeoPackageWriter();
        file.Layer(
            "a",
            "name TEXT",
            "POINT",
            rows:
            [
                .. Enumerable
                    .Range(1, count)
                    .Select(i =>
                        (object?[])
                            [
                                new Point(106.5 + (i / 1000.0), 29.5),
                                i.ToString(CultureInfo.InvariantCulture),
                            ]
                    ),
            ]
        );
        return file;
    }

    private static Span<byte> Page(byte[] file, int page) =>
        file.AsSpan((page - 1) * PageBytes, PageBytes);

    // Visits the children of an interior page of a table; those for which change gives a page are led there.
    private static void Tree(byte[] file, int page, Func<int, int> change, out int first)
    {
        var bytes = Page(file, page);
        Assert.Equal(5, bytes[0]);
        first = 0;
        for (var i = 0; i < BinaryPrimitives.ReadInt16BigEndian(bytes[3..]); i++)
        {
            var cell = bytes[BinaryPrimitives.ReadInt16BigEndian(bytes[(12 + (2 * i))..])..];
            var child = BinaryPrimitives.ReadInt32BigEndian(cell);
            first = first == 0 ? child : first;
            if (change(child) is var other and > 0)
            {
                BinaryPrimitives.WriteInt32BigEndian(cell, other);
            }
        }
    }

    // An interior page of a table with forty cells, all to one child.
    private static void Branch(Span<byte> page, int child)
    {
        const int Cells = 40;
        const int CellBytes = 5;
        page.Clear();
        page[0] = 5;
        BinaryPrimitives.WriteInt16BigEndian(page[3..], Cells);
        BinaryPrimitives.WriteInt16BigEndian(page[5..], PageBytes - (Cells * CellBytes));
        BinaryPrimitives.WriteInt32BigEndian(page[8..], child);
        for (var i = 0; i < Cells; i++)
        {
            var at = PageBytes - ((i + 1) * CellBytes);
            BinaryPrimitives.WriteInt16BigEndian(page[(12 + (2 * i))..], (short)at);
            BinaryPrimitives.WriteInt32BigEndian(page[at..], child);
            page[at + 4] = (byte)(i + 1);
        }
    }
}
