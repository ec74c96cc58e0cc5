using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Zones;

/// <summary>A school that a caller may see.</summary>
/// <param name="School">The school.</param>
/// <param name="Metres">From its campus to the caller's area; 0 for the caller's own schools.</param>
public sealed record VisibleSchool(PerimeterSchool School, double Metres);

/// <summary>Which schools are asked for.</summary>
/// <param name="Street">As if the caller held this street only.</param>
/// <param name="Bbox">Whose zones may touch this.</param>
/// <param name="Codes">Codes of schools, or all.</param>
public sealed record SchoolFilter(string? Street, Geometry? Bbox, string[]? Codes)
{
    /// <summary>Where the page begins.</summary>
    public (string Street, string Code)? After { get; init; }

    /// <summary>Schools at most.</summary>
    public int Limit { get; init; } = int.MaxValue;
}

/// <summary>Finds schools with their gates: those a caller may see, and those near a place.</summary>
public sealed class SchoolsAround(NpgsqlDataSource source)
{
    /// <summary>Schools of the caller's area and those whose zones may touch it, by street and code.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="scope">The caller's area.</param>
    /// <param name="reach">The widest zone of any, metres.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async Task<IReadOnlyList<VisibleSchool>> VisibleAsync(
        SchoolFilter filter,
        Scope scope,
        double reach,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Zones/schools_visible.sql"))
            .With("street", filter.Street)
            .With("bbox", filter.Bbox)
            .With("schools", filter.Codes)
            .With("reach", reach)
            .With("after_street", filter.After?.Street)
            .With("after_code", filter.After?.Code)
            .With("limit", filter.Limit)
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var schools = new List<VisibleSchool>();
        while (await rows.ReadAsync(cancellationToken))
        {
            schools.Add(
                new VisibleSchool(SchoolReader.Read(rows), rows.GetDouble(SchoolReader.Columns))
            );
        }

        return schools;
    }

    /// <summary>Schools of every street whose campus meets a box, by street and code.</summary>
    /// <param name="box">WGS-84 degrees.</param>
    /// <param name="scope">Tells which are the caller's own.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    public async Task<IReadOnlyList<PerimeterSchool>> NearAsync(
        Envelope box,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Zones/schools_near.sql"))
            .With("box", new GeometryFactory().ToGeometry(box))
            .With(scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var schools = new List<PerimeterSchool>();
        while (await rows.ReadAsync(cancellationToken))
        {
            schools.Add(SchoolReader.Read(rows));
        }

        return schools;
    }
}
