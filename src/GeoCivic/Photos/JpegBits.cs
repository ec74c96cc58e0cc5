namespace GeoCivic.Photos;

/// <summary>The bits of one scan of a JPEG, up to the marker that ends it.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data)
{
    private readonly ReadOnlySpan<byte> _data = data;
    private int _byte;
    private int _left;

    /// <summary>Bytes of which at least one bit was read, or that were skipped.</summary>
    public int At { get; private set; }

    /// <summary>The next bit.</summary>
    public int Bit()
    {
        if (_left == 0)
        {
            Load();
        }

        _left--;
        return (_byte >> _left) & 1;
    }

    /// <summary>The next bits as a number, the first one highest.</summary>
    public int Bits(int count)
    {
        var value = 0;
        for (; count > 0; count--)
        {
            value = (value << 1) | Bit();
        }

        return value;
    }

    /// <summary>Leaves the rest of the byte, goes behind the restart marker of this number and starts anew.</summary>
    public void Restart(int number)
    {
        _left = 0;
        var marker = NextMarker(out var code);
        if (code != 0xD0 + number)
        {
            throw PhotoRefusal.Damaged("The JPEG's restart markers are missing or out of order.");
        }

        At = marker + 2;
    }

    /// <summary>Goes to the marker that ends the scan; what lies between is no part of the picture.</summary>
    public void Finish()
    {
        _left = 0;
        int code;
        do
        {
            At = NextMarker(out code);
            if (code is >= 0xD0 and <= 0xD7)
            {
                At += 2;
            }
        } while (code is >= 0xD0 and <= 0xD7);
    }

    private void Load()
    {
        if (At >= _data.Length)
        {
            throw CutOff();
        }

        _byte = _data[At++];
        if (_byte == 0xFF && (At >= _data.Length || _data[At++] != 0))
        {
            throw CutOff();
        }

        _left = 8;
    }

    // The position of the FF and the code after it; a data byte FF is followed by 0.
    private readonly int NextMarker(out int code)
    {
        for (var at = At; ; at++)
        {
            var step = at < _data.Length ? _data[at..].IndexOf((byte)0xFF) : -1;
            at += step;
            if (step < 0 || at + 1 >= _data.Length)
            {
                throw CutOff();
            }

            code = _data[at + 1];
            if (code is not (0 or 0xFF))
            {
                return at;
            }
        }
    }

    private static Http.ProblemException CutOff() =>
        PhotoRefusal.Damaged("The JPEG's picture data are cut off.");
}
