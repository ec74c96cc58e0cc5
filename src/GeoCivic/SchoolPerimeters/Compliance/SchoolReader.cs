using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Reads a school with its gates from the columns of <c>school_columns.sql</c>.</summary>
internal static class SchoolReader
{
    /// <summary>How many columns they are.</summary>
    public const int Columns = 16;

    /// <summary>The school of the current row.</summary>
    public static PerimeterSchool Read(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetFieldValue<Geometry>(4),
            Text(row, 5),
            Text(row, 6),
            row.GetInt32(7),
            row.GetBoolean(8),
            Gates(row, 9)
        );

    private static List<PerimeterGate> Gates(NpgsqlDataReader row, int first)
    {
        if (row.IsDBNull(first))
        {
            return [];
        }

        var codes = row.GetFieldValue<string[]>(first);
        var names = row.GetFieldValue<string?[]>(first + 1);
        var mains = row.GetFieldValue<bool[]>(first + 2);
        var lons = row.GetFieldValue<double[]>(first + 3);
        var lats = row.GetFieldValue<double[]>(first + 4);
        var accuracies = row.GetFieldValue<string?[]>(first + 5);
        var data = row.GetFieldValue<string?[]>(first + 6);
        return
        [
            .. codes.Select(
                (code, i) =>
                    new PerimeterGate(
                        code,
                        names[i],
                        mains[i],
                        new LonLat(lons[i], lats[i]),
                        accuracies[i],
                        data[i]
                    )
            ),
        ];
    }

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
