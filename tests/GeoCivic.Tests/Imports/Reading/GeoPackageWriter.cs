using System.Buffers.Binary;
using System.Globalization;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using SQLitePCL;

namespace GeoCivic.Tests.Imports.Reading;

/// <summary>
/// Writes GeoPackages by the standard (OGC 12-128r18), with SQLite itself and the tables, triggers and virtual tables
/// that GIS programs add.
/// </summary>
internal sealed class GeoPackageWriter : IDisposable
{
    private const int ApplicationId = 0x47504B47;

    private readonly string _path = Path.Combine(
        Path.GetTempPath(),
        $"gc-test-{Guid.NewGuid():N}.gpkg"
    );
    private readonly sqlite3 _database;

    public GeoPackageWriter(string encoding = "UTF-8")
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open(_path, out _database));
        Execute(
            $"""
            PRAGMA foreign_keys = OFF;
            PRAGMA synchronous = OFF;
            PRAGMA page_size = 512;
            PRAGMA encoding = '{encoding}';
            PRAGMA application_id = {ApplicationId};
            PRAGMA user_version = 10300;
            CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
                organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
            INSERT INTO gpkg_spatial_ref_sys VALUES
                ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL), ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
                ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]', NULL), ('CGCS2000', 4490, 'EPSG', 4490, 'x', NULL),
                ('WGS 84 / Pseudo-Mercator', 3857, 'EPSG', 3857, 'x', NULL), ('CGCS2000 / 3-degree Gauss-Kruger CM 105E', 4544, 'EPSG', 4544, 'x', NULL);
            CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
                description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
                min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER REFERENCES gpkg_spatial_ref_sys (srs_id));
            CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
                srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, PRIMARY KEY (table_name, column_name));
            CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER DEFAULT NULL);
            CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL);
            """
        );
    }

    /// <summary>Adds a layer with its rows: each the geometry, then the values of the columns.</summary>
    public void Layer(
        string name,
        string columns = "",
        string type = "GEOMETRY",
        int system = 4326,
        params object?[][] rows
    )
    {
        Execute(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                CREATE TABLE "{name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {type}{(
                    columns.Length > 0 ? ", " : ""
                )}{columns});
                INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('{name}', 'features', '{name}', {system});
                INSERT INTO gpkg_geometry_columns VALUES ('{name}', 'geom', '{type}', {system}, 2, 2);
                INSERT INTO gpkg_ogr_contents VALUES ('{name}', {rows.Length});
                """
            )
        );
        foreach (var row in rows)
        {
            Insert(
                $"INSERT INTO \"{name}\" VALUES (NULL{string.Concat(Enumerable.Repeat(", ?", row.Length))})",
                row
            );
        }

        // As GDAL does: an R-tree beside the table, kept by triggers whose functions only such programs have.
        Execute(
            $"""
            CREATE VIRTUAL TABLE "rtree_{name}_geom" USING rtree(id, minx, maxx, miny, maxy);
            INSERT INTO gpkg_extensions VALUES ('{name}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
            CREATE TRIGGER "rtree_{name}_geom_insert" AFTER INSERT ON "{name}" WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
                BEGIN INSERT OR REPLACE INTO "rtree_{name}_geom" VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
            CREATE TRIGGER "trigger_insert_feature_count_{name}" AFTER INSERT ON "{name}"
                BEGIN UPDATE gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = lower('{name}'); END;
            """
        );
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    /// <summary>A number of the file, such as the page at which a table begins.</summary>
    public long Number(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        using (statement)
        {
            Assert.Equal(raw.SQLITE_ROW, raw.sqlite3_step(statement));
            return raw.sqlite3_column_int64(statement, 0);
        }
    }

    public void Insert(string sql, params object?[] values)
    {
        Check(raw.sqlite3_prepare_v2(_database, sql, out var statement));
        using (statement)
        {
            for (var i = 0; i < values.Length; i++)
            {
                Check(
                    values[i] switch
                    {
                        null => raw.sqlite3_bind_null(statement, i + 1),
                        byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                        Geometry geometry => raw.sqlite3_bind_blob(
                            statement,
                            i + 1,
                            Blob(geometry)
                        ),
                        double number => raw.sqlite3_bind_double(statement, i + 1, number),
                        int number => raw.sqlite3_bind_int64(statement, i + 1, number),
                        var text => raw.sqlite3_bind_text(statement, i + 1, (string)text),
                    }
                );
            }

            Assert.Equal(raw.SQLITE_DONE, raw.sqlite3_step(statement));
        }
    }

    /// <summary>The file as it is now; nothing more is written afterwards.</summary>
    public byte[] Bytes()
    {
        _database.Dispose();
        return File.ReadAllBytes(_path);
    }

    /// <summary>A geometry as the standard has it, header first.</summary>
    /// <param name="geometry">The geometry; null for none behind the header.</param>
    /// <param name="system">The srs_id.</param>
    /// <param name="order">Of the header and the geometry.</param>
    /// <param name="envelope">0 none, 1 xy, 2 xyz, 3 xym, 4 xyzm; beyond is against the standard.</param>
    /// <param name="flags">Further flags.</param>
    public static byte[] Blob(
        Geometry? geometry,
        int system = 4326,
        ByteOrder order = ByteOrder.LittleEndian,
        int envelope = 1,
        int flags = 0
    )
    {
        var header = new byte[
            8
                + (
                    envelope switch
                    {
                        0 => 0,
                        1 => 32,
                        2 or 3 => 48,
                        _ => 64,
                    }
                )
        ];
        "GP"u8.CopyTo(header);
        var little = order == ByteOrder.LittleEndian;
        header[3] = (byte)((little ? 1 : 0) | (envelope << 1) | flags);
        if (little)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), system);
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), system);
        }

        return geometry is null ? header : [.. header, .. new WKBWriter(order).Write(geometry)];
    }

    public void Dispose()
    {
        _database.Dispose();
        File.Delete(_path);
    }

    private void Check(int result) =>
        Assert.True(
            result == raw.SQLITE_OK,
            $"{result}: {raw.sqlite3_errmsg(_database).utf8_to_string()}"
        );
}
