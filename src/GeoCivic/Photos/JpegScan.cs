namespace GeoCivic.Photos;

/// <summary>
/// Reads the coefficients of one scan without keeping them: proves that every block of the picture is there, and finds
/// where its data end, so that nothing can hide behind them.
/// </summary>
/// <remarks>ITU-T T.81, annexes F (sequential) and G (progressive).</remarks>
internal sealed class JpegScan(
    IReadOnlyList<(JpegComponent Component, JpegHuffman? Dc, JpegHuffman? Ac)> parts,
    bool progressive,
    int first,
    int last,
    int high
)
{
    // Blocks still to come that have no more coefficients in this band.
    private int _ended;

    /// <summary>Reads the scan and writes what belongs to it.</summary>
    /// <param name="data">From its first byte to the end of the file.</param>
    /// <param name="units">Coding units across and down, when several colours are interleaved.</param>
    /// <param name="interval">Coding units between restart markers, or 0.</param>
    /// <param name="output">Gets the scan without anything between or behind its data.</param>
    /// <returns>The position of the marker that follows.</returns>
    public int Copy(
        ReadOnlySpan<byte> data,
        (int Across, int Down) units,
        int interval,
        MemoryStream output
    )
    {
        var bits = new JpegBits(data);
        var single = parts.Count == 1 ? parts[0].Component : null;
        var across = single?.Columns ?? units.Across;
        var total = (long)across * (single?.Rows ?? units.Down);
        var (start, restart) = (0, 0);
        for (long unit = 0; unit < total; unit++)
        {
            if (interval > 0 && unit > 0 && unit % interval == 0)
            {
                output.Write(data[start..bits.At]);
                output.Write([0xFF, (byte)(0xD0 + restart)]);
                bits.Restart(restart);
                (start, restart, _ended) = (bits.At, (restart + 1) & 7, 0);
            }

            var (x, y) = ((int)(unit % across), (int)(unit / across));
            if (single is not null)
            {
                ReadBlock(ref bits, parts[0], (y * single.Stride) + x);
                continue;
            }

            foreach (var part in parts)
            {
                var (component, _, _) = part;
                for (var block = 0; block < component.Across * component.Down; block++)
                {
                    var column = (x * component.Across) + (block % component.Across);
                    var row = (y * component.Down) + (block / component.Across);
                    ReadBlock(ref bits, part, (row * component.Stride) + column);
                }
            }
        }

        output.Write(data[start..bits.At]);
        bits.Finish();
        return bits.At;
    }

    private void ReadBlock(
        ref JpegBits bits,
        (JpegComponent Component, JpegHuffman? Dc, JpegHuffman? Ac) part,
        int block
    )
    {
        if (first == 0)
        {
            if (high > 0)
            {
                bits.Bit();
            }
            else
            {
                bits.Bits(part.Dc!.Read(ref bits) & 15);
            }
        }

        if (last == 0)
        {
            return;
        }

        if (!progressive)
        {
            ReadSequential(ref bits, part.Ac!);
        }
        else if (high == 0)
        {
            ReadFirst(ref bits, part.Ac!, ref part.Component.Known[block]);
        }
        else
        {
            Refine(ref bits, part.Ac!, ref part.Component.Known[block]);
        }
    }

    private static void ReadSequential(ref JpegBits bits, JpegHuffman table)
    {
        for (var k = 1; k <= 63; k++)
        {
            var symbol = table.Read(ref bits);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run != 15)
            {
                return;
            }

            k += run;
            if (k > 63)
            {
                throw Wrong();
            }

            bits.Bits(size);
        }
    }

    private void ReadFirst(ref JpegBits bits, JpegHuffman table, ref ulong known)
    {
        if (_ended > 0)
        {
            _ended--;
            return;
        }

        for (var k = first; k <= last; k++)
        {
            var symbol = table.Read(ref bits);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run != 15)
            {
                _ended = (1 << run) - 1 + bits.Bits(run);
                return;
            }

            k += run;
            if (k > last)
            {
                throw Wrong();
            }

            if (size > 0)
            {
                bits.Bits(size);
                known |= 1UL << k;
            }
        }
    }

    private void Refine(ref JpegBits bits, JpegHuffman table, ref ulong known)
    {
        var k = first;
        for (; _ended == 0 && k <= last; k++)
        {
            var symbol = table.Read(ref bits);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run != 15)
            {
                _ended = (1 << run) + bits.Bits(run);
                break;
            }

            if (size > 0)
            {
                bits.Bit();
            }

            // Coefficients known before get one bit each and do not count as part of the run of zeros.
            for (; k <= last; k++)
            {
                if ((known >> k & 1) != 0)
                {
                    bits.Bit();
                }
                else if (run-- == 0)
                {
                    break;
                }
            }

            if (size > 0)
            {
                if (k > last)
                {
                    throw Wrong();
                }

                known |= 1UL << k;
            }
        }

        if (_ended > 0)
        {
            for (; k <= last; k++)
            {
                if ((known >> k & 1) != 0)
                {
                    bits.Bit();
                }
            }

            _ended--;
        }
    }

    private static Http.ProblemException Wrong() =>
        PhotoRefusal.Damaged("The JPEG's picture data are wrong.");
}
