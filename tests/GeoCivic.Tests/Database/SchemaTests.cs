using Npgsql;

namespace GeoCivic.Tests.Database;

/// <summary>Reads the catalogue: rules that every table keeps, also those that are still to come.</summary>
public sealed class SchemaTests(PostGisFixture database) : IClassFixture<PostGisFixture>
{
    // EF's own history of migrations, and PostGIS's list of reference systems.
    private const string Ours =
        "n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname NOT IN ('__EFMigrationsHistory', 'spatial_ref_sys')";

    private const string WithoutKey = """
        SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p')
        """;

    private const string StreetNotFirst = """
        SELECT format('%s.%s', c.relname, k.conname)
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'street_code' AND NOT a.attisdropped
        JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
        WHERE {ours} AND k.conkey[1] <> a.attnum
          -- what an account holds may reach over streets; idempotency keys have a table of their own
          AND c.relname NOT IN ('grants', 'submissions')
        """;

    private const string NotIndexed = """
        SELECT format('%s.%s', c.relname, k.conname)
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND k.contype = 'f' AND NOT EXISTS (
            SELECT FROM pg_index i
            JOIN pg_class x ON x.oid = i.indexrelid
            JOIN pg_am m ON m.oid = x.relam AND m.amname = 'btree'
            WHERE i.indrelid = k.conrelid AND i.indisvalid
              -- a partial index serves when it leaves out only rows without a reference
              AND (i.indpred IS NULL OR pg_get_expr(i.indpred, i.indrelid) ~ '^\(\w+ IS NOT NULL\)$')
              -- its leading columns are the key's, in any order
              AND (SELECT array_agg(col ORDER BY col) FROM unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) col)
                = (SELECT array_agg(col ORDER BY col) FROM unnest(k.conkey) col))
        """;

    private const string Misnamed = """
        SELECT format('%s.%s', c.relname, k.conname)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND k.contype IN ('p', 'f', 'c', 'u', 'x') AND NOT starts_with(k.conname,
            CASE k.contype WHEN 'p' THEN 'pk_' || c.relname WHEN 'f' THEN 'fk_' || c.relname || '_' WHEN 'c' THEN 'ck_' || c.relname || '_'
                           WHEN 'u' THEN 'uq_' || c.relname || '_' ELSE 'ex_' || c.relname || '_' END)
        UNION ALL
        SELECT format('%s.%s', c.relname, x.relname)
        FROM pg_index i
        JOIN pg_class x ON x.oid = i.indexrelid
        JOIN pg_am m ON m.oid = x.relam
        JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.oid AND k.contype IN ('p', 'u', 'x'))
          AND NOT starts_with(x.relname, CASE WHEN m.amname = 'gist' THEN 'gix_' WHEN i.indisunique THEN 'uq_' ELSE 'ix_' END || c.relname || '_')
        UNION ALL
        SELECT format('%s.%s', c.relname, t.tgname)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND NOT t.tgisinternal AND NOT starts_with(t.tgname, 'tr_' || c.relname || '_')
        UNION ALL
        SELECT format('%s.%s', c.relname, a.attname)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND a.attnum > 0 AND NOT a.attisdropped AND a.attname !~ '^[a-z][a-z0-9_]*$'
        """;

    private const string Geometries = """
        FROM geometry_columns g
        JOIN pg_class c ON c.relname = g.f_table_name
        JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = g.f_table_schema
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = g.f_geometry_column
        WHERE {ours}
        """;

    private const string BadGeometry = $"""
        SELECT format('%s.%s: srid %s, dimensions %s', c.relname, a.attname, g.srid, g.coord_dimension) {Geometries}
          AND (g.srid <> 4326 OR g.coord_dimension <> 2)
        UNION ALL
        SELECT format('%s.%s may be null', c.relname, a.attname) {Geometries} AND NOT a.attnotnull
        UNION ALL
        SELECT format('%s.%s has no GiST index', c.relname, a.attname) {Geometries} AND NOT EXISTS (
            SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
            WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND m.amname = 'gist' AND i.indpred IS NULL)
        UNION ALL
        SELECT format('%s.%s may be invalid or empty', c.relname, a.attname) {Geometries} AND NOT EXISTS (
            SELECT FROM pg_constraint k
            WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated AND a.attnum = ANY (k.conkey)
              AND pg_get_constraintdef(k.oid) LIKE '%st_isvalid(%'
              AND pg_get_constraintdef(k.oid) LIKE '%NOT st_isempty(%')
        """;

    private async Task<List<string>> RowsAsync(string sql)
    {
        var found = new List<string>();
        await using var command = new NpgsqlCommand(
            sql.Replace("{ours}", Ours, StringComparison.Ordinal)
        );
        await using var connection = await database.DataSource.OpenConnectionAsync();
        command.Connection = connection;
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }

    [Fact]
    public async Task The_catalogue_is_read_at_all()
    {
        var tables = await RowsAsync(
            "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {ours}"
        );
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "streets",
                "area_versions",
                "points",
                "issues",
                "grid_issue_counts",
            },
            tables.ToHashSet(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_table_has_a_primary_key() => Assert.Empty(await RowsAsync(WithoutKey));

    [Fact]
    public async Task The_street_comes_first_in_every_key_of_a_table_that_has_it() =>
        Assert.Empty(await RowsAsync(StreetNotFirst));

    [Fact]
    public async Task Every_foreign_key_is_indexed_on_its_columns() =>
        Assert.Empty(await RowsAsync(NotIndexed));

    [Fact]
    public async Task Every_geometry_has_an_index_a_reference_system_and_a_check()
    {
        Assert.True((await RowsAsync($"SELECT c.relname::text {Geometries}")).Count >= 7);
        Assert.Empty(await RowsAsync(BadGeometry));
    }

    [Fact]
    public async Task Names_say_what_a_thing_is_and_on_what() =>
        Assert.Empty(await RowsAsync(Misnamed));

    // A rule that finds nothing proves nothing unless it can find something.
    [Fact]
    public async Task Each_rule_finds_a_table_that_breaks_it()
    {
        await ExecuteAsync(
            """
            CREATE TABLE bad_one (code text, street_code text, place geometry(Point, 4326) NOT NULL, "Name" text,
                CONSTRAINT wrong PRIMARY KEY (code, street_code),
                CONSTRAINT fk_bad_one_street FOREIGN KEY (street_code) REFERENCES streets (street_code));
            CREATE TABLE bad_two (street_code text, shape geometry(PointZ, 3857));
            CREATE INDEX bad_index ON bad_one (code);
            """
        );
        try
        {
            Assert.Equal(["bad_two"], await RowsAsync(WithoutKey));
            Assert.Equal(["bad_one.wrong"], await RowsAsync(StreetNotFirst));
            Assert.Equal(["bad_one.fk_bad_one_street"], await RowsAsync(NotIndexed));
            Assert.Equal(
                ["bad_one.Name", "bad_one.bad_index", "bad_one.wrong"],
                (await RowsAsync(Misnamed)).Order(StringComparer.Ordinal)
            );
            Assert.Equal(
                [
                    "bad_one.place has no GiST index",
                    "bad_one.place may be invalid or empty",
                    "bad_two.shape has no GiST index",
                    "bad_two.shape may be invalid or empty",
                    "bad_two.shape may be null",
                    "bad_two.shape: srid 3857, dimensions 3",
                ],
                (await RowsAsync(BadGeometry)).Order(StringComparer.Ordinal)
            );
        }
        finally
        {
            await ExecuteAsync("DROP TABLE bad_one; DROP TABLE bad_two;");
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = database.DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
