using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Bulletins;

/// <summary>Reads what a bulletin is made of, all in one transaction that sees one state of the database.</summary>
internal sealed class FactReader(
    NpgsqlConnection connection,
    string street,
    BulletinPeriod period,
    DateTime now,
    CancellationToken cancellationToken
)
{
    private readonly DateTime _from = BeijingTime.StartOf(period.From);
    private readonly DateTime _to = BeijingTime.StartOf(period.To.AddDays(1));
    private readonly DateTime _previous = BeijingTime.StartOf(period.PreviousFrom);

    /// <summary>Reads it.</summary>
    public async Task<Facts> ReadAsync(string streetName)
    {
        var subjects = await ListAsync(
            Command("facts_subjects"),
            r => (Kind: r.GetString(0), new Subject(r.GetString(1), r.GetString(2), r.GetInt32(3)))
        );
        var open = await StockAsync(_to);
        var before = await StockAsync(_from);
        return new Facts(
            streetName,
            [.. subjects.Where(s => s.Kind == "community").Select(s => s.Item2)],
            [.. subjects.Where(s => s.Kind == "body").Select(s => s.Item2)],
            await IssuesAsync(open, before),
            await TasksAsync(),
            await RoundsAsync(period.From, period.To),
            await RoundsAsync(period.PreviousFrom, period.From.AddDays(-1)),
            await VetoesAsync()
        );
    }

    private async Task<Dictionary<Guid, (DateTime? Due, bool Overdue)>> StockAsync(DateTime at)
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Bulletins/facts_stock.sql"),
            connection
        )
            .With("street", street)
            .With("now", at);
        var list = await ListAsync(
            command,
            r => (r.GetGuid(0), Due: Instant(r, 1), Overdue: r.GetBoolean(2))
        );
        return list.ToDictionary(r => r.Item1, r => (r.Due, r.Overdue));
    }

    private async Task<List<IssueFact>> IssuesAsync(
        Dictionary<Guid, (DateTime? Due, bool Overdue)> open,
        Dictionary<Guid, (DateTime? Due, bool Overdue)> before
    )
    {
        await using var command = Command("facts_issues");
        command.Parameters.AddWithValue("stock", open.Keys.Union(before.Keys).ToArray());
        return await ListAsync(
            command,
            r =>
            {
                var id = r.GetGuid(0);
                var isOpen = open.TryGetValue(id, out var stock);
                var wasOpen = before.TryGetValue(id, out var old);
                return new IssueFact(
                    id,
                    r.GetString(1),
                    Text(r, 2),
                    r.GetString(3),
                    r.GetString(4),
                    Text(r, 5),
                    Text(r, 6),
                    Text(r, 7),
                    Text(r, 8),
                    r.GetString(9),
                    r.GetString(10),
                    r.GetDateTime(11),
                    Instant(r, 12)
                )
                {
                    Found = Pair(r, 13),
                    FixedOnSpot = r.GetBoolean(15),
                    Filed = Pair(r, 16),
                    Cancelled = Pair(r, 18),
                    Reopened = Pair(r, 20),
                    CameBack = Flag(r, 22),
                    Entered = Pair(r, 23),
                    SameDay = r.GetBoolean(25),
                    Photos = (r.GetInt32(26), r.GetInt32(27)),
                    Open = (isOpen, wasOpen),
                    Overdue = (stock.Overdue, old.Overdue),
                    DueAt = stock.Due,
                };
            }
        );
    }

    private async Task<List<TaskFact>> TasksAsync()
    {
        await using var command = Command("facts_tasks");
        return await ListAsync(
            command,
            r => new TaskFact(
                r.GetGuid(0),
                r.GetString(1),
                r.GetString(2),
                r.GetString(3),
                Text(r, 4),
                r.GetString(5),
                Text(r, 6),
                Text(r, 7),
                r.GetDateTime(8),
                Instant(r, 9),
                Instant(r, 10)
            )
            {
                Dispatched = r.GetBoolean(11),
                All = KeptAt(r, 12),
                Reply = KeptAt(r, 15),
                Rectify = KeptAt(r, 18),
                MissedReply = Pair(r, 21),
                ReplyDueAt = Instant(r, 23),
                RepliedAt = Instant(r, 24),
            }
        );
    }

    private async Task<List<RoundFact>> RoundsAsync(DateOnly first, DateOnly last)
    {
        await using var command = Command("facts_rounds").With("first", first).With("last", last);
        return await ListAsync(
            command,
            r => new RoundFact(
                r.GetString(0),
                r.GetString(1),
                Text(r, 2),
                Text(r, 3),
                r.GetString(4),
                r.GetInt32(5),
                r.GetInt32(6),
                r.GetInt32(7),
                Instant(r, 8),
                r.GetInt32(9)
            )
        );
    }

    private async Task<List<VetoFact>> VetoesAsync()
    {
        await using var command = Command("facts_vetoes");
        return await ListAsync(
            command,
            r => new VetoFact(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                r.IsDBNull(3) ? null : r.GetGuid(3),
                r.GetDateTime(4),
                Instant(r, 5)
            )
            {
                Red = Pair(r, 6),
            }
        );
    }

    private NpgsqlCommand Command(string file) =>
        new NpgsqlCommand(Sql.Load($"Bulletins/{file}.sql"), connection)
            .With("street", street)
            .With("previous", _previous)
            .With("from", _from)
            .With("to", _to)
            .With("now", now);

    private async Task<List<T>> ListAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read)
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var list = new List<T>();
        while (await rows.ReadAsync(cancellationToken))
        {
            list.Add(read(rows));
        }

        return list;
    }

    private static string? Text(NpgsqlDataReader r, int i) => r.IsDBNull(i) ? null : r.GetString(i);

    private static DateTime? Instant(NpgsqlDataReader r, int i) =>
        r.IsDBNull(i) ? null : r.GetDateTime(i);

    private static bool Flag(NpgsqlDataReader r, int i) => !r.IsDBNull(i) && r.GetBoolean(i);

    private static (bool, bool) Pair(NpgsqlDataReader r, int i) => (Flag(r, i), Flag(r, i + 1));

    private static Kept KeptAt(NpgsqlDataReader r, int i) =>
        new(Flag(r, i), Flag(r, i + 1), Flag(r, i + 2));
}
