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
        long number = 0;
        var venues = new List<PerimeterVenue>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetInt64(0) != number)
            {
                if (venues.Count > 0)
                {
                    venues.Sort(InOrder);
                    yield return (school, venues);
                    venues = [];
                }

                number = rows.GetInt64(0);
                school = (rows.GetString(1), rows.GetString(2));
            }

            venues.Add(Venue(rows, 3, rows.GetBoolean(15)));
        }

        if (venues.Count > 0)
        {
            venues.Sort(InOrder);
            yield return (school, venues);
        }
    }

    private static int InOrder(PerimeterVenue a, PerimeterVenue b) =>
        RowKey.Compare(a.Street, b.Street) is var order && order != 0
            ? order
            : RowKey.Compare(a.Code, b.Code);

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
            // Most are places, which are faster read as two numbers.
            rows.IsDBNull(first + 9)
                ? rows.GetFieldValue<Geometry>(first + 11)
                : new Point(rows.GetDouble(first + 9), rows.GetDouble(first + 10)) { SRID = 4326 },
            shown
        );

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static DateOnly? Day(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetFieldValue<DateOnly>(column);
}
