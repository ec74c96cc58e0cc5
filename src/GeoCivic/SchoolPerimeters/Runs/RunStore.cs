using System.Text.Json;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Runs;

/// <summary>Reads and writes states as versions: what is as it was costs nothing.</summary>
internal static class RunStore
{
    private sealed record FactRow(
        string Subject,
        string SubjectStreet,
        string SubjectCode,
        string Name,
        IReadOnlyDictionary<string, string> Facts
    );

    private sealed record FindingRow(
        string SchoolStreet,
        string SchoolCode,
        string VenueCode,
        string Rule,
        Finding Finding
    );

    /// <summary>The state that a run left behind; empty for run 0.</summary>
    public static async Task<PerimeterState> ReadAsync(
        NpgsqlConnection connection,
        string street,
        int run,
        CancellationToken cancellationToken
    )
    {
        var state = new PerimeterState();
        await using (
            var facts = new NpgsqlCommand(
                Sql.Load("SchoolPerimeters/Runs/facts_at.sql"),
                connection
            )
                .With("street", street)
                .With("run", run)
        )
        await using (var rows = await facts.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                state.Facts[new FactKey(rows.GetString(0), rows.GetString(1), rows.GetString(2))] =
                    new Fact(
                        rows.GetString(3),
                        JsonSerializer.Deserialize<Dictionary<string, string>>(rows.GetString(4))!
                    );
            }
        }

        await using var findings = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/Runs/findings_at.sql"),
            connection
        )
            .With("street", street)
            .With("run", run);
        await using var found = await findings.ExecuteReaderAsync(cancellationToken);
        while (await found.ReadAsync(cancellationToken))
        {
            double? Number(int i) => found.IsDBNull(i) ? null : found.GetDouble(i);
            state.Findings[
                new FindingKey(
                    found.GetString(0),
                    found.GetString(1),
                    found.GetString(2),
                    found.GetString(3)
                )
            ] = new Finding(
                found.GetString(4),
                found.GetString(5),
                found.GetDouble(6),
                found.GetDouble(7),
                Number(8),
                Number(9),
                Number(10),
                found.GetDouble(11),
                found.IsDBNull(12) ? null : found.GetFieldValue<DateOnly>(12)
            );
        }

        return state;
    }

    /// <summary>Writes what is another than after the run before.</summary>
    /// <returns>Versions written.</returns>
    public static async Task<int> WriteAsync(
        NpgsqlConnection connection,
        string street,
        int run,
        PerimeterState before,
        PerimeterState after,
        CancellationToken cancellationToken
    )
    {
        var facts = after
            .Facts.Where(f => !before.Facts.TryGetValue(f.Key, out var old) || !old.IsSame(f.Value))
            .Select(f => new FactRow(
                f.Key.Subject,
                f.Key.Street,
                f.Key.Code,
                f.Value.Name,
                f.Value.Values
            ))
            .ToList();
        var findings = after
            .Findings.Where(f => before.Findings.GetValueOrDefault(f.Key) != f.Value)
            .Select(f => new FindingRow(
                f.Key.SchoolStreet,
                f.Key.School,
                f.Key.Venue,
                f.Key.Rule,
                f.Value
            ))
            .ToList();
        var endedFacts = before
            .Facts.Where(f => !after.Facts.TryGetValue(f.Key, out var now) || !now.IsSame(f.Value))
            .Select(f => f.Key)
            .ToList();
        var endedFindings = before
            .Findings.Where(f => after.Findings.GetValueOrDefault(f.Key) != f.Value)
            .Select(f => f.Key)
            .ToList();
        await using var write = new NpgsqlCommand(
            Sql.Load("SchoolPerimeters/Runs/write_versions.sql"),
            connection
        )
            .With("street", street)
            .With("run", run)
            .With("ended_facts", Json(endedFacts))
            .With("ended_findings", Json(endedFindings))
            .With("facts", Json(facts))
            .With("findings", Json(findings));
        await write.ExecuteNonQueryAsync(cancellationToken);
        return facts.Count + findings.Count;
    }

    private static string Json<T>(T rows) => JsonSerializer.Serialize(rows, PerimeterJson.Snake);
}
