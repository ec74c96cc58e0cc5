using System.IO.Compression;

namespace GeoCivic.Photos;

/// <summary>Inflates the picture data of a PNG to prove that they are whole and hold nothing else.</summary>
internal static class PngPixels
{
    // Adam7: first column, first row, column step, row step of each pass.
    private static readonly (int X, int Y, int Dx, int Dy)[] Passes =
    [
        (0, 0, 8, 8),
        (4, 0, 8, 8),
        (0, 4, 4, 8),
        (2, 0, 4, 4),
        (0, 2, 2, 4),
        (1, 0, 2, 2),
        (0, 1, 1, 2),
    ];

    /// <summary>Refuses data that inflate to less or more than the header's picture.</summary>
    public static void Check(PngHeader header, IReadOnlyList<ReadOnlyMemory<byte>> data)
    {
        var source = new ExactStream(data);
        using var inflated = new ZLibStream(source, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        try
        {
            foreach (var (rows, bytes) in Rows(header))
            {
                for (var row = 0; row < rows; row++)
                {
                    // A row is the number of its filter, 0 to 4, and its bytes.
                    if (ReadFully(inflated, buffer, 1) != 1 || buffer[0] > 4)
                    {
                        throw PhotoRefusal.Damaged("The PNG's picture data are wrong or cut off.");
                    }

                    for (var left = bytes; left > 0; )
                    {
                        var read = inflated.Read(buffer, 0, Math.Min(left, buffer.Length));
                        if (read == 0)
                        {
                            throw PhotoRefusal.Damaged("The PNG's picture data are cut off.");
                        }

                        left -= read;
                    }
                }
            }

            if (inflated.Read(buffer, 0, 1) != 0 || !source.IsExactlyRead)
            {
                throw PhotoRefusal.Damaged(
                    "The PNG's picture data are cut off or followed by more."
                );
            }
        }
        catch (InvalidDataException)
        {
            throw PhotoRefusal.Damaged("The PNG's picture data cannot be inflated.");
        }
    }

    private static int ReadFully(Stream stream, byte[] buffer, int count) =>
        stream.ReadAtLeast(buffer.AsSpan(0, count), count, throwOnEndOfStream: false);

    private static IEnumerable<(int Rows, int Bytes)> Rows(PngHeader header)
    {
        if (!header.Interlaced)
        {
            yield return (header.Height, BytesOf(header.Width, header));
            yield break;
        }

        foreach (var (x, y, dx, dy) in Passes)
        {
            var columns = (header.Width - x + dx - 1) / dx;
            var rows = (header.Height - y + dy - 1) / dy;
            if (columns > 0 && rows > 0)
            {
                yield return (rows, BytesOf(columns, header));
            }
        }
    }

    private static int BytesOf(int columns, PngHeader header) =>
        (int)(((long)columns * header.BitsPerPixel + 7) / 8);

    /// <summary>
    /// The chunks as one stream that tells exactly where the inflater stopped: it takes input in blocks and forgets
    /// what it did not need, so the last bytes, where a whole stream ends, are handed out one by one.
    /// </summary>
    private sealed class ExactStream(IReadOnlyList<ReadOnlyMemory<byte>> pieces) : Stream
    {
        private const int HandedSingly = 64;
        private long _left = pieces.Sum(p => (long)p.Length);
        private int _piece;
        private int _at;
        private bool _askedBeyond;

        public bool IsExactlyRead => _left == 0 && !_askedBeyond;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_left == 0)
            {
                _askedBeyond = true;
                return 0;
            }

            while (_at == pieces[_piece].Length)
            {
                (_piece, _at) = (_piece + 1, 0);
            }

            var count = (int)
                Math.Min(
                    Math.Min(buffer.Length, pieces[_piece].Length - _at),
                    Math.Max(_left - HandedSingly, 1)
                );
            pieces[_piece].Span.Slice(_at, count).CopyTo(buffer);
            _at += count;
            _left -= count;
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
