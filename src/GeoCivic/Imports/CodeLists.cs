using Npgsql;

namespace GeoCivic.Imports;

/// <summary>The code lists as they stand, recognised by code, Chinese or English name.</summary>
internal sealed class CodeLists
{
    private readonly Dictionary<string, Dictionary<string, string>> _values = new(
        StringComparer.Ordinal
    );

    /// <summary>Issue states by code, name or alias.</summary>
    public Dictionary<string, (string Code, bool IsOpen)> States { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The code of an entry, or null when the list has none such.</summary>
    public string? Find(string table, string entry) => _values[table].GetValueOrDefault(entry);

    /// <summary>Reads all lists.</summary>
    public static async Task<CodeLists> LoadAsync(
        NpgsqlConnection connection,
        CancellationToken cancellationToken
    )
    {
        var lists = new CodeLists();
        foreach (
            var table in (string[])
                [
                    "point_types",
                    "issue_categories",
                    "venue_categories",
                    "body_kinds",
                    "people_roles",
                    "sub_places",
                ]
        )
        {
            lists._values[table] = new(StringComparer.OrdinalIgnoreCase);
        }

        await using var command = new NpgsqlCommand(
            Database.Sql.Load("Imports/code_lists.sql"),
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // Codes come first, so that a name equal to another entry's code does not hide it.
            var words = reader.GetFieldValue<string[]>(2);
            foreach (var word in words)
            {
                lists._values[reader.GetString(0)].TryAdd(word, reader.GetString(1));
            }
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            foreach (var word in reader.GetFieldValue<string[]>(2))
            {
                lists.States.TryAdd(word, (reader.GetString(0), reader.GetBoolean(1)));
            }
        }

        return lists;
    }
}
