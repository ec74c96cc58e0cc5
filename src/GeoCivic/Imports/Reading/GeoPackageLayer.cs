using System.Globalization;
using SQLitePCL;

namespace GeoCivic.Imports.Reading;

/// <summary>The one layer of a GeoPackage that is read (OGC 12-128r18, clauses 1.1.3 and 2.1.5).</summary>
/// <param name="Table">Its table.</param>
/// <param name="Geometry">The column of its geometry.</param>
/// <param name="Row">What SQLite calls the number of a record: the fid, which rises from record to record.</param>
/// <param name="System">Its srs_id; 0 and -1 are undefined.</param>
/// <param name="SystemName">The label of its coordinate system, to be quoted; null when it says it has none.</param>
/// <param name="Columns">Its other columns in order.</param>
internal sealed record GeoPackageLayer(
    string Table,
    string Geometry,
    string Row,
    long System,
    string? SystemName,
    IReadOnlyList<GeoPackageColumn> Columns
)
{
    private const int MostLayers = 1000;

    // Abstract types may hold straight shapes, which their records tell.
    private static readonly string[] Curved =
    [
        "CIRCULARSTRING",
        "COMPOUNDCURVE",
        "CURVEPOLYGON",
        "POLYHEDRALSURFACE",
        "TIN",
        "TRIANGLE",
    ];

    private static readonly string[] RowNames = ["rowid", "_rowid_", "oid"];

    /// <summary>Finds the layer.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wanted">Its name; null when the file has but one.</param>
    /// <param name="notes">What was decided.</param>
    /// <exception cref="SourceFileException">415 no GeoPackage; 422 no layer, several, not the one, or one that is not read.</exception>
    internal static GeoPackageLayer Find(GeoPackageFile file, string? wanted, List<string> notes)
    {
        if (!IsTable(file, "gpkg_contents", out _))
        {
            throw new SourceFileException(
                415,
                "unsupported-format",
                "The file is a SQLite database but not a GeoPackage: it has no table gpkg_contents. Export the layer as GeoPackage, GeoJSON or a zipped shapefile."
            );
        }

        var layers = Layers(file);
        var table = layers[LayerChoice.Of(layers, wanted, "GeoPackage")];
        var (geometry, system) = GeometryOf(file, table, notes);
        var columns = ColumnsOf(file, table, geometry, notes);
        var row =
            RowNames.FirstOrDefault(n =>
                !columns.Exists(c => Same(c.Name, n)) && !Same(geometry, n)
            ) ?? throw GeoPackageFile.Damaged("the layer has columns named rowid, _rowid_ and oid");
        return new GeoPackageLayer(
            table,
            geometry,
            row,
            system,
            SystemOf(file, system),
            columns.FindAll(c => !c.IsBinary)
        );
    }

    // A view or a virtual table has no pages of its own; SQLite itself writes these words before a table's name.
    private static bool IsTable(GeoPackageFile file, string name, out string written)
    {
        using var found = file.Query(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name = ?1 COLLATE NOCASE AND sql LIKE 'CREATE TABLE %'",
            name
        );
        written = found.Next(CancellationToken.None) ? found.Label(0) ?? "" : "";
        return written.Length > 0;
    }

    private static List<string> Layers(GeoPackageFile file)
    {
        var named = new List<string>();
        using (
            var contents = file.Query(
                $"SELECT table_name FROM gpkg_contents WHERE data_type = 'features' LIMIT {MostLayers}"
            )
        )
        {
            while (contents.Next(CancellationToken.None))
            {
                named.Add(contents.Label(0) ?? "");
            }
        }

        var layers = new List<string>();
        foreach (var name in named)
        {
            if (IsTable(file, name, out var table) && !layers.Contains(table))
            {
                layers.Add(table);
            }
        }

        return layers.Count > 0
            ? layers
            : throw new SourceFileException(
                422,
                "no-layers",
                named.Count == 0
                    ? "The GeoPackage holds no layer of features. Tiles and tables without places are not read."
                    : $"The layer {LayerChoice.List(named)} of the GeoPackage is a view or has no table. Export it as a layer of its own."
            );
    }

    private static (string Column, long System) GeometryOf(
        GeoPackageFile file,
        string table,
        List<string> notes
    )
    {
        using var found = file.Query(
            "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1 COLLATE NOCASE",
            table
        );
        if (!found.Next(CancellationToken.None))
        {
            throw GeoPackageFile.Damaged("gpkg_geometry_columns does not name the layer");
        }

        var (column, type, system) = (found.Label(0) ?? "", found.Label(1) ?? "", found.Integer(2));
        if (Curved.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw new SourceFileException(
                422,
                "unsupported-geometry",
                $"The layer '{table}' holds shapes of type {type}; points, lines and areas of straight edges are read. Convert it (ogr2ogr -nlt CONVERT_TO_LINEAR) and send it again."
            );
        }

        if (found.Next(CancellationToken.None))
        {
            notes.Add($"the geometry in '{RowFault.Shorten(column)}' read, other columns not");
        }

        return (column, system);
    }

    private static List<GeoPackageColumn> ColumnsOf(
        GeoPackageFile file,
        string table,
        string geometry,
        List<string> notes
    )
    {
        var columns = new List<GeoPackageColumn>();
        var hasGeometry = false;
        using var found = file.Query($"PRAGMA main.table_xinfo({GeoPackageFile.Quote(table)})");
        while (found.Next(CancellationToken.None))
        {
            var (name, type) = (found.Label(1) ?? "", found.Label(2) ?? "");
            if (Same(name, geometry))
            {
                hasGeometry = true;
                continue;
            }

            // 2: worked out by an expression of the file whenever it is read, which is not done for strangers.
            if (found.Integer(6) == 2)
            {
                notes.Add($"the column '{RowFault.Shorten(name)}' is computed and was left out");
                continue;
            }

            columns.Add(new GeoPackageColumn(name, type));
            if (columns[^1].IsBinary)
            {
                notes.Add($"the column '{RowFault.Shorten(name)}' holds bytes and was left out");
            }
        }

        return hasGeometry
            ? columns
            : throw GeoPackageFile.Damaged($"the layer has no column '{geometry}'");
    }

    private static string? SystemOf(GeoPackageFile file, long system)
    {
        if (system <= 0)
        {
            return null;
        }

        using var found = file.Query(
            string.Create(
                CultureInfo.InvariantCulture,
                $"SELECT organization, organization_coordsys_id, srs_name FROM gpkg_spatial_ref_sys WHERE srs_id = {system}"
            )
        );
        return found.Next(CancellationToken.None)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{RowFault.Shorten(found.Label(0))}:{found.Integer(1)} {RowFault.Shorten(found.Label(2))}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"srs_id {system}");
    }

    private static bool Same(string a, string b) =>
        string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A column of a layer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it is declared as; SQLite keeps anything in it all the same.</param>
internal sealed record GeoPackageColumn(string Name, string Type)
{
    /// <summary>Whether it is for bytes, such as pictures.</summary>
    internal bool IsBinary => Type.StartsWith("BLOB", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether 1 and 0 are yes and no.</summary>
    internal bool IsYesNo => Type.Equals("BOOLEAN", StringComparison.OrdinalIgnoreCase);

    /// <summary>A value of it as text, null when there is none.</summary>
    /// <param name="record">The record.</param>
    /// <param name="place">Where it stands in the query.</param>
    /// <param name="limits">Bounds on its length.</param>
    /// <param name="fault">What is wrong.</param>
    internal string? Value(
        GeoPackageQuery record,
        int place,
        SourceLimits limits,
        out RowFault? fault
    )
    {
        fault = null;
        switch (record.Type(place))
        {
            case raw.SQLITE_NULL:
                return null;
            case raw.SQLITE_INTEGER:
                var whole = record.Integer(place);
                return IsYesNo && whole is 0 or 1
                    ? whole == 1
                        ? "true"
                        : "false"
                    : whole.ToString(CultureInfo.InvariantCulture);
            case raw.SQLITE_FLOAT:
                return record.Number(place).ToString("R", CultureInfo.InvariantCulture);
            case raw.SQLITE_BLOB:
                fault = new RowFault(Name, "The value is bytes and not a text or number.", true);
                return null;
        }

        string text;
        try
        {
            text = record.Text(place) ?? "";
        }
        catch (System.Text.DecoderFallbackException)
        {
            fault = new RowFault(Name, "The text is not UTF-8.", true);
            return null;
        }

        if (text.Length > limits.MaxFieldChars)
        {
            fault = new RowFault(
                Name,
                $"The value is longer than {limits.MaxFieldChars} characters.",
                false
            );
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            fault = StrictText.HoldsNul(Name, text);
        }

        return text;
    }
}
