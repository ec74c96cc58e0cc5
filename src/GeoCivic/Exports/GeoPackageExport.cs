using GeoCivic.Imports;
using SQLitePCL;

namespace GeoCivic.Exports;

/// <summary>
/// A GeoPackage of one layer in WGS-84 (OGC 12-128r18) with the tables that the standard requires and no extension: GIS
/// programs add an index of their own where they want one. SQLite is the file's format here and stores nothing.
/// </summary>
internal sealed class GeoPackageExport : IExportWriter
{
    // "GPKG", and version 1.3 of the standard.
    private const string Begin = """
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA application_id = 1196444487;
        PRAGMA user_version = 10300;
        BEGIN;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
            ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
            ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', NULL);
        CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
            last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
            srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
        CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
            z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
            CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
        """;

    // "GP", version 0, little endian without an envelope, srs_id 4326.
    private static readonly byte[] Header = [0x47, 0x50, 0, 1, 0xE6, 0x10, 0, 0];

    private readonly Stream _file;
    private readonly Dataset _dataset;
    private readonly string _scratch = Path.Combine(
        Path.GetTempPath(),
        $"geocivic-export-{Guid.NewGuid():N}.gpkg"
    );
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _insert;

    /// <summary>Begins the file. Names of its table and columns come from <see cref="Datasets"/> only.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public GeoPackageExport(Stream file, Dataset dataset)
    {
        _file = file;
        _dataset = dataset;
        Batteries_V2.Init();
        Check(raw.sqlite3_open(_scratch, out _database));
        var columns = dataset.Fields.Select(f => $", \"{f.Name}\" {Type(f.Kind)}");
        var type = dataset.Geometry == Imports.Reading.GeometryKinds.Point ? "POINT" : "GEOMETRY";
        Run(
            $"""
            {Begin}
            CREATE TABLE "{dataset.Name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {type}{string.Concat(
                columns
            )});
            INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('{dataset.Name}', 'features', '{dataset.Name}', 4326);
            INSERT INTO gpkg_geometry_columns VALUES ('{dataset.Name}', 'geom', '{type}', 4326, 0, 0);
            """
        );
        var values = string.Concat(Enumerable.Repeat(", ?", dataset.Fields.Count + 1));
        Check(
            raw.sqlite3_prepare_v2(
                _database,
                $"INSERT INTO \"{dataset.Name}\" VALUES (NULL{values})",
                out _insert
            )
        );
    }

    public Task WriteAsync(IReadOnlyList<string?> values)
    {
        // The place comes last, in hexadecimal.
        Check(
            raw.sqlite3_bind_blob(
                _insert,
                1,
                (ReadOnlySpan<byte>)[.. Header, .. Convert.FromHexString(values[^1]!)]
            )
        );
        for (var i = 0; i < _dataset.Fields.Count; i++)
        {
            Check(
                (values[i], _dataset.Fields[i].Kind) switch
                {
                    (null, _) => raw.sqlite3_bind_null(_insert, i + 2),
                    (var text, FieldKind.YesNo) => raw.sqlite3_bind_int(
                        _insert,
                        i + 2,
                        text == "true" ? 1 : 0
                    ),
                    // A column of whole numbers takes their text as a number.
                    (var text, _) => raw.sqlite3_bind_text(_insert, i + 2, text),
                }
            );
        }

        if (raw.sqlite3_step(_insert) != raw.SQLITE_DONE)
        {
            throw Failed();
        }

        Check(raw.sqlite3_reset(_insert));
        return Task.CompletedTask;
    }

    public async Task CompleteAsync()
    {
        Run("COMMIT");
        Close();
        await using var whole = new FileStream(_scratch, FileMode.Open, FileAccess.Read);
        await whole.CopyToAsync(_file);
    }

    public ValueTask DisposeAsync()
    {
        Close();
        File.Delete(_scratch);
        return ValueTask.CompletedTask;
    }

    // Instants keep their offset and microseconds as a text; DATETIME would be UTC in milliseconds.
    private static string Type(FieldKind kind) =>
        kind switch
        {
            FieldKind.Date => "DATE",
            FieldKind.YesNo => "BOOLEAN",
            FieldKind.Whole => "INTEGER",
            _ => "TEXT",
        };

    private void Close()
    {
        _insert?.Dispose();
        _database?.Dispose();
    }

    private void Run(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw Failed();
        }
    }

    private IOException Failed() =>
        new($"The GeoPackage cannot be written: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
}
