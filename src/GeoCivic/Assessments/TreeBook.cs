using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Assessments;

/// <summary>What came of reading a tree.</summary>
/// <param name="Id">The version stored, or that the same file had made before; null when nothing was stored.</param>
/// <param name="Version">Its number.</param>
/// <param name="Stored">Whether it is new.</param>
/// <param name="Levels">Rows of each level.</param>
/// <param name="Points">Different evaluation points attached.</param>
/// <param name="Households">Households asked.</param>
/// <param name="Vetoes">Veto indicators.</param>
internal sealed record TreeReport(
    Guid? Id,
    int? Version,
    bool Stored,
    int[] Levels,
    long Points,
    long Households,
    int Vetoes
);

/// <summary>Imports assessment trees (测评体系), each file a version that never changes.</summary>
public sealed class TreeBook(NpgsqlDataSource source, TimeProvider clock)
{
    private const int MostFaults = 1000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Imports a file that was checked to come from who may.</summary>
    /// <exception cref="ProblemException">Rows or numbers are wrong; nothing was stored.</exception>
    /// <exception cref="Imports.Reading.SourceFileException">The file as a whole is refused.</exception>
    internal async Task<TreeReport> ImportAsync(
        string path,
        string fileName,
        string title,
        string street,
        Announced announced,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var (rows, faults) = TreeReader.Read(path, fileName, cancellationToken);
        TreeCheck.Check(rows, faults);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var points = await CheckPointsAsync(connection, street, rows, faults, cancellationToken);
        if (faults.Count > 0)
        {
            throw Refused(rows.Count, faults);
        }

        var levels = TreeCheck.Levels(rows);
        var households = rows.Sum(r => (long)(r.Households ?? 0));
        if (TreeCheck.Compare(announced, levels, points, households) is { Count: > 0 } differ)
        {
            throw new ProblemException(
                AssessmentProblems.ChecksumDiffers,
                string.Join(
                    " ",
                    differ.Select(f => $"{f.Name}: {f.Expected} expected, {f.Found} found.")
                ),
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["figures"] = differ }
            );
        }

        var report = new TreeReport(
            null,
            null,
            Stored: false,
            levels,
            points,
            households,
            rows.Count(r => r.Veto)
        );
        if (dryRun)
        {
            return report;
        }

        var (id, version, stored) = await StoreAsync(
            connection,
            path,
            fileName,
            title,
            street,
            rows,
            caller,
            cancellationToken
        );
        await transaction.CommitAsync(cancellationToken);
        return report with { Id = id, Version = version, Stored = stored };
    }

    private async Task<(Guid Id, int Version, bool Stored)> StoreAsync(
        NpgsqlConnection connection,
        string path,
        string fileName,
        string title,
        string street,
        List<TreeRow> rows,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using (
            var one = new NpgsqlCommand(Sql.Load("Assessments/lock_trees.sql"), connection).With(
                "street",
                street
            )
        )
        {
            await one.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(
            Sql.Load("Assessments/store_tree.sql"),
            connection
        )
            .With("street", street)
            .With("id", Guid.CreateVersion7())
            .With("title", title)
            .With("file", fileName)
            .With("account", caller.AccountId)
            .With("now", clock.GetUtcNow().UtcDateTime);
        command.Parameters.AddWithValue(
            "content",
            NpgsqlDbType.Bytea,
            await File.ReadAllBytesAsync(path, cancellationToken)
        );
        command.Parameters.AddWithValue(
            "rows",
            NpgsqlDbType.Jsonb,
            JsonSerializer.Serialize(rows, Json)
        );
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetGuid(0), row.GetInt32(1), row.GetBoolean(2));
    }

    /// <summary>Types and points that the street does not have are faults; otherwise how many points are attached.</summary>
    private static async Task<long> CheckPointsAsync(
        NpgsqlConnection connection,
        string street,
        List<TreeRow> rows,
        List<TreeFault> faults,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Assessments/tree_points.sql"),
            connection
        )
            .With("street", street)
            .With("types", [.. rows.SelectMany(r => r.PointTypes).Distinct(StringComparer.Ordinal)])
            .With("points", [.. rows.SelectMany(r => r.Points).Distinct(StringComparer.Ordinal)]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var types = row.GetFieldValue<string[]>(0).ToHashSet(StringComparer.Ordinal);
        var points = row.GetFieldValue<string[]>(1).ToHashSet(StringComparer.Ordinal);
        foreach (var wrong in rows)
        {
            if (wrong.PointTypes.FirstOrDefault(types.Contains) is { } type)
            {
                faults.Add(
                    new TreeFault(wrong.Line, "point_types", $"'{type}' is no type of points")
                );
            }

            if (wrong.Points.FirstOrDefault(points.Contains) is { } point)
            {
                faults.Add(
                    new TreeFault(wrong.Line, "points", $"'{point}' is no point of the street")
                );
            }
        }

        return row.GetInt64(2);
    }

    private static ProblemException Refused(int rows, List<TreeFault> faults)
    {
        var first = faults.OrderBy(f => f.Line).First();
        return new ProblemException(
            Problems.ImportRefused,
            $"{faults.Count} faults in {rows} rows; the first: line {first.Line}, {first.Field}: {first.Reason}. Nothing was written.",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["rows"] = faults.OrderBy(f => f.Line).Take(MostFaults),
            }
        );
    }
}
