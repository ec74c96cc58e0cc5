using System.Collections;

namespace NetTopologySuite.Features;

/// <summary>An <see cref="IAttributesTable"/> held in memory.</summary>
public class AttributesTable : IAttributesTable, IEnumerable<KeyValuePair<string, object?>>
{
    // Keeps the order of insertion for as long as it matters: a removed name leaves no gap that is filled again.
    private readonly OrderedDictionary<string, object?> values = new(StringComparer.Ordinal);

    /// <summary>An empty table.</summary>
    public AttributesTable() { }

    /// <summary>A table with the given attributes.</summary>
    /// <exception cref="ArgumentException">A name occurs twice.</exception>
    public AttributesTable(IEnumerable<KeyValuePair<string, object?>> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        foreach (var (name, value) in attributes)
        {
            Add(name, value);
        }
    }

    /// <inheritdoc/>
    public int Count => values.Count;

    /// <inheritdoc/>
    public object? this[string attributeName]
    {
        get =>
            values.TryGetValue(attributeName, out var value) ? value : throw Missing(attributeName);
        set => values[attributeName] = value;
    }

    /// <inheritdoc/>
    public object? GetOptionalValue(string attributeName) =>
        values.GetValueOrDefault(attributeName);

    /// <inheritdoc/>
    public string[] GetNames() => [.. values.Keys];

    /// <inheritdoc/>
    public object?[] GetValues() => [.. values.Values];

    /// <inheritdoc/>
    public bool Exists(string attributeName) => values.ContainsKey(attributeName);

    /// <inheritdoc/>
    public void DeleteAttribute(string attributeName) => values.Remove(attributeName);

    /// <inheritdoc/>
    public void Add(string attributeName, object? value)
    {
        if (!values.TryAdd(attributeName, value))
        {
            throw new ArgumentException(
                $"There is an attribute \"{attributeName}\" already.",
                nameof(attributeName)
            );
        }
    }

    /// <inheritdoc/>
    public Type GetType(string attributeName) => this[attributeName]?.GetType() ?? typeof(object);

    /// <summary>Names and values, in order.</summary>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ArgumentException Missing(string attributeName) =>
        new($"There is no attribute \"{attributeName}\".", nameof(attributeName));
}
