using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>Code and names of a venue category.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Chinese name.</param>
/// <param name="NameEn">English name.</param>
public sealed record VenueCategory(string Code, string Name, string NameEn);

/// <summary>What a check has to know of the database's state: little itself, the rest by revisions.</summary>
/// <param name="Category">The category asked about.</param>
/// <param name="Rules">Revision of the rule packs.</param>
/// <param name="Ways">Revision of all ways; 0: there never were any.</param>
/// <param name="Streets">The caller's streets in code order.</param>
/// <param name="Schools">Schools of every street near the place, in no order.</param>
public sealed record CheckState(
    VenueCategory Category,
    long Rules,
    long Ways,
    IReadOnlyList<StreetRevision> Streets,
    IReadOnlyList<SchoolVersion> Schools
)
{
    /// <summary>Reads it in one round trip.</summary>
    /// <param name="source">The database.</param>
    /// <param name="box">Schools whose campus meets it, WGS-84 degrees.</param>
    /// <param name="category">Code of a venue category.</param>
    /// <param name="scope">What the caller may know of.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">There is no such category.</exception>
    public static async Task<CheckState> ReadAsync(
        NpgsqlDataSource source,
        Envelope box,
        string category,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/Check/check_state.sql"),
            connection
        )
            .With("category", category)
            .With("box", new GeometryFactory().ToGeometry(box))
            .With("scope", scope.Keys);
        await using var rows = await command.ReadPreparedAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        if (rows.IsDBNull(0))
        {
            throw ProblemException.Unacceptable(
                "category",
                $"'{category}' is the code of no venue category"
            );
        }

        var named = new VenueCategory(rows.GetString(0), rows.GetString(1), rows.GetString(2));
        var (rules, ways) = (rows.GetInt64(3), rows.GetInt64(4));
        await rows.NextResultAsync(cancellationToken);
        var streets = new List<StreetRevision>();
        while (await rows.ReadAsync(cancellationToken))
        {
            streets.Add(new StreetRevision(rows.GetString(0), rows.GetInt64(1), rows.GetString(2)));
        }

        await rows.NextResultAsync(cancellationToken);
        var schools = new List<SchoolVersion>();
        while (await rows.ReadAsync(cancellationToken))
        {
            schools.Add(
                new SchoolVersion(rows.GetString(0), rows.GetString(1), rows.GetFieldValue<uint>(2))
            );
        }

        return new CheckState(named, rules, ways, streets, schools);
    }
}
