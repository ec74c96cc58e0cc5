using GeoCivic.Database;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Imports;

/// <summary>The set-based half of an import, on one connection inside its transaction.</summary>
internal sealed partial class ImportSql(
    NpgsqlConnection connection,
    ImportRequest request,
    DateOnly today
)
{
    private readonly Dataset _dataset = request.Dataset;

    /// <summary>What the SQL half found and did.</summary>
    internal sealed record Counts(
        long Added,
        long Changed,
        long Unchanged,
        List<RefusedRow> Refused
    )
    {
        public PlacementCounts? Placement { get; init; }

        public IReadOnlyDictionary<string, MovedCounts>? Moved { get; init; }

        /// <summary>Rows left out because people here have taken the issue on.</summary>
        public long TakenOn { get; init; }
    }

    /// <summary>Place of <c>state</c> among the fields of issues.</summary>
    public static readonly int IssueStateField = IndexOf(Datasets.Issues, "state");

    /// <summary>Place of <c>closed_at</c> among the fields of issues.</summary>
    public static readonly int IssueClosedField = IndexOf(Datasets.Issues, "closed_at");

    /// <summary>The COPY statement that fills the staging table.</summary>
    public static string CopyCommand(Dataset dataset)
    {
        var fields = string.Join(", ", dataset.Fields.Select(f => f.Column));
        var columns = dataset switch
        {
            { AreaLevel: not null } => $"line, street_code, {fields}, geom",
            { Placed: true } when ReferenceEquals(dataset, Datasets.Issues) =>
                $"line, {fields}, is_open, id, geom, placement, grid_code, community_code",
            { Placed: true } => $"line, {fields}, geom, placement, grid_code, community_code",
            { HasPlace: false } => $"line, {fields}",
            _ => $"line, {fields}, geom",
        };
        return $"COPY stage ({columns}) FROM STDIN (FORMAT binary)";
    }

    /// <summary>Settings for the transaction, and the lock that lets one import at a time change a street.</summary>
    /// <exception cref="ImportException">The street does not exist.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await RunAsync(
            "SET LOCAL work_mem = '128MB'; SET LOCAL statement_timeout = 0",
            cancellationToken
        );
        if (_dataset.AreaLevel == "street")
        {
            await RunAsync(
                "SELECT pg_advisory_xact_lock(hashtext('geocivic:streets'))",
                cancellationToken
            );
            return;
        }

        if (request.Street is null)
        {
            throw new ImportException(
                400,
                "street-missing",
                "Say which street the records belong to with --street CODE (HTTP: street=)."
            );
        }

        // Stronger than the key-share lock of a foreign key would need, weaker than blocking readers and single writes.
        await using var command = Command(
            "SELECT name FROM streets WHERE street_code = @street FOR NO KEY UPDATE"
        );
        if (await command.ExecuteScalarAsync(cancellationToken) is null)
        {
            throw new ImportException(
                404,
                "street-unknown",
                $"There is no street '{request.Street}'. Add it with: geocivic street add {request.Street} NAME"
            );
        }
    }

    /// <summary>Makes the empty staging tables.</summary>
    public async Task CreateStageAsync(CancellationToken cancellationToken)
    {
        if (_dataset.AreaLevel is not null)
        {
            await RunAsync(Sql.Load("Imports/areas_stage.sql"), cancellationToken);
            return;
        }

        var fields = string.Join(
            ",\n    ",
            _dataset.Fields.Select(f => $"{f.Column} {StageCopy.TypeOf(f).Sql}")
        );
        if (ReferenceEquals(_dataset, Datasets.Issues))
        {
            fields += ",\n    is_open boolean,\n    id uuid";
        }

        await RunAsync(
            Template(_dataset.HasPlace ? "records_stage" : "plain_stage", ("fields", fields)),
            cancellationToken
        );
    }

    /// <summary>Adds values that the code lists did not have, and says which.</summary>
    public async Task<List<ImportWarning>> ExtendListsAsync(
        Dictionary<string, HashSet<string>> added,
        CancellationToken cancellationToken
    )
    {
        var warnings = new List<ImportWarning>();
        foreach (var (table, values) in added)
        {
            await using var command = Command(
                $"INSERT INTO {table} (code, name, name_en) SELECT v, v, v FROM unnest(@values) v ON CONFLICT DO NOTHING"
            );
            command.Parameters.AddWithValue("values", values.ToArray());
            await command.ExecuteNonQueryAsync(cancellationToken);
            warnings.Add(
                new ImportWarning(
                    "new-list-values",
                    $"{values.Count} values are not in the list {table}; the import adds them to it as they are",
                    [.. values.Order(StringComparer.Ordinal)]
                )
            );
        }

        return warnings;
    }

    /// <summary>Checks, places and upserts records.</summary>
    public async Task<Counts> ApplyRecordsAsync(
        bool[] seen,
        bool hasExtended,
        CancellationToken cancellationToken
    )
    {
        await RunAsync("ANALYZE stage (code)", cancellationToken);
        await RunAsync(Sql.Load("Imports/stage_duplicates.sql"), cancellationToken);
        if (ReferenceEquals(_dataset, Datasets.Gates) || ReferenceEquals(_dataset, Datasets.Issues))
        {
            await RunAsync(
                Sql.Load($"Imports/records_check_{_dataset.Name}.sql"),
                cancellationToken
            );
        }

        var refused = await TakeRefusedAsync(cancellationToken);
        var issues = ReferenceEquals(_dataset, Datasets.Issues);
        if (_dataset.Placed)
        {
            await RunAsync(Sql.Load("Imports/records_place.sql"), cancellationToken);
        }

        string[] geom = _dataset.HasPlace ? ["geom"] : [];
        List<string> columns = [.. _dataset.Fields.Select(f => f.Column), .. geom];
        List<string> updated =
        [
            .. _dataset.Fields.Where((_, i) => i > 0 && seen[i]).Select(f => f.Column),
            .. geom,
        ];
        if (issues)
        {
            columns.AddRange(["is_open", "id"]);
            if (seen[IssueStateField] || seen[IssueClosedField])
            {
                updated.AddRange(["is_open", "state"]);
            }
        }

        updated = [.. updated.Distinct(StringComparer.Ordinal)];
        string[] place = _dataset.Placed
            ? ["placement", "grid_code", "community_code", "snap_distance_m"]
            : [];
        var changed = await RunAsync(
            Template(
                "records_update",
                ("table", _dataset.Table),
                ("set", string.Join(", ", updated.Concat(place).Select(c => $"{c} = s.{c}"))),
                ("old", string.Join(", ", updated.Select(c => $"t.{c}"))),
                ("new", string.Join(", ", updated.Select(c => $"s.{c}"))),
                ("but", issues ? Sql.Load("Imports/but_taken_on.sql").TrimEnd() : "")
            ),
            cancellationToken
        );
        columns.AddRange(place);
        var added = await RunAsync(
            Template(
                "records_insert",
                ("table", _dataset.Table),
                ("columns", string.Join(", ", columns)),
                ("values", string.Join(", ", columns.Select(c => $"s.{c}"))),
                ("order", _dataset.HasPlace ? "s.geom" : "s.code")
            ),
            cancellationToken
        );
        if (_dataset.SharesTable is { } shares && (hasExtended || changed > 0))
        {
            await RunAsync(Template("records_shares", ("shares", shares)), cancellationToken);
        }

        var staged = await ScalarAsync("SELECT count(*) FROM stage", cancellationToken);
        return new Counts(added, changed, staged - added - changed, refused)
        {
            Placement = await PlacementAsync(cancellationToken),
            TakenOn = issues
                ? await ScalarAsync(Sql.Load("Imports/issues_taken_on.sql"), cancellationToken)
                : 0,
        };
    }

    /// <summary>Checks and applies boundaries, then places every record again that a change touches.</summary>
    public async Task<Counts> ApplyAreasAsync(CancellationToken cancellationToken)
    {
        await RunAsync(Sql.Load("Imports/stage_duplicates.sql"), cancellationToken);
        await RunAsync(
            "DELETE FROM stage s USING refused r WHERE r.line = s.line",
            cancellationToken
        );
        await RunAsync(Sql.Load("Imports/areas_resolve.sql"), cancellationToken);
        var refused = await TakeRefusedAsync(cancellationToken);
        await using var count = Command(Sql.Load("Imports/areas_count.sql"));
        long added,
            changed,
            unchanged;
        await using (var row = await count.ExecuteReaderAsync(cancellationToken))
        {
            await row.ReadAsync(cancellationToken);
            (added, changed, unchanged) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        }

        await RunAsync(Sql.Load("Imports/areas_apply.sql"), cancellationToken);
        var moved = _dataset.AreaLevel == "grid" ? await ReplaceAsync(cancellationToken) : null;
        return new Counts(added, changed, unchanged, refused) { Moved = moved };
    }

    /// <summary>Writes the import into the log.</summary>
    public async Task RecordImportAsync(ImportReport report, CancellationToken cancellationToken)
    {
        if (report.Street is null)
        {
            return;
        }

        await using var command = Command(Sql.Load("Imports/record_import.sql"));
        command.Parameters.AddWithValue("id", Guid.CreateVersion7());
        command.Parameters.AddWithValue("dataset", report.Dataset);
        command.Parameters.AddWithValue("file", report.File);
        command.Parameters.AddWithValue("read", report.Read);
        command.Parameters.AddWithValue("added", report.Added);
        command.Parameters.AddWithValue("changed", report.Changed);
        command.Parameters.AddWithValue("unchanged", report.Unchanged);
        command.Parameters.AddWithValue("refused", report.Refused);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<Dictionary<string, MovedCounts>> ReplaceAsync(
        CancellationToken cancellationToken
    )
    {
        var moved = new Dictionary<string, MovedCounts>(StringComparer.Ordinal);
        await RunAsync(Sql.Load("Imports/replace_candidates.sql"), cancellationToken);
        // Without knowing how many grids there are now the planner may let the points drive the index on the grids.
        await RunAsync("ANALYZE area_versions", cancellationToken);
        foreach (var dataset in Datasets.AllPlaced)
        {
            (string, string)[] names =
            [
                ("table", dataset.Table),
                ("key", dataset.KeyColumn),
                ("shares", dataset.SharesTable ?? ""),
            ];
            await RunAsync(Template("replace_records", names), cancellationToken);
            await using (var count = Command(Template("replace_counts", names)))
            await using (var row = await count.ExecuteReaderAsync(cancellationToken))
            {
                await row.ReadAsync(cancellationToken);
                moved[dataset.Name] = new MovedCounts(
                    row.GetInt64(0),
                    row.GetInt64(1),
                    row.GetInt64(2),
                    row.GetInt64(3),
                    row.GetInt64(4)
                );
            }

            await RunAsync(Template("replace_write", names), cancellationToken);
            if (dataset.SharesTable is not null)
            {
                await RunAsync(Template("replace_shares", names), cancellationToken);
            }
        }

        return moved;
    }

    private async Task<PlacementCounts?> PlacementAsync(CancellationToken cancellationToken)
    {
        if (!_dataset.Placed)
        {
            return null;
        }

        await using var command = Command(
            """
            SELECT count(*) FILTER (WHERE placement = 'inside'), count(*) FILTER (WHERE placement = 'snapped'),
                   count(*) FILTER (WHERE placement = 'orphan')
            FROM stage
            """
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new PlacementCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    private async Task<List<RefusedRow>> TakeRefusedAsync(CancellationToken cancellationToken)
    {
        var refused = new List<RefusedRow>();
        await using (
            var command = Command(
                "SELECT DISTINCT ON (r.line) r.line, r.field, r.reason, r.value, s.code FROM refused r LEFT JOIN stage s ON s.line = r.line ORDER BY r.line, r.field"
            )
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                refused.Add(
                    new RefusedRow(
                        rows.GetInt64(0),
                        rows.GetString(1),
                        rows.GetString(2),
                        await rows.IsDBNullAsync(3, cancellationToken) ? null : rows.GetString(3),
                        Code: await rows.IsDBNullAsync(4, cancellationToken)
                            ? null
                            : rows.GetString(4)
                    )
                );
            }
        }

        if (refused.Count > 0 && _dataset.AreaLevel is null)
        {
            await RunAsync(
                "DELETE FROM stage s USING refused r WHERE r.line = s.line; DELETE FROM refused",
                cancellationToken
            );
        }

        return refused;
    }

    private NpgsqlCommand Command(string sql)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        if (sql.Contains("@street", StringComparison.Ordinal))
        {
            command.Parameters.Add(
                new NpgsqlParameter("street", NpgsqlDbType.Text)
                {
                    Value = (object?)request.Street ?? DBNull.Value,
                }
            );
        }

        if (sql.Contains("@level", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("level", _dataset.AreaLevel!);
        }

        if (sql.Contains("@today", StringComparison.Ordinal))
        {
            command.Parameters.AddWithValue("today", NpgsqlDbType.Date, today);
        }

        return command;
    }

    private async Task<long> RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Command(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Fills table and column names into an embedded file; they come from <see cref="Datasets"/> only.</summary>
    private static string Template(string file, params (string Name, string Text)[] names)
    {
        var sql = Sql.Load($"Imports/{file}.sql");
        foreach (var (name, text) in names)
        {
            sql = sql.Replace("{{" + name + "}}", text, StringComparison.Ordinal);
        }

        return sql;
    }

    private static int IndexOf(Dataset dataset, string field)
    {
        for (var i = 0; i < dataset.Fields.Count; i++)
        {
            if (string.Equals(dataset.Fields[i].Name, field, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new InvalidOperationException(field);
    }
}
