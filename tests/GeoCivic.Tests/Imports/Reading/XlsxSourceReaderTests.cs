using System.IO.Compression;
using System.Text;
using GeoCivic.Imports.Reading;
using static GeoCivic.Tests.Imports.Reading.XlsxBuilder;

namespace GeoCivic.Tests.Imports.Reading;

public sealed class XlsxSourceReaderTests : IDisposable
{
    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    private WholeFile Read(XlsxBuilder workbook, SourceLimits? limits = null) =>
        _files.Read("a.xlsx", workbook.Bytes(), limits: limits);

    private SourceFileException Refused(XlsxBuilder workbook, SourceLimits? limits = null) =>
        _files.Refused("a.xlsx", workbook.Bytes(), limits: limits);

    private static XlsxBuilder Table(params string[] rows) =>
        new XlsxBuilder().Sheet(string.Concat(rows));

    [Fact]
    public void Texts_numbers_and_truths_become_text()
    {
        var read = Read(
            Table(
                Row(1, "code", "name", "lon", "big", "t", "e"),
                Row(
                    2,
                    "P1",
                    "<c t=\"s\"><v>0</v></c>",
                    "<c><v>106.50000000000001</v></c>",
                    "<c><v>500103011012001</v></c>",
                    "<c t=\"b\"><v>1</v></c>",
                    null
                ),
                Row(3, null, null, null, null, null, null),
                Row(5, "P2", "b", "<c><v>1.38E+10</v></c>", "1.38E+10", null, "x")
            )
        );
        Assert.Equal(["code", "name", "lon", "big", "t", "e"], read.Columns);
        Assert.True(read.IsTable);
        Assert.Equal([2L, 5L], read.Rows.Select(r => r.Line));
        var row = read.Rows[0];
        Assert.Equal(
            ("shared 大溪沟", "106.50000000000001", "500103011012001", "true"),
            (row["name"], row["lon"], row["big"], row["t"])
        );
        Assert.Null(row["e"]);
        Assert.Empty(read.Notes);
    }

    [Fact]
    public void A4_64_merged_cells_are_expanded_down_and_right_with_a_note()
    {
        var read = Read(
            new XlsxBuilder().Sheet(
                Row(1, "community", "code", "a", "b")
                    + Row(2, "大溪沟", "P1", "x", null)
                    + Row(3, null, "P2", null, "y")
                    + Row(4, null, "P3", null, null)
                    + Row(6, null, null, null, null)
                    + Row(7, "人民村", "P4", null, null),
                """<mergeCells count="2"><mergeCell ref="A2:A6"/><mergeCell ref="C2:D2"/></mergeCells>"""
            )
        );
        Assert.Equal(
            "大溪沟 大溪沟 大溪沟 人民村",
            string.Join(' ', read.Rows.Select(r => r["community"]))
        );
        Assert.Equal(("x", "x"), (read.Rows[0]["a"], read.Rows[0]["b"]));
        Assert.Equal((null, "y"), (read.Rows[1]["a"], read.Rows[1]["b"]));
        Assert.Equal(["merged cells expanded: A2:A6, C2:D2"], read.Notes);
    }

    [Fact]
    public void A_merged_title_above_the_header_is_passed_over_with_a_note()
    {
        var read = Read(
            new XlsxBuilder().Sheet(
                Row(1, "大溪沟街道测评点位表") + Row(3, "编号", "名称") + Row(4, "P1", "菜市场"),
                """<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>"""
            )
        );
        Assert.Equal(["编号", "名称"], read.Columns);
        Assert.Equal(4, Assert.Single(read.Rows).Line);
        Assert.Equal(["row 1 taken as a title: 大溪沟街道测评点位表"], read.Notes);
    }

    [Fact]
    public void A_table_of_one_column_has_no_title()
    {
        var read = Read(Table(Row(1, "code"), Row(2, "P1"), Row(3, "P2")));
        Assert.Equal(["code"], read.Columns);
        Assert.Equal("P1 P2", string.Join(' ', read.Rows.Select(r => r["code"])));
        Assert.Equal("no-rows", Refused(Table(Row(1, "code"))).Code);
    }

    [Fact]
    public void A4_68_a_formula_is_read_as_its_result_and_text_like_one_stays_text()
    {
        var read = Read(
            Table(
                Row(1, "code", "name"),
                Row(2, "<c><f>1+1</f><v>2</v></c>", "=cmd|' /C calc'!A0"),
                Row(3, "<c t=\"str\"><f>CONCAT(\"a\",1)</f><v>a1</v></c>", "+1")
            )
        );
        Assert.Equal(("2", "=cmd|' /C calc'!A0"), (read.Rows[0]["code"], read.Rows[0]["name"]));
        Assert.Equal(("a1", "+1"), (read.Rows[1]["code"], read.Rows[1]["name"]));
    }

    [Fact]
    public void A4_69_a_code_shown_as_1_38E_10_is_whole_where_the_number_is_and_refused_where_it_is_text()
    {
        var read = Read(
            Table(
                Row(1, "code", "x"),
                Row(2, "<c><v>13812345678</v></c>", "a"),
                Row(3, "1.38E+10", "a"),
                Row(4, "<c><v>5.0010301101200102E+17</v></c>", "a")
            )
        );
        Assert.True(StrictCode.TryParse(read.Rows[0]["code"], out var code, out _));
        Assert.Equal("13812345678", code);
        Assert.All(
            read.Rows.Skip(1),
            r =>
            {
                Assert.False(StrictCode.TryParse(r["code"], out _, out var reason));
                Assert.Contains("scientific", reason, StringComparison.Ordinal);
            }
        );
    }

    [Theory]
    [InlineData(false, "46086", 1, "2026-03-05")]
    [InlineData(false, "46086.586805555555", 2, "2026-03-05T14:05:00")]
    [InlineData(false, "46086", 0, "46086")]
    [InlineData(true, "44624", 1, "2026-03-05")]
    [InlineData(true, "44624.586805555555", 2, "2026-03-05T14:05:00")]
    [InlineData(false, "0.58680555555555558", 3, "14:05:00")]
    [InlineData(false, "1", 4, "24:00:00")]
    [InlineData(false, "1.5", 4, "36:00:00")]
    [InlineData(false, "61", 1, "1900-03-01")]
    public void A4_70_serial_days_are_dates_where_the_cell_is_formatted_so(
        bool from1904,
        string serial,
        int style,
        string expected
    )
    {
        var workbook = new XlsxBuilder { From1904 = from1904 }.Sheet(
            Row(1, "code", "found_at") + Row(2, "P1", $"<c s=\"{style}\"><v>{serial}</v></c>")
        );
        var read = Read(workbook);
        Assert.Equal(expected, read.Rows[0]["found_at"]);
        Assert.Equal(from1904 ? ["1904 date system"] : [], read.Notes);
    }

    [Fact]
    public void A4_71_24_00_stays_as_it_is_and_is_refused_as_a_time()
    {
        var read = Read(
            Table(
                Row(1, "code", "found_at"),
                Row(2, "P1", "2026-03-05 24:00"),
                Row(3, "P2", "<c s=\"4\"><v>1</v></c>")
            )
        );
        Assert.False(StrictTimestamp.TryParse(read.Rows[0]["found_at"], out _, out var reason));
        Assert.Contains("hour 24", reason, StringComparison.Ordinal);
        Assert.False(StrictTimestamp.TryParse(read.Rows[1]["found_at"], out _, out _));
    }

    [Fact]
    public void A_cell_that_holds_an_error_is_a_row_error()
    {
        var read = Read(
            Table(
                Row(1, "code", "lon"),
                Row(2, "P1", "<c t=\"e\"><v>#N/A</v></c>"),
                Row(3, "P2", "1")
            )
        );
        Assert.Equal("lon", read.Rows[0].Fault?.Field);
        Assert.Contains("#N/A", read.Rows[0].Fault?.Reason, StringComparison.Ordinal);
        Assert.Null(read.Rows[1].Fault);
    }

    [Fact]
    public void The_first_visible_sheet_with_data_is_read_and_named()
    {
        var workbook = new XlsxBuilder()
            .Sheet(Row(1, "secret", "x") + Row(2, "a", "b"), name: "隐藏", state: "hidden")
            .Sheet("", name: "空")
            .Sheet(Row(2, "code", "name") + Row(3, "P1", "a"), name: "点位");
        var read = Read(workbook);
        Assert.Equal(["code", "name"], read.Columns);
        Assert.Equal(3, Assert.Single(read.Rows).Line);
        Assert.Equal(["sheet '点位' read, 2 others not"], read.Notes);
    }

    [Fact]
    public void A4_72_an_old_xls_is_refused_whatever_its_name()
    {
        byte[] ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];
        foreach (var name in new[] { "a.xls", "a.xlsx", "a.csv" })
        {
            var refused = _files.Refused(name, ole);
            Assert.Equal((415, "unsupported-format"), (refused.Status, refused.Code));
            Assert.Contains("save it as .xlsx", refused.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A4_72_an_encrypted_workbook_is_refused()
    {
        byte[] ole =
        [
            0xD0,
            0xCF,
            0x11,
            0xE0,
            0xA1,
            0xB1,
            0x1A,
            0xE1,
            .. new byte[600],
            .. Encoding.Unicode.GetBytes("EncryptedPackage"),
            .. new byte[100],
        ];
        var refused = _files.Refused("a.xlsx", ole);
        Assert.Equal((415, "encrypted-file"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("application/vnd.ms-excel.sheet.macroEnabled.main+xml", "macro-workbook")]
    [InlineData("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "macro-workbook")]
    [InlineData(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "unsupported-format"
    )]
    public void A4_72_workbooks_with_macros_and_other_documents_are_refused(
        string type,
        string code
    )
    {
        var refused = Refused(
            new XlsxBuilder { WorkbookType = type }.Sheet(Row(1, "a") + Row(2, "b"))
        );
        Assert.Equal((415, code), (refused.Status, refused.Code));
    }

    [Fact]
    public void A4_72_a_csv_named_xlsx_is_refused_and_an_xlsx_named_csv_is_read()
    {
        Assert.Equal(415, _files.Refused("a.xlsx", "code,name\nP1,a\n").Status);
        var read = _files.Read("a.csv", Table(Row(1, "code"), Row(2, "P1")).Bytes());
        Assert.Equal("P1", read.Rows[0]["code"]);
    }

    [Fact]
    public void A4_73_a_zip_bomb_is_refused_before_it_is_parsed()
    {
        var bomb = Table(Row(1, "code"), Row(2, "P1")).Part("xl/media/a.bin", new byte[64 << 20]);
        var refused = Refused(bomb);
        Assert.Equal((413, "archive-bomb"), (refused.Status, refused.Code));
        Assert.Equal(
            "archive-bomb",
            Refused(
                Table(Row(1, "code"), Row(2, "P1")),
                new SourceLimits { MaxXlsxInflatedBytes = 500 }
            ).Code
        );
        Assert.Equal(
            "archive-bomb",
            Refused(
                Table(Row(1, "code"), Row(2, "P1")),
                new SourceLimits { MaxXlsxEntries = 3 }
            ).Code
        );
        Assert.Equal(
            "archive-bomb",
            Refused(
                Table(Row(1, "code"), Row(2, "P1")),
                new SourceLimits { MaxXlsxSharedStringBytes = 10 }
            ).Code
        );
    }

    [Fact]
    public void A4_73_a_bomb_that_lies_about_its_size_is_refused()
    {
        var padded =
            "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">".PadRight(
                64 << 20
            ) + "</sst>";
        padded = padded[..((64 << 20) - 6)] + "</sst>";
        var bytes = new XlsxBuilder { SharedStrings = padded }
            .Sheet(Row(1, "code") + Row(2, "P1"))
            .Bytes();
        // The unpacked size in the local header and in the directory, made small.
        byte[] size = [0, 0, 0, 4];
        byte[] lie = [0, 4, 0, 0];
        var lies = 0;
        for (var at = bytes.AsSpan().IndexOf(size); at >= 0; at = bytes.AsSpan().IndexOf(size))
        {
            lie.CopyTo(bytes, at);
            lies++;
        }
        Assert.True(lies >= 1);
        var refused = _files.Refused("a.xlsx", bytes);
        Assert.True(refused.Code is "archive-bomb" or "damaged-file", refused.Code);
    }

    [Fact]
    public void A4_74_a_document_type_anywhere_in_the_package_is_refused()
    {
        const string xxe =
            """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&e;</t></si></sst>""";
        var refused = Refused(
            new XlsxBuilder { SharedStrings = xxe }.Sheet(
                Row(1, "code") + Row(2, "<c t=\"s\"><v>0</v></c>")
            )
        );
        Assert.Equal((400, "document-type"), (refused.Status, refused.Code));
        var elsewhere = Refused(
            Table(Row(1, "code"), Row(2, "P1"))
                .Part("docProps/app.xml", Encoding.UTF8.GetBytes("<!DOCTYPE a []><a/>"))
        );
        Assert.Equal(400, elsewhere.Status);
    }

    [Fact]
    public void A4_75_too_many_rows_are_refused_before_any_is_given()
    {
        var rows = string.Concat(Enumerable.Range(2, 30).Select(i => Row(i, $"P{i}", "a")));
        var workbook = Table(Row(1, "code", "name"), rows);
        Assert.Equal(30, Read(workbook, new SourceLimits { MaxXlsxRows = 30 }).Rows.Count);
        var path = _files.Write("b.xlsx", workbook.Bytes());
        var refused = Assert.Throws<SourceFileException>(() =>
            SourceFile.Open(
                path,
                "b.xlsx",
                new SourceOptions(Limits: new SourceLimits { MaxXlsxRows = 15 })
            )
        );
        Assert.Equal((413, "too-many-rows"), (refused.Status, refused.Code));
        Assert.Equal(
            "too-many-rows",
            Refused(workbook, new SourceLimits { MaxXlsxRows = 25 }).Code
        );
    }

    [Fact]
    public void A4_75_16384_columns_are_refused()
    {
        var cells = Enumerable.Range(0, 16_384).Select(i => $"c{i}").ToArray();
        var refused = Refused(Table(Row(1, cells), Row(2, cells)));
        Assert.Equal((413, "too-many-columns"), (refused.Status, refused.Code));
    }

    [Fact]
    public void A4_77_a_header_alone_is_refused()
    {
        Assert.Equal(
            (422, "no-rows"),
            (
                Refused(Table(Row(1, "code", "name"))).Status,
                Refused(Table(Row(1, "code", "name"))).Code
            )
        );
        Assert.Equal("empty-file", Refused(Table("")).Code);
    }

    [Fact]
    public void The_same_column_name_twice_is_refused() =>
        Assert.Equal(
            "duplicate-columns",
            Refused(Table(Row(1, "code", "code"), Row(2, "a", "b"))).Code
        );

    [Fact]
    public void A4_76_a_part_of_a_shapefile_or_an_unsafe_archive_is_refused_with_what_to_do()
    {
        var unsafeEntry = _files.Refused("b.zip", Zip("../../etc/passwd"));
        Assert.Equal((422, "unsafe-archive"), (unsafeEntry.Status, unsafeEntry.Code));
        Assert.Equal(415, _files.Refused("c.zip", Zip("readme.txt")).Status);
        Assert.Equal(415, _files.Refused("d.dbf", [0x03, 0x79, 1, 1, 0, 0, 0, 0]).Status);
        Assert.Equal(415, _files.Refused("e.shp", [0, 0, 0x27, 0x0A, 0, 0, 0, 0]).Status);
    }

    [Fact]
    public void Damaged_packages_are_refused()
    {
        var whole = Table(Row(1, "code"), Row(2, "P1")).Bytes();
        Assert.Equal(
            (422, "damaged-file"),
            (
                _files.Refused("a.xlsx", whole[..200]).Status,
                _files.Refused("a.xlsx", whole[..200]).Code
            )
        );
        Assert.Equal("damaged-file", Refused(Table("<row><c></row>")).Code);
    }

    [Theory]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("<kml></kml>", "XML")]
    public void Other_formats_are_refused_by_what_they_are(string content, string said)
    {
        var refused = _files.Refused("a.csv", content);
        Assert.Equal(415, refused.Status);
        Assert.Contains(said, refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaging_any_one_byte_never_escapes_as_another_exception()
    {
        var whole = Table(
                Row(1, "code", "name"),
                Row(2, "P1", "<c s=\"1\"><v>46086</v></c>"),
                Row(3, "P2", "<c t=\"s\"><v>0</v></c>")
            )
            .Bytes();
        var random = new Random(20260305);
        for (var i = 0; i < 400; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                _files.Read("a.xlsx", bytes);
            }
            catch (SourceFileException e)
            {
                Assert.Contains(e.Status, new[] { 400, 413, 415, 422 });
            }
        }
    }

    private static byte[] Zip(params string[] names)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var name in names)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write("x"u8);
            }
        }
        return memory.ToArray();
    }
}
