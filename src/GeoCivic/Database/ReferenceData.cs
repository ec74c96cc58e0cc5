using Npgsql;

namespace GeoCivic.Database;

/// <summary>Fills the code lists from <c>data/reference</c>; a changed file changes the list at the next migration.</summary>
public static class ReferenceData
{
    /// <summary>Loads all lists in one transaction. PostgreSQL itself reads the CSV files.</summary>
    public static async Task LoadAsync(
        NpgsqlDataSource source,
        string dataFolder,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, Sql.Load("Database/reference_stage.sql"), cancellationToken);
        await CopyAsync("stage_point_types", "point_types.csv");
        await CopyAsync("stage_issue_categories", "issue_categories.csv");
        await CopyAsync("stage_venue_categories", "venue_categories.csv");
        await CopyAsync("stage_issue_states", "issue_states.csv");
        await CopyAsync("stage_checklists", "checklists.csv");
        await CopyAsync("stage_checklist_items", "checklist_items.csv");
        await CopyAsync("stage_visit_rules", "visit_rules.csv");
        await CopyAsync("stage_body_kinds", "body_kinds.csv");
        await CopyAsync("stage_people_roles", "people_roles.csv");
        await CopyAsync("stage_sub_places", "sub_places.csv");
        await CopyAsync("stage_campaigns", "campaigns.csv");
        await CopyAsync("stage_campaign_measures", "campaign_measures.csv");
        await CopyAsync("stage_campaign_places", "campaign_places.csv");
        await CopyAsync("stage_clock_rules", "clock_rules.csv");
        await CopyAsync("stage_accuracy_classes", "accuracy_classes.csv");
        await CopyAsync("stage_calendar_days", "cn-working-days.csv", "calendar");
        await ExecuteAsync(
            connection,
            Sql.Load("Database/reference_upsert.sql"),
            cancellationToken
        );
        await LoadRulesAsync(connection, Path.Combine(dataFolder, "rules"), cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        async Task CopyAsync(string table, string file, string folder = "reference")
        {
            var path = Path.Combine(dataFolder, folder, file);
            using var text = new StreamReader(path);
            var header = await text.ReadLineAsync(cancellationToken);
            // The header names the columns; quoted so that a file can only name what the staging table has.
            var columns = string.Join(
                ',',
                header!
                    .Split(',')
                    .Select(c => $"\"{c.Replace("\"", "", StringComparison.Ordinal)}\"")
            );
            await using var copy = await connection.BeginTextImportAsync(
                $"COPY {table} ({columns}) FROM STDIN (FORMAT csv)",
                cancellationToken
            );
            await copy.WriteAsync(await text.ReadToEndAsync(cancellationToken));
        }
    }

    /// <summary>
    /// Enters the rule packs of <c>data/rules</c>. A version that is there stays as it is; whoever changes a file gives it a
    /// new version, so that old verdicts can still be explained.
    /// </summary>
    private static async Task LoadRulesAsync(
        NpgsqlConnection connection,
        string folder,
        CancellationToken cancellationToken
    )
    {
        foreach (
            var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
        )
        {
            await using var command = new NpgsqlCommand(
                "SELECT put_rule_pack(@document::jsonb, 'shipped')",
                connection
            );
            command.Parameters.AddWithValue(
                "document",
                NpgsqlTypes.NpgsqlDbType.Text,
                await File.ReadAllTextAsync(path, cancellationToken)
            );
            if (await command.ExecuteScalarAsync(cancellationToken) is "other")
            {
                throw new InvalidDataException(
                    $"{path} was changed, but its version is already in the database with other content; give it a new version."
                );
            }
        }
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
