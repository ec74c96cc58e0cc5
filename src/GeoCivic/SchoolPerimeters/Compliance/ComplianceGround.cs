using System.Runtime.CompilerServices;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Reads schools with their gates, and the venues near them: two queries, however many there are.</summary>
public sealed class ComplianceGround(NpgsqlDataSource source)
{
    /// <summary>The schools of a question by street and code, in the order of the answer.</summary>
    public async Task<IReadOnlyList<PerimeterSchool>> SchoolsAsync(
        ComplianceQuestion question,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Compliance/schools_measured.sql"))
            .With("schools", question.Schools)
            .With("school_street", question.SchoolStreet)
            .With("street", question.Street)
            .With(question.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var schools = new List<PerimeterSchool>();
        while (await rows.ReadAsync(cancellationToken))
        {
            schools.Add(SchoolReader.Read(rows));
        }

        return schools;
    }

    /// <summary>The venues near each school, school by school in the order of the answer.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="metres">How far from the campus.</param>
    /// <param name="shape">Taken for the campus of every school asked for; null: each its own.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async IAsyncEnumerable<(
        (string Street, string Code) School,
        IReadOnlyList<PerimeterVenue> Venues
    )> VenuesAsync(
        ComplianceQuestion question,
        double metres,
        Geometry? shape,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Compliance/venues_near.sql"))
            .With("schools", question.Schools)
            .With("school_street", question.SchoolStreet)
            .With("venues", question.Venues)
            .With("categories", question.Categories)
            .With("street", question.Street)
            .With("beyond", question.Beyond)
            .With("metres", metres)
            .With("shape", shape)
            .With("after_street", question.From?.Street)
            .With("after_code", question.From?.Code)
            .With(question.Scope);
        // A whole city may be asked for; who asks for it no more ends it.
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        (string Street, string Code) school = ("", "");
        var venues = new List<PerimeterVenue>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var next = (rows.GetString(0), rows.GetString(1));
            if (next != school && venues.Count > 0)
            {
                yield return (school, venues);
                venues = [];
            }

            school = next;
            venues.Add(Venue(rows, 2, rows.GetBoolean(12)));
        }

        if (venues.Count > 0)
        {
            yield return (school, venues);
        }
    }

    /// <summary>All venues of the question's street.</summary>
    public async IAsyncEnumerable<PerimeterVenue> AllVenuesAsync(
        ComplianceQuestion question,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Compliance/street_venues.sql"))
            .With("street", question.Street)
            .With(question.Scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            yield return Venue(rows, 0, shown: true);
        }
    }

    private static PerimeterVenue Venue(NpgsqlDataReader rows, int first, bool shown) =>
        new(
            rows.GetString(first),
            rows.GetString(first + 1),
            rows.GetString(first + 2),
            rows.GetString(first + 3),
            Day(rows, first + 4),
            Day(rows, first + 5),
            Text(rows, first + 6),
            Text(rows, first + 7),
            rows.GetInt32(first + 8),
            rows.GetFieldValue<Geometry>(first + 9),
            shown
        );

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateOnly? Day(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateOnly>(column);
}
