using GeoCivic.Imports.Reading;
using GeoCivic.Spatial;

namespace GeoCivic.Imports;

/// <summary>
/// Codes of communities and grids inside a street. A street with a nine-digit code follows GB/T 30428.1:
/// communities have twelve digits, unit grids fifteen, each starting with its parent's. Elsewhere codes are free.
/// </summary>
internal static class AreaCodes
{
    /// <summary>Whether the street's code is one of the national statistical codes.</summary>
    public static bool IsNational(string? street) =>
        street is { Length: 9 } && street.All(char.IsAsciiDigit);

    /// <summary>Checks one code against its parents.</summary>
    /// <returns>The fault, or null.</returns>
    public static RowFault? Check(string level, string? street, string code, string? community)
    {
        if (!IsNational(street))
        {
            return null;
        }

        switch (level)
        {
            case "community":
                if (
                    code.Length != 12
                    || !code.All(char.IsAsciiDigit)
                    || !code.StartsWith(street!, StringComparison.Ordinal)
                )
                {
                    return Fault(
                        "code",
                        $"a community of street {street} has 12 digits that start with the street's 9",
                        code
                    );
                }

                return null;
            case "grid":
                if (!GridCode.TryParse(code, out var grid, out var reason))
                {
                    return Fault("code", reason, code);
                }

                if (!string.Equals(grid.Street, street, StringComparison.Ordinal))
                {
                    return Fault(
                        "code",
                        $"the first 9 digits name street {grid.Street}, not {street}",
                        code
                    );
                }

                return community is not null && !grid.BelongsToCommunity(community)
                    ? Fault(
                        "code",
                        $"the first 12 digits name community {grid.Community}, but the row says {community}",
                        code
                    )
                    : null;
            default:
                return null;
        }
    }

    private static RowFault Fault(string field, string reason, string value) =>
        new(field, reason, Malformed: false, RowFault.Shorten(value));
}
