using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>The responsible bodies of a dispatch: those named, else those of the duties.</summary>
internal static class Bodies
{
    /// <summary>
    /// The lead and the cooperating bodies. Without a lead named, the duties of the place, category and day decide;
    /// when two of the same rank name different leads, a person has to.
    /// </summary>
    /// <exception cref="ProblemException">A body is not there, or the duties name two leads.</exception>
    public static async Task<(string? Lead, string[] Cooperating)> ChooseAsync(
        NpgsqlConnection connection,
        LockedIssue issue,
        IssueStep step,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        if (step.Body is { } named)
        {
            string[] cooperating = step.Cooperating ?? [];
            await EnsureThereAsync(connection, issue.Street, named, cooperating, cancellationToken);
            return (named, cooperating);
        }

        string? lead = null;
        var others = new List<string>();
        await using (
            var command = new NpgsqlCommand(Sql.Load("Issues/duty_bodies.sql"), connection)
                .With("street", issue.Street)
                .With("community", issue.Community)
                .With("grid", issue.Grid)
                .With("category", issue.Category)
                .With("on", DateOnly.FromDateTime(now + BeijingTime.Offset))
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                if (!rows.GetBoolean(1))
                {
                    others.Add(rows.GetString(0));
                }
                else if (rows.GetBoolean(2))
                {
                    throw ProblemException.Unacceptable(
                        "body",
                        "is required: two duties of the same rank name different leads"
                    );
                }
                else
                {
                    lead = rows.GetString(0);
                }
            }
        }

        if (step.Cooperating is { } given && lead is not null)
        {
            await EnsureThereAsync(connection, issue.Street, lead, given, cancellationToken);
            others = [.. given];
        }

        return (lead, [.. others.Where(b => b != lead).Distinct(StringComparer.Ordinal)]);
    }

    private static async Task EnsureThereAsync(
        NpgsqlConnection connection,
        string street,
        string lead,
        string[] cooperating,
        CancellationToken cancellationToken
    )
    {
        string[] all = [lead, .. cooperating];
        await using var command = new NpgsqlCommand(Sql.Load("Issues/known_bodies.sql"), connection)
            .With("street", street)
            .With("bodies", all);
        var known = (string[])(await command.ExecuteScalarAsync(cancellationToken))!;
        FieldError[] errors =
        [
            .. all.Select(
                    (code, i) => (Code: code, Field: i == 0 ? "body" : $"cooperating[{i - 1}]")
                )
                .Where(b => !known.Contains(b.Code, StringComparer.Ordinal))
                .Select(b => new FieldError(
                    b.Field,
                    $"no responsible body of the street has the code {b.Code}"
                )),
        ];
        if (errors.Length > 0)
        {
            throw ProblemException.ForFields(Problems.Unacceptable, errors);
        }
    }
}
