namespace GeoCivic.Imports.Reading;

/// <summary>The rules every table header obeys.</summary>
internal static class TableHeader
{
    /// <summary>Takes the header's names into the columns.</summary>
    /// <exception cref="SourceFileException">413 too many columns; 422 a name twice, or a name with control characters.</exception>
    public static void Take(
        IReadOnlyList<string> header,
        SourceColumns columns,
        List<string> notes,
        SourceLimits limits
    )
    {
        if (header.Count > limits.MaxColumns)
        {
            throw TooManyColumns(header.Count, limits);
        }
        for (var i = 0; i < header.Count; i++)
        {
            var name = Nfc.Normalise(header[i].Trim().TrimStart('\uFEFF'));
            if (name.Length == 0)
            {
                name = $"column {i + 1}";
                notes.Add($"{name} has no name in the header");
            }
            if (
                name.AsSpan().IndexOfAnyInRange('\0', '\u001F') is var at and >= 0
                && name[at] is not ('\n' or '\r' or '\t')
            )
            {
                throw new SourceFileException(
                    422,
                    "invalid-header",
                    $"The name of column {i + 1} holds a control character: '{RowFault.Shorten(name)}'."
                );
            }
            if (!columns.TryAdd(name))
            {
                throw new SourceFileException(
                    422,
                    "duplicate-columns",
                    $"The header names '{RowFault.Shorten(name)}' twice (columns {columns.IndexOf(name) + 1} and {i + 1}); give every column its own name.",
                    new Dictionary<string, object?>(StringComparer.Ordinal) { ["column"] = name }
                );
            }
        }
    }

    public static SourceFileException TooManyColumns(int count, SourceLimits limits) =>
        new(
            413,
            "too-many-columns",
            $"The table has {count} columns; at most {limits.MaxColumns} are read."
        );

    public static SourceFileException Empty() => new(422, "empty-file", "The file is empty.");

    public static SourceFileException NoRows() =>
        new(422, "no-rows", "The file has a header but no rows.");
}
