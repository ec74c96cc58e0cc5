using System.Text;
using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Imports.Reading;

public sealed class CsvSourceReaderTests : IDisposable
{
    private const string Header = "code,name,lon,lat\n";

    // 𠮷 and 㐂 take four bytes in GB 18030 and do not exist in GBK.
    private const string FourByte = "code,name\nP1,𠮷野街𬉼㐂\n";

    private readonly SourceFiles _files = new();

    static CsvSourceReaderTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Rows_come_with_their_line_and_values()
    {
        var read = _files.Read("a.csv", Header + "P1,菜市场,106.5,29.5\nP2,,106.6,29.6\n");
        Assert.Equal(["code", "name", "lon", "lat"], read.Columns);
        Assert.True(read.IsTable);
        Assert.Equal([2L, 3L], read.Rows.Select(r => r.Line));
        Assert.Equal("菜市场", read.Rows[0]["name"]);
        Assert.Null(read.Rows[1]["name"]);
        Assert.All(read.Rows, r => Assert.Null(r.Fault));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void The_separator_is_found(string separator)
    {
        var read = _files.Read(
            "a.csv",
            $"code;name;lon\nP1;大溪沟;106.5\n".Replace(";", separator)
        );
        Assert.Equal(["code", "name", "lon"], read.Columns);
        Assert.Equal("大溪沟", read.Rows[0]["name"]);
    }

    [Fact]
    public void Quotes_hold_separators_line_breaks_and_quotes_and_the_line_is_where_the_record_starts()
    {
        var read = _files.Read("a.csv", "code,name\r\nP1,\"a, \"\"b\"\"\nc\"\r\n\r\n,\r\nP2,d\r\n");
        Assert.Equal("a, \"b\"\nc", read.Rows[0]["name"]);
        Assert.Equal([2L, 6L], read.Rows.Select(r => r.Line));
    }

    [Fact]
    public void A4_60_a_byte_order_mark_is_not_part_of_the_first_name()
    {
        var read = _files.Read(
            "a.csv",
            [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Header + "P1,a,1,2\n")]
        );
        Assert.Equal("code", read.Columns[0]);
        Assert.Equal("P1", read.Rows[0]["code"]);
    }

    [Theory]
    [InlineData("gb18030")]
    [InlineData("gbk")]
    [InlineData("GB2312")]
    public void A4_61_GB18030_is_read_without_loss_its_four_byte_characters_included(
        string declared
    )
    {
        var bytes = Encoding.GetEncoding(54936).GetBytes(FourByte);
        var read = _files.Read("a.csv", bytes, declared);
        Assert.Equal("𠮷野街𬉼㐂", read.Rows[0]["name"]);
    }

    [Fact]
    public void A4_61_four_byte_characters_are_whole_at_every_block_boundary()
    {
        var text = new StringBuilder("code,name\n");
        for (var i = 0; i < 40_000; i++)
        {
            text.Append('P').Append(i).Append(",𠮷").Append('x', i % 7).Append('㐂').Append('\n');
        }
        var read = _files.Read(
            "a.csv",
            Encoding.GetEncoding(54936).GetBytes(text.ToString()),
            "gb18030"
        );
        Assert.Equal(40_000, read.Rows.Count);
        Assert.All(
            read.Rows,
            r => Assert.Equal("𠮷" + new string('x', (int)((r.Line - 2) % 7)) + "㐂", r["name"])
        );
    }

    [Fact]
    public void A4_62_GBK_without_a_declared_encoding_is_refused_and_the_encoding_offered()
    {
        var bytes = Encoding.GetEncoding(936).GetBytes("编码,名称\nP1,大溪沟\n");
        var refused = _files.Refused("a.csv", bytes);
        Assert.Equal((422, "encoding-unknown"), (refused.Status, refused.Code));
        Assert.Contains("--encoding gb18030", refused.Detail, StringComparison.Ordinal);
        Assert.Equal("gb18030", refused.Extensions["encoding"]);
        Assert.Equal("编码,名称", refused.Extensions["preview"]);
    }

    [Fact]
    public void A4_62_a_single_bad_byte_deep_in_a_UTF8_file_is_found_before_the_first_row()
    {
        var bytes = Encoding.UTF8.GetBytes(
            Header
                + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"P{i},街道,106,29\n"))
                + "X,?,1,2\n"
        );
        bytes[^6] = 0xFF;
        var refused = _files.Refused("a.csv", bytes);
        Assert.Equal("encoding-unknown", refused.Code);
        Assert.Contains($"byte {bytes.Length - 6}", refused.Detail, StringComparison.Ordinal);
        Assert.Contains("neither", refused.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1200)]
    [InlineData(1201)]
    public void UTF16_is_read_by_its_mark_and_offered_without_one(int codePage)
    {
        var encoding = Encoding.GetEncoding(codePage);
        var body = encoding.GetBytes("code,name\nP1,大溪沟𠮷\n");
        var read = _files.Read("a.csv", [.. encoding.GetPreamble(), .. body]);
        Assert.Equal("大溪沟𠮷", read.Rows[0]["name"]);
        var refused = _files.Refused("b.csv", body);
        Assert.Equal("encoding-unknown", refused.Code);
        Assert.Equal(encoding.WebName, refused.Extensions["encoding"]);
        Assert.Equal("P1", _files.Read("c.csv", body, encoding.WebName).Rows[0]["code"]);
    }

    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("code\nP1\n")]
    [InlineData("code,n\nP1,a\0\n")]
    public void A_short_file_is_not_taken_for_UTF16(string content) =>
        Assert.Single(_files.Read("a.csv", content).Rows);

    [Fact]
    public void A_declared_encoding_that_the_bytes_contradict_is_refused()
    {
        Assert.Equal(
            "encoding-unknown",
            _files.Refused("a.csv", [0x61, 0x2C, 0x62, 0x0A, 0xFF, 0xFF], "utf-8").Code
        );
        var marked = _files.Refused("b.csv", [0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0x62, 0x0A], "gb18030");
        Assert.Equal("encoding-unknown", marked.Code);
        Assert.Equal(
            "unknown-encoding-name",
            _files.Refused("c.csv", "a\nb\n"u8.ToArray(), "klingon").Code
        );
    }

    [Fact]
    public void A4_63_NUL_is_a_row_error()
    {
        var read = _files.Read("a.csv", Header + "P1,a\0b,1,2\nP2,c,1,2\n");
        Assert.Equal("name", read.Rows[0].Fault?.Field);
        Assert.Contains("NUL", read.Rows[0].Fault?.Reason, StringComparison.Ordinal);
        Assert.Equal("a␀b", read.Rows[0].Fault?.Value);
        Assert.Null(read.Rows[1].Fault);
    }

    [Fact]
    public void A4_67_headers_are_given_as_they_are_for_the_mapping()
    {
        var read = _files.Read("a.csv", "点位编号, 经度 ,纬度\nP1,106.5,29.5\n");
        Assert.Equal(["点位编号", "经度", "纬度"], read.Columns);
        Assert.Equal("106.5", read.Rows[0]["经度"]);
    }

    [Fact]
    public void A4_68_a_formula_stays_text()
    {
        var read = _files.Read("a.csv", "code,name\nP1,=cmd|' /C calc'!A0\n");
        Assert.Equal("=cmd|' /C calc'!A0", read.Rows[0]["name"]);
        Assert.Null(read.Rows[0].Fault);
    }

    [Fact]
    public void A4_77_a_header_alone_is_refused()
    {
        var refused = _files.Refused("a.csv", Header);
        Assert.Equal((422, "no-rows"), (refused.Status, refused.Code));
        Assert.Equal("no-rows", _files.Refused("b.csv", Header + "\n,,,\n").Code);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        Assert.Equal(
            (422, "empty-file"),
            (_files.Refused("a.csv", "").Status, _files.Refused("a.csv", "").Code)
        );
        Assert.Equal("empty-file", _files.Refused("b.csv", "\n\n").Code);
        Assert.Equal("empty-file", _files.Refused("c.csv", [0xEF, 0xBB, 0xBF]).Code);
    }

    [Fact]
    public void The_same_column_name_twice_is_refused()
    {
        var refused = _files.Refused("a.csv", "code,name, code \nP1,a,b\n");
        Assert.Equal((422, "duplicate-columns"), (refused.Status, refused.Code));
        Assert.Contains("'code' twice (columns 1 and 3)", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_without_a_name_is_noted()
    {
        var read = _files.Read("a.csv", "code,,name\nP1,x,a\n");
        Assert.Equal(["code", "column 2", "name"], read.Columns);
        Assert.Equal(["column 2 has no name in the header"], read.Notes);
    }

    [Fact]
    public void Rows_with_too_few_or_too_many_values_are_refused_by_row()
    {
        var read = _files.Read("a.csv", Header + "P1,a,1\nP2,a,1,2,3\nP3,a,1,2\nP4,a,1,2,,\n");
        Assert.Contains(
            "3 values for 4 columns; the first missing one is 'lat'",
            read.Rows[0].Fault?.Reason,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "5 values for 4 columns",
            read.Rows[1].Fault?.Reason,
            StringComparison.Ordinal
        );
        Assert.True(read.Rows[0].Fault?.Malformed);
        Assert.Null(read.Rows[2].Fault);
        Assert.Null(read.Rows[3].Fault);
    }

    [Fact]
    public void A_quote_that_is_not_closed_refuses_the_file_and_says_where_it_opens()
    {
        var refused = _files.Refused("a.csv", Header + "P1,a,1,2\nP2,\"b,1,2\nP3,c,1,2\n");
        Assert.Equal((422, "unclosed-quote"), (refused.Status, refused.Code));
        Assert.Equal(3L, refused.Extensions["line"]);
    }

    [Fact]
    public void A_quote_that_is_not_closed_in_a_large_file_does_not_read_it_all()
    {
        var text =
            "code,name\nP1,\"b\n"
            + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"P{i},c\n"));
        var refused = _files.Refused("a.csv", text, new SourceLimits { MaxFieldChars = 20_000 });
        Assert.Equal("unclosed-quote", refused.Code);
        Assert.Equal(2L, refused.Extensions["line"]);
    }

    [Fact]
    public void Text_after_a_closing_quote_is_a_row_error()
    {
        var read = _files.Read("a.csv", "code,name\nP1,\"a\"b\nP2,c\n");
        Assert.Contains("closing quote", read.Rows[0].Fault?.Reason, StringComparison.Ordinal);
        Assert.Null(read.Rows[1].Fault);
    }

    [Fact]
    public void A_value_over_the_limit_is_a_row_error()
    {
        var read = _files.Read(
            "a.csv",
            $"code,name\nP1,{new string('x', 101)}\nP2,b\n",
            limits: new SourceLimits { MaxFieldChars = 100 }
        );
        Assert.Contains("longer than 100", read.Rows[0].Fault?.Reason, StringComparison.Ordinal);
        Assert.Null(read.Rows[1].Fault);
    }

    [Fact]
    public void A4_75_more_columns_than_allowed_are_refused()
    {
        var header = string.Join(',', Enumerable.Range(0, 16_385).Select(i => $"c{i}"));
        var refused = _files.Refused("a.csv", header + "\n" + header + "\n");
        Assert.Equal((413, "too-many-columns"), (refused.Status, refused.Code));
    }

    [Fact]
    public void A_file_over_the_size_limit_is_refused()
    {
        var refused = _files.Refused(
            "a.csv",
            Header + "P1,a,1,2\n",
            new SourceLimits { MaxFileBytes = 10 }
        );
        Assert.Equal((413, "file-too-large"), (refused.Status, refused.Code));
    }

    [Fact]
    public void Progress_reaches_the_end()
    {
        var path = _files.Write("a.csv", Encoding.UTF8.GetBytes(Header + "P1,a,1,2\nP2,a,1,2\n"));
        using var reader = SourceFile.Open(path, "a.csv", new SourceOptions());
        Assert.Equal(2, reader.ReadRows(CancellationToken.None).Count());
        Assert.Equal(1, reader.Progress);
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        var path = _files.Write("a.csv", Encoding.UTF8.GetBytes(Header + "P1,a,1,2\nP2,a,1,2\n"));
        using var reader = SourceFile.Open(path, "a.csv", new SourceOptions());
        Assert.Throws<OperationCanceledException>(() =>
            reader.ReadRows(new CancellationToken(canceled: true)).Count()
        );
    }
}
