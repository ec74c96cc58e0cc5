using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports;
using GeoCivic.Imports.Reading;
using Npgsql;

namespace GeoCivic.Exports;

/// <summary>The rows of a dataset under its canonical field names: a text for each field, then the place.</summary>
internal static class ExportQuery
{
    /// <summary>How the place of a record is written.</summary>
    public enum Place
    {
        /// <summary>One column: GeoJSON geometry.</summary>
        GeoJson,

        /// <summary>One column: well-known binary in hexadecimal, little endian.</summary>
        Wkb,

        /// <summary>Two columns: longitude and latitude, for datasets of points only.</summary>
        LonLat,

        /// <summary>One column: well-known text.</summary>
        Wkt,

        /// <summary>No column: the records lie nowhere.</summary>
        None,
    }

    /// <summary>The place in a table of this dataset.</summary>
    public static Place InTable(Dataset dataset) =>
        dataset.Geometry switch
        {
            GeometryKinds.None => Place.None,
            GeometryKinds.Point => Place.LonLat,
            _ => Place.Wkt,
        };

    /// <summary>Names of the columns of the place.</summary>
    public static string[] Columns(Place place) =>
        place switch
        {
            Place.LonLat => ["lon", "lat"],
            Place.Wkt => ["wkt"],
            Place.None => [],
            _ => ["geometry"],
        };

    /// <summary>Makes the command. Names of tables and columns come from <see cref="Datasets"/> only.</summary>
    /// <param name="source">The database.</param>
    /// <param name="dataset">What to read.</param>
    /// <param name="street">Of which street; null for all streets of the dataset streets.</param>
    /// <param name="at">Areas in force on that day.</param>
    /// <param name="place">How the place is written.</param>
    public static NpgsqlCommand Create(
        NpgsqlDataSource source,
        Dataset dataset,
        string? street,
        DateOnly at,
        Place place
    )
    {
        var columns = dataset.Fields.Select(Text).Concat(Geometry(place));
        var command = source
            .CreateCommand(
                Sql.Load(
                        dataset.AreaLevel is null
                            ? "Exports/export_records.sql"
                            : "Exports/export_areas.sql"
                    )
                    .Replace("{{columns}}", string.Join(", ", columns), StringComparison.Ordinal)
                    .Replace(
                        "{{table}}",
                        dataset.Versions?.Latest ?? dataset.Table,
                        StringComparison.Ordinal
                    )
            )
            .With("street", street);
        // A street may have millions of records; the file, not the clock, is the end.
        command.CommandTimeout = 0;
        return dataset.AreaLevel is null
            ? command
            : command.With("level", dataset.AreaLevel).With("at", at);
    }

    private static string Text(Field field) =>
        field.Kind switch
        {
            FieldKind.Date =>
                $"to_char(nullif(nullif(r.{field.Column}, 'infinity'), '-infinity'), 'YYYY-MM-DD')",
            // Beijing time to the microsecond, without zeros that say nothing.
            FieldKind.Instant =>
                $"""regexp_replace(to_char(r.{field.Column} AT TIME ZONE INTERVAL '8 hours', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\.?0+$', '') || '+08:00'""",
            FieldKind.YesNo or FieldKind.Whole => $"r.{field.Column}::text",
            _ => $"r.{field.Column}",
        };

    private static string[] Geometry(Place place) =>
        place switch
        {
            Place.LonLat =>
            [
                "trim_scale(round(ST_X(r.geom)::numeric, 7))::text",
                "trim_scale(round(ST_Y(r.geom)::numeric, 7))::text",
            ],
            Place.Wkt => ["ST_AsText(r.geom, 7)"],
            Place.Wkb => ["encode(ST_AsBinary(r.geom, 'NDR'), 'hex')"],
            Place.None => [],
            _ => ["ST_AsGeoJSON(r.geom, 7, 0)"],
        };
}
