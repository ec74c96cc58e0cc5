namespace NetTopologySuite.Features;

/// <summary>The named values of a feature, in the order in which they were added; names compare ordinally.</summary>
public interface IAttributesTable
{
    /// <summary>How many attributes there are.</summary>
    int Count { get; }

    /// <summary>The value of an attribute. Setting one that does not exist yet adds it.</summary>
    /// <exception cref="ArgumentException">Read: there is no attribute of that name.</exception>
    object? this[string attributeName] { get; set; }

    /// <summary>The value of an attribute, or null where there is none of that name.</summary>
    object? GetOptionalValue(string attributeName);

    /// <summary>The names, in order.</summary>
    string[] GetNames();

    /// <summary>The values, in the order of <see cref="GetNames"/>.</summary>
    object?[] GetValues();

    /// <summary>Whether there is an attribute of that name.</summary>
    bool Exists(string attributeName);

    /// <summary>Removes an attribute.</summary>
    void DeleteAttribute(string attributeName);

    /// <summary>Adds an attribute.</summary>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    void Add(string attributeName, object? value);

    /// <summary>The type of an attribute's value; <see cref="object"/> for null.</summary>
    /// <exception cref="ArgumentException">There is no attribute of that name.</exception>
    Type GetType(string attributeName);
}
