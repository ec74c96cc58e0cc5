using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>One finding about a street's grids.</summary>
/// <param name="Rule"><c>gap overlap outside_community invalid_shape empty_shape orphan_point snapped_point</c>.</param>
/// <param name="Severity"><c>error</c> or <c>note</c>.</param>
/// <param name="Codes">What it is about.</param>
/// <param name="AreaM2">Surface, geodesic square metres.</param>
/// <param name="WidthM">Mean width, metres.</param>
/// <param name="LengthM">Length (half the perimeter) or distance, metres.</param>
/// <param name="MessageEn">English.</param>
/// <param name="MessageZh">Chinese.</param>
/// <param name="Lon">A place on it.</param>
/// <param name="Lat">A place on it.</param>
public sealed record CoverageFinding(
    string Rule,
    string Severity,
    string[] Codes,
    double? AreaM2,
    double? WidthM,
    double? LengthM,
    string MessageEn,
    string MessageZh,
    double? Lon,
    double? Lat
);

/// <summary>Looks for gaps, overlaps and strays (feature A2).</summary>
public static class Coverage
{
    /// <summary>A command around <c>coverage.sql</c>.</summary>
    internal static NpgsqlCommand Command(
        NpgsqlDataSource source,
        string file,
        string street,
        DateOnly at
    ) => source.CreateCommand(Sql.Load(file)).With("street", street).With("at", at);

    /// <summary>All findings about a street on a day, errors first.</summary>
    /// <exception cref="ProblemException">There is no such street.</exception>
    public static async Task<IReadOnlyList<CoverageFinding>> FindAsync(
        NpgsqlDataSource source,
        string street,
        DateOnly at,
        CancellationToken cancellationToken
    )
    {
        await Streets.RequireAsync(source, street, cancellationToken);
        await using var command = Command(source, "Geography/coverage_rows.sql", street, at);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var findings = new List<CoverageFinding>();
        while (await rows.ReadAsync(cancellationToken))
        {
            double? Number(int column) => rows.IsDBNull(column) ? null : rows.GetDouble(column);
            findings.Add(
                new CoverageFinding(
                    rows.GetString(0),
                    rows.GetString(1),
                    rows.GetFieldValue<string[]>(2),
                    Number(3),
                    Number(4),
                    Number(5),
                    rows.GetString(6),
                    rows.GetString(7),
                    Number(8),
                    Number(9)
                )
            );
        }

        return findings;
    }
}
