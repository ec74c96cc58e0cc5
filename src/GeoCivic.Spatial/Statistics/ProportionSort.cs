using System.Buffers;

namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// Sorts probabilities with their places, in linear time where they are spread evenly, as they are where nothing is going
/// on: each goes to the bucket in proportion to its size, and a bucket that took many is spread again over its own range.
/// Where spreading does not help, the library's sort takes over, so that no input takes more than n·log n.
/// </summary>
internal static class ProportionSort
{
    private const int Few = 24;
    private const int ABucket = 16;
    private const int MostBuckets = 1 << 18;
    private const int MostRounds = 8;

    /// <summary>Sorts what is not NaN.</summary>
    /// <param name="values">Numbers from 0 to 1, and NaN.</param>
    /// <param name="keys">Receives the numbers upwards; exactly as long as there are.</param>
    /// <param name="places">Receives the place of each in <paramref name="values"/>.</param>
    internal static void Sort(ReadOnlySpan<double> values, Span<double> keys, Span<int> places)
    {
        int buckets = Math.Clamp(keys.Length / ABucket, 1, MostBuckets);
        Span<int> starts = new int[buckets + 1];
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                starts[Bucket(value, 0, buckets, buckets) + 1]++;
            }
        }

        int most = 0;
        for (int b = 1; b <= buckets; b++)
        {
            most = Math.Max(most, starts[b]);
            starts[b] += starts[b - 1];
        }

        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            if (!double.IsNaN(value))
            {
                ref int at = ref starts[Bucket(value, 0, buckets, buckets)];
                keys[at] = value;
                places[at++] = i;
            }
        }

        double[] otherKeys = ArrayPool<double>.Shared.Rent(most);
        int[] otherPlaces = ArrayPool<int>.Shared.Rent(most);
        int[] inner = ArrayPool<int>.Shared.Rent(most + 1);
        int from = 0;
        // Each start has moved on to where its bucket ends.
        foreach (int end in starts[..buckets])
        {
            Spread(keys[from..end], places[from..end], otherKeys, otherPlaces, inner, MostRounds);
            from = end;
        }

        ArrayPool<double>.Shared.Return(otherKeys);
        ArrayPool<int>.Shared.Return(otherPlaces);
        ArrayPool<int>.Shared.Return(inner);
    }

    private static void Spread(
        Span<double> keys,
        Span<int> places,
        Span<double> otherKeys,
        Span<int> otherPlaces,
        Span<int> starts,
        int rounds
    )
    {
        int n = keys.Length;
        if (n <= Few)
        {
            Insert(keys, places);
            return;
        }

        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double key in keys)
        {
            low = key < low ? key : low;
            high = key > high ? key : high;
        }

        if (low == high)
        {
            return;
        }

        double scale = (n - 1) / (high - low);
        if (rounds == 0 || !double.IsFinite(scale))
        {
            keys.Sort(places);
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
            ref int at = ref starts[Bucket(keys[i], low, scale, n)];
            otherKeys[at] = keys[i];
            otherPlaces[at++] = places[i];
        }

        otherKeys[..n].CopyTo(keys);
        otherPlaces[..n].CopyTo(places);
        int from = 0;
        for (int b = 0; b < n; b++)
        {
            int size = starts[b] - from;
            if (size > 1)
            {
                Spread(
                    keys.Slice(from, size),
                    places.Slice(from, size),
                    otherKeys,
                    otherPlaces,
                    // The starts are still needed: a large bucket gets its own.
                    size > Few
                        ? new int[size + 1]
                        : default,
                    rounds - 1
                );
            }

            from = starts[b];
        }
    }

    private static int Bucket(double key, double low, double scale, int n) =>
        Math.Min((int)((key - low) * scale), n - 1);

    private static void Insert(Span<double> keys, Span<int> places)
    {
        for (int i = 1; i < keys.Length; i++)
        {
            double key = keys[i];
            int place = places[i];
            int at = i;
            for (; at > 0 && keys[at - 1] > key; at--)
            {
                keys[at] = keys[at - 1];
                places[at] = places[at - 1];
            }

            keys[at] = key;
            places[at] = place;
        }
    }
}
