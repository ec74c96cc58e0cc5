namespace GeoCivic.Spatial.Locating;

/// <summary>An array that grows; a list that hands out its memory.</summary>
internal struct Growing<T>(int capacity)
    where T : struct
{
    private T[] _items = new T[Math.Max(16, capacity)];

    internal int Count { get; private set; }

    internal readonly T[] Items => _items;

    internal void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, checked(_items.Length * 2));
        }

        _items[Count++] = item;
    }

    /// <summary>Room for <paramref name="count"/> more items, which are now part of the content.</summary>
    internal Span<T> Extend(int count, out int offset)
    {
        offset = Count;
        int needed = checked(Count + count);
        if (needed > _items.Length)
        {
            Array.Resize(
                ref _items,
                (int)Math.Max(needed, Math.Min(_items.Length * 2L, Array.MaxLength))
            );
        }

        Count = needed;
        return _items.AsSpan(offset, count);
    }

    internal readonly ReadOnlySpan<T> Written(int first) => _items.AsSpan(first, Count - first);

    internal readonly T[] ToArray() => _items.AsSpan(0, Count).ToArray();
}
