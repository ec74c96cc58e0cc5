using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GeoCivic.Http;

/// <summary>Where the next page starts: the keys of the last row, opaque to callers.</summary>
public static class Cursor
{
    /// <summary>Makes a cursor.</summary>
    public static string Encode(string first, string second) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string[])[first, second]));

    /// <summary>Reads the parameter <c>cursor</c> of a list by instant and id; a forged one is a fault.</summary>
    public static (DateTime? At, Guid? Id) ReadInstant(QueryReader query)
    {
        if (Read(query) is not { } keys)
        {
            return (null, null);
        }

        if (
            DateTime.TryParseExact(
                keys.First,
                "O",
                CultureInfo.InvariantCulture,
                DateTimeStyles.RoundtripKind,
                out var at
            )
            && at.Kind == DateTimeKind.Utc
            && Guid.TryParse(keys.Second, out var id)
        )
        {
            return (at, id);
        }

        query.Fault("cursor", "is not a cursor that this service gave");
        return (null, null);
    }

    /// <summary>Reads the parameter <c>cursor</c>; a forged one is a fault.</summary>
    public static (string First, string Second)? Read(QueryReader query)
    {
        var text = query.Text("cursor", 2000);
        if (text is null)
        {
            return null;
        }

        try
        {
            var keys = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(text));
            if (
                keys is [{ } first, { } second]
                && !first.Contains('\0', StringComparison.Ordinal)
                && !second.Contains('\0', StringComparison.Ordinal)
            )
            {
                return (first, second);
            }
        }
        catch (Exception e)
            when (e
                    is FormatException
                        or JsonException
                        or DecoderFallbackException
                        or ArgumentException
            )
        {
            // Falls through to the fault.
        }

        query.Fault("cursor", "is not a cursor that this service gave");
        return null;
    }
}
