using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>What counts as coming back.</summary>
/// <param name="Street">The street, or null for all that the caller sees.</param>
/// <param name="From">First Beijing day of closing, or null.</param>
/// <param name="To">Last Beijing day of closing, included, or null.</param>
/// <param name="Category">Only this category, or null.</param>
/// <param name="Days">Found again within so many days of 24 hours after closing.</param>
/// <param name="Metres">And so many metres on the ellipsoid.</param>
internal sealed record RecurrenceQuestion(
    string? Street,
    DateOnly? From,
    DateOnly? To,
    string? Category,
    int Days,
    double Metres
);

/// <summary>An issue that was dealt with, and those of its category that were found near it soon after, earliest first.</summary>
internal sealed record Recurrence(
    Guid Id,
    string Code,
    string Category,
    DateTime FoundAt,
    DateTime ClosedAt,
    string? Community,
    string? Grid,
    double Lon,
    double Lat,
    IReadOnlyList<RecurredAs> Next
)
{
    /// <summary>How it came back, or null.</summary>
    public RecurredAs? Later => Next.Count > 0 ? Next[0] : null;
}

/// <summary>The issue that came back.</summary>
internal sealed record RecurredAs(
    Guid Id,
    string Code,
    DateTime FoundAt,
    double Metres,
    double Lon,
    double Lat
);

/// <summary>A place where a category keeps coming back: issues chained by recurrence.</summary>
/// <param name="Lon">Longitude of the last issue.</param>
/// <param name="Lat">Latitude of the last issue.</param>
/// <param name="Category">Category.</param>
/// <param name="Times">How many issues of the chain were found after its first was closed.</param>
/// <param name="Last">When the last was found.</param>
/// <param name="Issues">The chain in order of time.</param>
internal sealed record RecurrencePlace(
    double Lon,
    double Lat,
    string Category,
    int Times,
    DateTime Last,
    IReadOnlyList<(Guid Id, string Code)> Issues
);

/// <summary>Finds issues that came back after they were dealt with.</summary>
public sealed class Recurrences(NpgsqlDataSource source)
{
    /// <summary>The issues of the question that were dealt with, each with what followed it.</summary>
    /// <exception cref="ProblemException">There are too many: <c>too-many-issues</c>.</exception>
    internal async Task<IReadOnlyList<Recurrence>> FindAsync(
        RecurrenceQuestion question,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(source, question, scope);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<Recurrence>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (all.Count == 0 || all[^1].Id != rows.GetGuid(0))
            {
                all.Add(
                    new Recurrence(
                        rows.GetGuid(0),
                        rows.GetString(1),
                        rows.GetString(2),
                        rows.GetDateTime(14),
                        rows.GetDateTime(3),
                        rows.GetValue(4) as string,
                        rows.GetValue(5) as string,
                        rows.GetDouble(6),
                        rows.GetDouble(7),
                        new List<RecurredAs>()
                    )
                );
            }

            if (!await rows.IsDBNullAsync(8, cancellationToken))
            {
                ((List<RecurredAs>)all[^1].Next).Add(
                    new RecurredAs(
                        rows.GetGuid(8),
                        rows.GetString(9),
                        rows.GetDateTime(10),
                        rows.GetDouble(11),
                        rows.GetDouble(12),
                        rows.GetDouble(13)
                    )
                );
            }
        }

        return all.Count <= IssueClusters.MostIssues
            ? all
            : throw new ProblemException(
                TrendProblems.TooManyIssues,
                $"More than {IssueClusters.MostIssues} issues were closed in this window. Choose fewer days or one category."
            );
    }

    internal static NpgsqlCommand Command(
        NpgsqlDataSource source,
        RecurrenceQuestion question,
        Scope scope,
        string before = ""
    ) =>
        source
            .CreateCommand(before + Sql.Load("Hotspots/recurrences.sql"))
            .With(scope)
            .With("street", question.Street)
            .With("from", question.From is { } first ? BeijingTime.StartOf(first) : (DateTime?)null)
            .With(
                "to",
                question.To is { } last ? BeijingTime.StartOf(last.AddDays(1)) : (DateTime?)null
            )
            .With("category", question.Category)
            .With("days", question.Days)
            .With("metres", question.Metres)
            .With("most", IssueClusters.MostIssues + 1);

    /// <summary>Chains recurrences to places, the most frequent first.</summary>
    internal static IReadOnlyList<RecurrencePlace> Places(IReadOnlyList<Recurrence> all)
    {
        var chain = new Dictionary<Guid, Guid>();
        Guid Root(Guid id)
        {
            while (chain.TryGetValue(id, out var up) && up != id)
            {
                id = up;
            }

            return id;
        }

        var known = new Dictionary<Guid, (string Code, DateTime At, double Lon, double Lat)>();
        var closed = new Dictionary<Guid, DateTime>();
        var categories = new Dictionary<Guid, string>();
        foreach (var r in all.Where(r => r.Later is not null))
        {
            known[r.Id] = (r.Code, r.FoundAt, r.Lon, r.Lat);
            (closed[r.Id], categories[r.Id]) = (r.ClosedAt, r.Category);
            foreach (var next in r.Next)
            {
                known[next.Id] = (next.Code, next.FoundAt, next.Lon, next.Lat);
                categories[next.Id] = r.Category;
                var (a, b) = (Root(r.Id), Root(next.Id));
                if (a != b)
                {
                    chain[b] = a;
                }
            }
        }

        return
        [
            .. known
                .GroupBy(k => Root(k.Key))
                .Select(g =>
                {
                    var issues = g.OrderBy(k => k.Value.At).ThenBy(k => k.Key).ToList();
                    var last = issues[^1];
                    var first = issues
                        .Where(i => closed.ContainsKey(i.Key))
                        .Min(i => closed[i.Key]);
                    return new RecurrencePlace(
                        last.Value.Lon,
                        last.Value.Lat,
                        categories[last.Key],
                        issues.Count(i => i.Value.At > first),
                        last.Value.At,
                        [.. issues.Select(i => (i.Key, i.Value.Code))]
                    );
                })
                .OrderByDescending(p => p.Times)
                .ThenByDescending(p => p.Last)
                .ThenBy(p => p.Issues[0].Id),
        ];
    }
}
