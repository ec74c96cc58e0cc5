namespace GeoCivic.Photos;

/// <summary>A Huffman table of a JPEG (ITU-T T.81 annex C and F.2.2.3).</summary>
internal sealed class JpegHuffman
{
    private readonly int[] _past = new int[17];
    private readonly int[] _offset = new int[17];
    private readonly byte[] _symbols;

    /// <summary>Makes a table.</summary>
    /// <param name="counts">How many codes have each length from 1 to 16.</param>
    /// <param name="symbols">What the codes mean, in their order.</param>
    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        _symbols = symbols.ToArray();
        var (code, index) = (0, 0);
        for (var length = 1; length <= 16; length++)
        {
            _offset[length] = index - code;
            code += counts[length - 1];
            index += counts[length - 1];
            _past[length] = code;
            code <<= 1;
        }
    }

    /// <summary>Reads one symbol.</summary>
    public byte Read(ref JpegBits bits)
    {
        var code = 0;
        for (var length = 1; length <= 16; length++)
        {
            code = (code << 1) | bits.Bit();
            if (code < _past[length])
            {
                return _symbols[code + _offset[length]];
            }
        }

        throw PhotoRefusal.Damaged("The JPEG's picture data are wrong.");
    }
}
