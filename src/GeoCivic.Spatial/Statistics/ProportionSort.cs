namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// Sorts numbers with what belongs to them, in linear time where they are spread evenly, as probabilities are where nothing
/// is going on: each goes to the bucket in proportion to its size, as many buckets as numbers. A bucket that took many is
/// spread again over its own range; where that does not help either, the library's sort takes over, so that no input takes
/// more than n·log n.
/// </summary>
internal static class ProportionSort
{
    private const int Few = 24;
    private const int MostRounds = 8;

    /// <summary>Sorts <paramref name="keys"/> upwards and moves <paramref name="items"/> along. No key is NaN.</summary>
    internal static void Sort(Span<double> keys, Span<int> items)
    {
        if (keys.Length <= Few)
        {
            Insert(keys, items);
            return;
        }

        var otherKeys = new double[keys.Length];
        var otherItems = new int[keys.Length];
        // One bucket more than there are places, so that starts and ends need no special case.
        var starts = new int[keys.Length + 1];
        Spread(keys, items, otherKeys, otherItems, starts, MostRounds);
    }

    private static void Spread(
        Span<double> keys,
        Span<int> items,
        Span<double> otherKeys,
        Span<int> otherItems,
        Span<int> starts,
        int rounds
    )
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double key in keys)
        {
            low = Math.Min(low, key);
            high = Math.Max(high, key);
        }

        if (low == high)
        {
            return;
        }

        int n = keys.Length;
        double scale = (n - 1) / (high - low);
        if (rounds == 0 || !double.IsFinite(scale))
        {
            keys.Sort(items);
            return;
        }

        starts = starts[..(n + 1)];
        starts.Clear();
        foreach (double key in keys)
        {
            starts[Bucket(key, low, scale, n) + 1]++;
        }

        for (int b = 1; b <= n; b++)
        {
            starts[b] += starts[b - 1];
        }

        for (int i = 0; i < n; i++)
        {
            ref int place = ref starts[Bucket(keys[i], low, scale, n)];
            otherKeys[place] = keys[i];
            otherItems[place++] = items[i];
        }

        otherKeys[..n].CopyTo(keys);
        otherItems[..n].CopyTo(items);
        // Each start has moved on to where its bucket ends.
        int from = 0;
        for (int b = 0; b < n; b++)
        {
            int size = starts[b] - from;
            if (size > Few)
            {
                // The starts are still needed: a large bucket gets its own.
                Spread(
                    keys.Slice(from, size),
                    items.Slice(from, size),
                    otherKeys,
                    otherItems,
                    new int[size + 1],
                    rounds - 1
                );
            }
            else if (size > 1)
            {
                Insert(keys.Slice(from, size), items.Slice(from, size));
            }

            from = starts[b];
        }
    }

    private static int Bucket(double key, double low, double scale, int n) =>
        Math.Min((int)((key - low) * scale), n - 1);

    private static void Insert(Span<double> keys, Span<int> items)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            double key = keys[i];
            int item = items[i];
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                keys[at] = keys[at - 1];
                items[at] = items[at - 1];
            }

            keys[at] = key;
            items[at] = item;
        }
    }
}
