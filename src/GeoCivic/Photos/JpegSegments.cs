namespace GeoCivic.Photos;

/// <summary>Checks that JPEG tables are exactly as long as what they hold, so that nothing can ride along.</summary>
internal static class JpegSegments
{
    public static void CheckQuantization(ReadOnlySpan<byte> payload)
    {
        var cursor = new ByteCursor(payload);
        do
        {
            var head = cursor.Byte();
            if (head >> 4 > 1 || (head & 15) > 3)
            {
                throw PhotoRefusal.Damaged("A JPEG quantization table is wrong.");
            }

            cursor.Take(64 << (head >> 4));
        } while (cursor.Left > 0);
    }

    public static void CheckHuffman(ReadOnlySpan<byte> payload, JpegFrame frame)
    {
        var cursor = new ByteCursor(payload);
        do
        {
            var head = cursor.Byte();
            if (head >> 4 > 1 || (head & 15) > 3)
            {
                throw PhotoRefusal.Damaged("A JPEG Huffman table is wrong.");
            }

            var counts = cursor.Take(16);
            var values = 0;
            // Code lengths may not promise more codes than there are (Kraft).
            var free = 1;
            foreach (var count in counts)
            {
                values += count;
                free = (free << 1) - count;
                if (free < 0 || values > 256)
                {
                    throw PhotoRefusal.Damaged("A JPEG Huffman table is wrong.");
                }
            }

            var symbols = cursor.Take(values);
            frame.Define(head, counts, symbols);
        } while (cursor.Left > 0);
    }
}
