using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial.Calendar;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>
/// The time limits of an issue's tasks inside one step's transaction: computed once, kept with their explanation, and
/// changed only by pauses and extensions.
/// </summary>
internal sealed class TaskClocks(
    NpgsqlConnection connection,
    string street,
    Guid issue,
    string category,
    DateTime now,
    CancellationToken cancellationToken
)
{
    private Calendars? _calendars;

    private DateTimeOffset Now => new(now, TimeSpan.Zero);

    /// <summary>The limit of a stage from now, by the rule of the street and category.</summary>
    /// <exception cref="CalendarYearMissingException">A year on the way is not known.</exception>
    public async Task<(Deadline Deadline, int Amount, int Revision)> StartAsync(string stage)
    {
        await using var command = Command("clock_rule")
            .With("category", category)
            .With("stage", stage);
        DeadlineUnit unit;
        int amount;
        await using (var row = await command.ExecuteReaderAsync(cancellationToken))
        {
            if (
                !await row.ReadAsync(cancellationToken)
                || !DeadlineUnits.TryParse(row.GetString(0), out unit)
            )
            {
                throw new InvalidOperationException(
                    $"No rule gives the limit of the stage {stage}."
                );
            }

            amount = row.GetInt32(1);
        }

        var calendars = await CalendarsAsync();
        return (calendars.Clock.Start(Now, amount, unit), amount, calendars.Revision);
    }

    /// <summary>Makes the task of a body: the reply's limit runs, and for the lead the rectification's behind it.</summary>
    /// <returns>Until when the reply is due.</returns>
    public async Task<DateTime> DispatchAsync(int task, string body, bool lead)
    {
        var reply = await StartAsync("reply");
        await using var insert = Command("insert_task")
            .With("task", task)
            .With("body", body)
            .With("role", lead ? "lead" : "cooperating")
            .With("revision", reply.Revision);
        await insert.ExecuteNonQueryAsync(cancellationToken);
        await AddAsync(task, "reply", reply.Deadline, reply.Amount);
        if (lead)
        {
            var rectify = await StartAsync("rectify");
            await AddAsync(task, "rectify", rectify.Deadline, rectify.Amount);
        }

        await ShowAsync(task);
        return reply.Deadline.DueAt.UtcDateTime;
    }

    /// <summary>A body has answered; of the lead the limit of the rectification shows from now on.</summary>
    public async Task ReplyAsync(int task, bool lead)
    {
        await RunAsync("task_replied", task, ("state", lead ? "replied" : "done"));
        await ShowAsync(task);
    }

    /// <summary>The lead's work is done.</summary>
    public Task DoneAsync(int task) => RunAsync("task_done", task);

    /// <summary>Every task of the dispatch that this lead task began goes back; nothing is due any more.</summary>
    public Task ReturnAsync(int leadTask) => RunAsync("tasks_returned", leadTask);

    /// <summary>All running limits rest; what is left of each is kept.</summary>
    public async Task PauseAsync()
    {
        var calendars = await CalendarsAsync();
        foreach (var (task, stage, deadline, _) in await RunningAsync())
        {
            await UpdateAsync(
                task,
                stage,
                deadline,
                calendars.Clock.Remaining(deadline, Now),
                calendars.Revision
            );
        }

        await RunAsync("tasks_paused", task: null);
        await RunAsync("show_deadlines", task: null);
    }

    /// <summary>What was left runs again.</summary>
    public async Task ResumeAsync()
    {
        var calendars = await CalendarsAsync();
        foreach (var (task, stage, deadline, remaining) in await RunningAsync())
        {
            await UpdateAsync(
                task,
                stage,
                calendars.Clock.Resume(deadline, remaining, Now),
                remaining: null,
                calendars.Revision
            );
        }

        await RunAsync("tasks_resumed", task: null);
        await RunAsync("show_deadlines", task: null);
    }

    /// <summary>All running limits get more working days.</summary>
    public async Task ExtendAsync(int days)
    {
        var calendars = await CalendarsAsync();
        foreach (var (task, stage, deadline, _) in await RunningAsync())
        {
            await UpdateAsync(
                task,
                stage,
                calendars.Clock.Extend(deadline, days),
                remaining: null,
                calendars.Revision
            );
        }

        await RunAsync("show_deadlines", task: null);
    }

    private async Task<Calendars> CalendarsAsync() =>
        _calendars ??= await Calendars.LoadAsync(connection, cancellationToken);

    private async Task<
        List<(int Task, string Stage, Deadline Deadline, TimeSpan? Remaining)>
    > RunningAsync()
    {
        var running = new List<(int, string, Deadline, TimeSpan?)>();
        await using var command = Command("running_deadlines");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            _ = DeadlineUnits.TryParse(rows.GetString(2), out var unit);
            running.Add(
                (
                    rows.GetInt32(0),
                    rows.GetString(1),
                    new Deadline(
                        unit,
                        new DateTimeOffset(rows.GetDateTime(3), TimeSpan.Zero).ToOffset(
                            WorkingHours.BeijingOffset
                        ),
                        new BilingualText(rows.GetString(4), rows.GetString(5))
                    ),
                    await rows.IsDBNullAsync(6, cancellationToken)
                        ? null
                        : TimeSpan.FromSeconds(rows.GetInt64(6))
                )
            );
        }

        return running;
    }

    private async Task AddAsync(int task, string stage, Deadline deadline, int amount)
    {
        await using var command = Values(Command("insert_deadline"), task, stage, deadline)
            .With("amount", amount);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task UpdateAsync(
        int task,
        string stage,
        Deadline deadline,
        TimeSpan? remaining,
        int revision
    )
    {
        await using var command = Values(Command("update_deadline"), task, stage, deadline)
            // Whole seconds, rounded up: a pause takes nothing away.
            .With("remaining", remaining is { } left ? Math.Ceiling(left.TotalSeconds) : null)
            .With("revision", revision);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlCommand Values(
        NpgsqlCommand command,
        int task,
        string stage,
        Deadline deadline
    ) =>
        command
            .With("task", task)
            .With("stage", stage)
            .With("unit", deadline.Unit.Code())
            .With("due", deadline.DueAt.UtcDateTime)
            .With("zh", deadline.Explanation.Zh)
            .With("en", deadline.Explanation.En);

    private Task ShowAsync(int task) => RunAsync("show_deadlines", task);

    private async Task RunAsync(string file, int? task, params (string Name, string Value)[] more)
    {
        await using var command = Command(file).With("task", task);
        foreach (var (name, value) in more)
        {
            command.With(name, value);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string file) =>
        new NpgsqlCommand(Sql.Load($"Issues/{file}.sql"), connection)
            .With("street", street)
            .With("issue", issue)
            .With("now", now);
}
