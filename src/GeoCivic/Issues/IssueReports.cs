using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>Records what people report, each report once however often it is sent.</summary>
public sealed class IssueReports(NpgsqlDataSource source, PlaceFinder places, TimeProvider clock)
{
    private sealed record Where(
        string Street,
        string? Community,
        string Grid,
        string Placement,
        double? SnapM
    );

    /// <summary>Records a report.</summary>
    /// <returns>False when the same report was recorded before.</returns>
    /// <exception cref="ProblemException">The report is refused.</exception>
    internal async Task<bool> RecordAsync(
        IssueReport report,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            var fresh = await Submissions.ClaimAsync(
                connection,
                report.Id,
                caller.AccountId,
                "issue",
                report.Digest,
                now,
                cancellationToken
            );
            if (!fresh)
            {
                return false;
            }

            if (await LocateAsync(connection, report, caller, now, cancellationToken) is { } where)
            {
                await WriteAsync(connection, report, where, caller, now, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return true;
            }
        }

        // Nothing covers the place: the finder says so, with the nearest grid.
        await places.FindAsync(report.At, null, report.Street, caller.Scope, cancellationToken);
        throw new ProblemException(
            Problems.OutsideCoverage,
            "The boundaries changed while the report came in; send it again."
        );
    }

    private static async Task<Where?> LocateAsync(
        NpgsqlConnection connection,
        IssueReport report,
        Caller caller,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        // On the connection of the transaction: a second one for each of many parallel repeats could exhaust the pool.
        await using var command = new NpgsqlCommand(Sql.Load("Geography/locate.sql"), connection)
            .With("place", new Point(report.At.Lon, report.At.Lat))
            .With("at", DateOnly.FromDateTime(now + BeijingTime.Offset))
            .With("street", report.Street)
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new Where(
                row.GetString(0),
                await row.IsDBNullAsync(2, cancellationToken) ? null : row.GetString(2),
                row.GetString(4),
                row.GetString(6),
                await row.IsDBNullAsync(7, cancellationToken) ? null : row.GetDouble(7)
            )
            : null;
    }

    private static async Task WriteAsync(
        NpgsqlConnection connection,
        IssueReport report,
        Where where,
        Caller caller,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var state = report.FixedOnSpot ? IssueState.FixedOnSpot : IssueState.Reported;
        var roles = IssueRoles.None;
        roles |= caller.Holds(Role.Worker, where.Street, where.Community, where.Grid)
            ? IssueRoles.Worker
            : IssueRoles.None;
        roles |= caller.Holds(Role.Supervisor, where.Street, where.Community, where.Grid)
            ? IssueRoles.Supervisor
            : IssueRoles.None;
        var decision = IssueLife.Begin(
            state,
            new IssueActor(caller.AccountId, roles, []),
            IssuePhotos.Given(report.Photos)
        );
        if (decision.Refusal == IssueRefusal.NotYours)
        {
            throw new ProblemException(
                Problems.Forbidden,
                $"Reporting needs the role worker or supervisor for {where.Grid}."
            );
        }

        if (decision.Refusal == IssueRefusal.Incomplete)
        {
            throw StepRefusals.ForMissing(decision.Missing);
        }

        if (report.Covert && !roles.HasFlag(IssueRoles.Supervisor))
        {
            throw new ProblemException(
                Problems.Forbidden,
                "Only a supervisor records covert findings."
            );
        }

        await EnsureKnownAsync(connection, report, where.Street, cancellationToken);
        var clocks = new TaskClocks(
            connection,
            where.Street,
            report.Id,
            report.Category,
            now,
            cancellationToken
        );
        var filing = report.FixedOnSpot ? FilingLimit.None : await FilingLimit.OfAsync(clocks);
        var foundAt = report.FoundAt ?? now;
        await using var insert = new NpgsqlCommand(Sql.Load("Issues/insert_issue.sql"), connection)
            .With("street", where.Street)
            .With("id", report.Id)
            .With("code", CodeOf(report.Id, now))
            .With("name", report.Name)
            .With("category", report.Category)
            .With("state", state.Code())
            .With("open", state.IsOpen())
            .With("found_at", foundAt)
            .With("now", now)
            .With("description", report.Description)
            .With("point", report.Point)
            .With("place", new Point(report.At.Lon, report.At.Lat))
            .With("placement", where.Placement)
            .With("grid", where.Grid)
            .With("community", where.Community)
            .With("snap", where.SnapM)
            .With("covert", report.Covert)
            .With("account", caller.AccountId)
            .With("clock_ahead", foundAt > now + IssueReport.ClockTolerance)
            .With("accuracy", report.AccuracyM)
            .With("building", report.Building)
            .With("floor", report.Floor)
            .With("sub_place", report.SubPlace)
            .With("file_due", filing.DueAt)
            .With("file_zh", filing.Zh)
            .With("file_en", filing.En);
        try
        {
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.ConstraintName == "pk_issues")
        {
            // An imported issue can have the id that a client made.
            throw new ProblemException(
                Problems.IdInUse,
                $"The id {report.Id} was used for another issue."
            );
        }

        await new IssueEvent("created", roles) { To = state, Note = report.Description }.AddAsync(
            connection,
            where.Street,
            report.Id,
            seq: 1,
            caller.AccountId,
            now,
            cancellationToken
        );
        await IssuePhotos.AttachAsync(
            connection,
            where.Street,
            report.Id,
            seq: 1,
            caller.AccountId,
            now,
            report.Photos,
            cancellationToken
        );
    }

    private static async Task EnsureKnownAsync(
        NpgsqlConnection connection,
        IssueReport report,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(Sql.Load("Issues/known_codes.sql"), connection)
            .With("street", street)
            .With("category", report.Category)
            .With("point", report.Point)
            .With("sub_place", report.SubPlace);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        var errors = new List<FieldError>();
        foreach (
            var (column, field, what) in new[]
            {
                (0, "category", "category of issues"),
                (1, "point", "evaluation point of the street"),
                (2, "sub_place", "kind of sub-place"),
            }
        )
        {
            if (!row.GetBoolean(column))
            {
                errors.Add(new FieldError(field, $"is the code of no {what}"));
            }
        }

        if (errors.Count > 0)
        {
            throw ProblemException.ForFields(Problems.Unacceptable, errors);
        }
    }

    /// <summary>A code that people can read out: the day, and enough of the id to be the only one of that day.</summary>
    private static string CodeOf(Guid id, DateTime now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"W{now + BeijingTime.Offset:yyyyMMdd}-{id.ToString("N")[20..]}"
        );
}
