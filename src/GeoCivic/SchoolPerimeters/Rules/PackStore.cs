using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Rules;

/// <summary>A pack as the database keeps it.</summary>
/// <param name="Pack">Its id.</param>
/// <param name="Version">The version in use.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
/// <param name="Region">Where it holds.</param>
/// <param name="Notes">What a reader should know.</param>
/// <param name="Drives">JSON array of its drives.</param>
/// <param name="Undecided">JSON array of its texts without a number.</param>
/// <param name="Digest">SHA-256 of its content.</param>
/// <param name="Origin"><c>shipped</c> or <c>loaded</c>.</param>
/// <param name="LoadedAt">When it came, Beijing time.</param>
/// <param name="Rules">How many rules it has.</param>
/// <param name="Verified">How many of them have a verified wording.</param>
public sealed record StoredPack(
    string Pack,
    string Version,
    string Name,
    string NameEn,
    string Region,
    string? Notes,
    string Drives,
    string Undecided,
    string Digest,
    string Origin,
    string LoadedAt,
    long Rules,
    long Verified
);

/// <summary>The packs in the database.</summary>
public sealed class PackStore(NpgsqlDataSource source, RuleBook rules)
{
    /// <summary>What a pack may refer to here: the code lists as they stand and the rules of the other packs.</summary>
    public async Task<PackContext> ContextAsync(string? except, CancellationToken cancellationToken)
    {
        var others = (await rules.AllAsync(cancellationToken)).Where(r =>
            !string.Equals(r.Pack, except, StringComparison.Ordinal)
        );
        await using var command = source.CreateCommand(
            Sql.Load("SchoolPerimeters/Rules/pack_codes.sql")
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new PackContext(
            row.GetFieldValue<string[]>(0).ToHashSet(StringComparer.Ordinal),
            row.GetFieldValue<string[]>(1).ToHashSet(StringComparer.Ordinal),
            [.. others]
        );
    }

    /// <summary>Makes a pack that was found well-formed the one in use.</summary>
    /// <param name="json">The file's text.</param>
    /// <param name="cancellationToken">Ends it; nothing is kept.</param>
    /// <returns>Whether the version is new here.</returns>
    /// <exception cref="ProblemException">That version is here with other content.</exception>
    public async Task<bool> PutAsync(string json, CancellationToken cancellationToken)
    {
        await using var command = source
            .CreateCommand("SELECT put_rule_pack(@document::jsonb, 'loaded')")
            .With("document", json);
        return (string?)await command.ExecuteScalarAsync(cancellationToken) switch
        {
            "added" => true,
            "known" => false,
            _ => throw new ProblemException(
                Problems.InvalidParameter,
                "This version of the pack is here with other content; old verdicts rest on it. Give the file a new version."
            ),
        };
    }

    /// <summary>The packs in use; wide regions first.</summary>
    public async Task<IReadOnlyList<StoredPack>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            Sql.Load("SchoolPerimeters/Rules/current_packs.sql")
        );
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var packs = new List<StoredPack>();
        while (await rows.ReadAsync(cancellationToken))
        {
            packs.Add(
                new StoredPack(
                    rows.GetString(0),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.GetString(3),
                    rows.GetString(4),
                    await rows.IsDBNullAsync(5, cancellationToken) ? null : rows.GetString(5),
                    rows.GetString(6),
                    rows.GetString(7),
                    rows.GetString(8),
                    rows.GetString(9),
                    rows.GetString(10),
                    rows.GetInt64(11),
                    rows.GetInt64(12)
                )
            );
        }

        return packs;
    }
}
