using GeoCivic.Imports.Reading;

namespace GeoCivic.Imports;

/// <summary>Turns the text of one field into the value that is stored. One per import: it collects unknown list values.</summary>
internal sealed class FieldParser(CodeLists lists, int shiftDays)
{
    private const int MostNewListValues = 2000;

    private static readonly Dictionary<string, bool> YesNo = new(StringComparer.OrdinalIgnoreCase)
    {
        ["是"] = true,
        ["yes"] = true,
        ["y"] = true,
        ["t"] = true,
        ["true"] = true,
        ["1"] = true,
        ["否"] = false,
        ["no"] = false,
        ["n"] = false,
        ["f"] = false,
        ["false"] = false,
        ["0"] = false,
    };

    /// <summary>Values not in a code list yet, by table.</summary>
    public Dictionary<string, HashSet<string>> NewListValues { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a value; null text gives a null value.</summary>
    /// <exception cref="ImportException">The column holds so many different values that it cannot be a category.</exception>
    public object? Parse(Field field, string? text, out RowFault? fault)
    {
        fault = null;
        if (text is null)
        {
            return null;
        }

        string? reason;
        switch (field.Kind)
        {
            case FieldKind.Code:
                if (StrictCode.TryParse(text, out var code, out reason))
                {
                    return code;
                }

                break;
            case FieldKind.Text:
                if (
                    StrictText.TryClean(
                        text,
                        field.MaxLength,
                        out var clean,
                        out reason,
                        lines: field.MaxLength > 500
                    )
                )
                {
                    return clean;
                }

                break;
            case FieldKind.Date:
                if (StrictDate.TryParse(text, out var date, out reason))
                {
                    return date.AddDays(shiftDays);
                }

                break;
            case FieldKind.Instant:
                if (StrictTimestamp.TryParse(text, out var instant, out reason))
                {
                    return instant.UtcDateTime.AddDays(shiftDays);
                }

                break;
            case FieldKind.Choice:
                foreach (var (value, words) in field.Values!)
                {
                    if (
                        string.Equals(value, text, StringComparison.OrdinalIgnoreCase)
                        || words.Contains(text, StringComparer.OrdinalIgnoreCase)
                    )
                    {
                        return value;
                    }
                }

                reason = $"must be one of {string.Join(", ", field.Values!.Keys)}";
                break;
            case FieldKind.OpenList:
                if (StrictText.TryClean(text, 64, out var entry, out reason) && entry is not null)
                {
                    return ListValue(field, entry);
                }

                break;
            case FieldKind.State:
                if (lists.States.TryGetValue(text.Trim(), out var state))
                {
                    return state.Code;
                }

                reason =
                    "is no known state; use a code of the list of issue states or one of its aliases";
                break;
            case FieldKind.YesNo:
                if (YesNo.TryGetValue(text.Trim(), out var yes))
                {
                    return yes;
                }

                if (
                    field.Values?.FirstOrDefault(v =>
                        v.Value.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase)
                    ) is
                    { Key: { } word }
                )
                {
                    return word == "true";
                }

                reason = "must be yes or no (是, 否, true, false, 1, 0)";
                break;
            case FieldKind.Whole:
                if (
                    StrictNumber.TryParse(text, out var number)
                    && Math.Abs(number) <= 20
                    && number == Math.Floor(number)
                )
                {
                    return (int)number;
                }

                reason = "must be a whole number from -20 to 20";
                break;
            case FieldKind.Datum:
                if (Spatial.Datum.TryParse(text, out var datum, out reason))
                {
                    return datum.ToString();
                }

                break;
            default:
                throw new InvalidOperationException(field.Kind.ToString());
        }

        if (reason is not null)
        {
            fault = new RowFault(field.Name, reason, Malformed: false, RowFault.Shorten(text));
        }

        return null;
    }

    private string ListValue(Field field, string entry)
    {
        if (lists.Find(field.ListTable!, entry) is { } known)
        {
            return known;
        }

        if (!NewListValues.TryGetValue(field.ListTable!, out var added))
        {
            NewListValues[field.ListTable!] = added = new(StringComparer.Ordinal);
        }

        if (added.Add(entry) && added.Count > MostNewListValues)
        {
            throw new ImportException(
                422,
                "too-many-categories",
                $"The column for '{field.Name}' holds more than {MostNewListValues} different values, so it is hardly a list of categories; map another column."
            );
        }

        return entry;
    }
}
