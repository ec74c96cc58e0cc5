using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// Finds the encoding of a text file by proof, not by likelihood: a byte order mark, else strict UTF-8
/// over the whole file, else a refusal that says which encoding the bytes do read as.
/// </summary>
internal static class TextEncodings
{
    private const int BlockBytes = 128 * 1024;
    private const int PreviewBytes = 4 * 1024;
    private const int PreviewChars = 200;

    static TextEncodings() => Register();

    /// <summary>Makes the code pages known that .NET leaves out by default.</summary>
    internal static void Register() =>
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>GB 18030, which contains GBK and GB 2312; bytes that mean nothing throw.</summary>
    internal static Encoding Gb18030 => Strict(54936);

    /// <summary>The encoding of a file, every byte of it checked.</summary>
    /// <returns>The encoding, and the length of the byte order mark.</returns>
    /// <exception cref="SourceFileException">422 <c>encoding-unknown</c>, 400 <c>unknown-encoding-name</c>.</exception>
    internal static (Encoding Encoding, int BomBytes) Find(FileStream file, string? declared)
    {
        var (marked, bom) = Mark(file);
        if (marked is not null)
        {
            // The mark is part of the bytes; what was declared may only agree with it.
            if (
                declared is not null
                && ByName(declared) is var named
                && named.CodePage != marked.CodePage
                && !SameFamily(named, marked)
            )
            {
                throw Unreadable(
                    $"The file starts with the byte order mark of {marked.WebName}, but encoding {declared} was given.",
                    marked.WebName,
                    file,
                    marked
                );
            }
            Prove(file, bom, marked);
            return (marked, bom);
        }
        if (declared is not null)
        {
            var named = ByName(declared);
            Prove(file, 0, named);
            return (named, 0);
        }
        var utf8 = Strict(Encoding.UTF8.CodePage);
        if (LooksUtf16(file) is { } wide)
        {
            throw Unreadable(
                $"The file has no byte order mark and reads as {wide.WebName}. Pass --encoding {wide.WebName} to read it so, or save it as UTF-8.",
                wide.WebName,
                file,
                wide
            );
        }
        if (FirstBadByte(file, 0, utf8) is not { } bad)
        {
            return (utf8, 0);
        }
        if (FirstBadByte(file, 0, Gb18030) is null)
        {
            throw Unreadable(
                $"The file is not UTF-8 (byte {bad} cannot be read); all of it reads as GB18030. Pass --encoding gb18030 to read it so, or save it as UTF-8.",
                "gb18030",
                file,
                Gb18030
            );
        }
        throw Unreadable(
            $"The file is neither UTF-8 (byte {bad} cannot be read) nor GB18030. Save it as UTF-8, or pass --encoding with the encoding it is in.",
            null,
            file,
            null
        );
    }

    /// <summary>The encoding of a name; GBK and GB 2312 are read as GB 18030, of which they are part.</summary>
    internal static Encoding ByName(string name)
    {
        var plain = name.Trim().ToLowerInvariant();
        switch (plain)
        {
            case "gbk" or "gb2312" or "gb18030" or "cp936" or "936" or "ansi":
                return Gb18030;
            case "utf8":
                return Strict(Encoding.UTF8.CodePage);
            case "utf16":
                return Strict(Encoding.Unicode.CodePage);
            default:
                try
                {
                    return Strict(Encoding.GetEncoding(plain).CodePage);
                }
                catch (Exception e) when (e is ArgumentException or NotSupportedException)
                {
                    throw new SourceFileException(
                        400,
                        "unknown-encoding-name",
                        $"Encoding '{RowFault.Shorten(name)}' is not known. Use utf-8, gb18030, gbk, utf-16, utf-16be or big5.",
                        inner: e
                    );
                }
        }
    }

    /// <summary>Checks that every byte of the file is UTF-8.</summary>
    internal static bool IsUtf8(FileStream file, int skip) =>
        FirstBadByte(file, skip, Strict(Encoding.UTF8.CodePage)) is null;

    private static Encoding Strict(int codePage) =>
        codePage == Encoding.UTF8.CodePage
            ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
            : Encoding.GetEncoding(
                codePage,
                EncoderFallback.ExceptionFallback,
                DecoderFallback.ExceptionFallback
            );

    // "utf-16" means either order when a mark decides it.
    private static bool SameFamily(Encoding a, Encoding b) =>
        a.WebName.StartsWith("utf-16", StringComparison.Ordinal)
        && b.WebName.StartsWith("utf-16", StringComparison.Ordinal);

    private static (Encoding? Encoding, int Bytes) Mark(FileStream file)
    {
        Span<byte> start = stackalloc byte[4];
        file.Position = 0;
        var n = file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        return start[..n] switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Strict(Encoding.UTF8.CodePage), 3),
            [0xFF, 0xFE, 0, 0] => (Strict(Encoding.UTF32.CodePage), 4),
            [0xFF, 0xFE, ..] => (Strict(Encoding.Unicode.CodePage), 2),
            [0xFE, 0xFF, ..] => (Strict(Encoding.BigEndianUnicode.CodePage), 2),
            _ => (null, 0),
        };
    }

    // Text written as UTF-16 without a mark is full of zero bytes at one parity: ASCII separators and line ends.
    private static Encoding? LooksUtf16(FileStream file)
    {
        Span<byte> start = stackalloc byte[1024];
        file.Position = 0;
        var n = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) & ~1;
        file.Position = 0;
        int even = 0,
            odd = 0;
        for (var i = 0; i < n; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }
        if (even + odd < Math.Max(2, n / 10))
        {
            return null;
        }
        return even == 0 ? Strict(Encoding.Unicode.CodePage)
            : odd == 0 ? Strict(Encoding.BigEndianUnicode.CodePage)
            : null;
    }

    private static void Prove(FileStream file, int skip, Encoding encoding)
    {
        if (FirstBadByte(file, skip, encoding) is { } bad)
        {
            throw Unreadable(
                $"The file is not {encoding.WebName}: byte {bad} cannot be read.",
                null,
                file,
                null
            );
        }
    }

    /// <summary>The offset of the first byte that is not of the encoding (for others than UTF-8: of the block it is in), or null.</summary>
    private static long? FirstBadByte(FileStream file, int skip, Encoding encoding)
    {
        file.Position = skip;
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            return encoding.CodePage == Encoding.UTF8.CodePage
                ? FirstBadUtf8(file, block)
                : FirstBad(file, block, encoding.GetDecoder());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            file.Position = 0;
        }
    }

    private static long? FirstBadUtf8(FileStream file, byte[] block)
    {
        var kept = 0;
        long offset = file.Position;
        while (true)
        {
            var n = file.Read(block, kept, block.Length - kept);
            var length = kept + n;
            if (length == 0)
            {
                return null;
            }
            // A character cut by the end of the block waits for the next one.
            var whole = n == 0 ? length : length - CutTail(block.AsSpan(0, length));
            if (!Utf8.IsValid(block.AsSpan(0, whole)))
            {
                return offset + Valid(block.AsSpan(0, whole));
            }
            kept = length - whole;
            block.AsSpan(whole, kept).CopyTo(block);
            offset += whole;
            if (n == 0)
            {
                return null;
            }
        }
    }

    private static int CutTail(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var b = block[^back];
            if ((b & 0xC0) == 0x80)
            {
                continue;
            }
            var needs =
                b >= 0xF0 ? 4
                : b >= 0xE0 ? 3
                : b >= 0xC0 ? 2
                : 1;
            return needs > back ? back : 0;
        }
        return 0;
    }

    private static int Valid(ReadOnlySpan<byte> block)
    {
        var at = 0;
        while (
            at < block.Length
            && Rune.DecodeFromUtf8(block[at..], out _, out var n) == OperationStatus.Done
        )
        {
            at += n;
        }
        return at;
    }

    private static long? FirstBad(FileStream file, byte[] block, Decoder decoder)
    {
        var chars = ArrayPool<char>.Shared.Rent(BlockBytes * 2);
        try
        {
            while (true)
            {
                var start = file.Position;
                var n = file.Read(block, 0, BlockBytes);
                try
                {
                    decoder.GetChars(block.AsSpan(0, n), chars, flush: n == 0);
                }
                catch (DecoderFallbackException e)
                {
                    return Math.Max(0, start + e.Index);
                }
                if (n == 0)
                {
                    return null;
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static SourceFileException Unreadable(
        string detail,
        string? offered,
        FileStream file,
        Encoding? preview
    )
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (offered is not null && preview is not null)
        {
            extensions["encoding"] = offered;
            extensions["preview"] = Preview(file, preview);
        }
        return new SourceFileException(422, "encoding-unknown", detail, extensions);
    }

    /// <summary>The first line as the encoding reads it, for a person to judge.</summary>
    private static string Preview(FileStream file, Encoding encoding)
    {
        Span<byte> start = stackalloc byte[PreviewBytes];
        file.Position = 0;
        var n = file.ReadAtLeast(start, PreviewBytes, throwOnEndOfStream: false);
        file.Position = 0;
        var lenient = Encoding.GetEncoding(
            encoding.CodePage,
            EncoderFallback.ReplacementFallback,
            DecoderFallback.ReplacementFallback
        );
        var text = lenient.GetString(start[..n]).TrimStart('\uFEFF');
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var line = end >= 0 ? text[..end] : text;
        return line.Length > PreviewChars ? line[..PreviewChars] + "…" : line;
    }
}
