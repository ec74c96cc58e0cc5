using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Venues of a category that no rule in force for their street covers.</summary>
/// <param name="Category">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Venues">How many venues.</param>
public sealed record Unruled(string Category, string Name, long Venues);

/// <summary>Venues that look like the same one entered twice.</summary>
/// <param name="Street">Their street.</param>
/// <param name="Venues">Two codes.</param>
/// <param name="Metres">Geodesic distance between the two.</param>
public sealed record Duplicate(string Street, string[] Venues, double Metres);

/// <summary>The walking network that an answer rests on.</summary>
/// <param name="Loaded">Whether there are ways.</param>
/// <param name="Ways">How many.</param>
/// <param name="Revision">Grows with every change of ways.</param>
public sealed record NetworkState(bool Loaded, long Ways, long Revision);

/// <summary>What an answer says beside its rows.</summary>
public sealed class ComplianceFacts(NpgsqlDataSource source, RuleBook rules)
{
    /// <summary>Names of categories of venues by code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> CategoryNamesAsync(
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand("SELECT code, name FROM venue_categories");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            names[rows.GetString(0)] = rows.GetString(1);
        }

        return names;
    }

    /// <summary>Names of streets by code.</summary>
    public async Task<IReadOnlyDictionary<string, string>> StreetNamesAsync(
        string[] codes,
        CancellationToken cancellationToken
    )
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        if (codes.Length == 0)
        {
            return names;
        }

        await using var command = source
            .CreateCommand("SELECT street_code, name FROM streets WHERE street_code = ANY (@codes)")
            .With("codes", codes);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            names[rows.GetString(0)] = rows.GetString(1);
        }

        return names;
    }

    /// <summary>The venues that the asker sees and no rule covers: they are listed, never passed in silence.</summary>
    public async Task<IReadOnlyList<Unruled>> UnruledAsync(
        ComplianceQuestion question,
        CancellationToken cancellationToken
    )
    {
        var all = await rules.AllAsync(cancellationToken);
        var covered = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Compliance/venues_by_category.sql"))
            .With("street", question.Street)
            .With(question.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new SortedDictionary<string, Unruled>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (street, category) = (rows.GetString(0), rows.GetString(1));
            if (!covered.TryGetValue(street, out var categories))
            {
                covered[street] = categories = [
                    .. RuleBook
                        .InForce(all, street, question.On)
                        .SelectMany(r => r.VenueCategories),
                ];
            }

            if (!categories.Contains(category))
            {
                var before = found.GetValueOrDefault(category)?.Venues ?? 0;
                found[category] = new Unruled(
                    category,
                    rows.GetString(2),
                    before + rows.GetInt64(3)
                );
            }
        }

        return [.. found.Values];
    }

    /// <summary>Venues of a street that look like one entered twice.</summary>
    public async Task<IReadOnlyList<Duplicate>> DuplicatesAsync(
        ComplianceQuestion question,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Compliance/duplicates.sql"))
            .With("street", question.Street)
            .With(question.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Duplicate>();
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(
                new Duplicate(
                    rows.GetString(0),
                    [rows.GetString(1), rows.GetString(2)],
                    rows.GetDouble(3)
                )
            );
        }

        return found;
    }

    /// <summary>The ways that are loaded.</summary>
    public async Task<NetworkState> NetworkAsync(
        ComplianceQuestion question,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Compliance/network.sql"))
            .With("street", question.Street);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new NetworkState(row.GetInt64(0) > 0, row.GetInt64(0), row.GetInt64(1));
    }
}
