using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Issues;
using GeoCivic.Letters;
using GeoCivic.Photos;
using GeoCivic.Spatial;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>
/// Plays made-up issues (<c>data/demo/stories.csv</c>) through the ordinary operations, by a clock that is put to the past
/// working days, so that inbox, board, deadlines, letters and rates of the demo have something true to show. Everything
/// happens in the order of its time; a story played again changes nothing.
/// </summary>
internal sealed class DemoStories : IDisposable
{
    private sealed record Happening(DateTimeOffset At, Func<Task> Run);

    /// <summary>Their name among the imports of the street.</summary>
    public const string Dataset = "stories";

    private readonly NpgsqlDataSource _source;
    private readonly string _street;
    private readonly DateTimeOffset _now;
    private readonly DemoClock _clock = new();
    private readonly DemoPeople _people;
    private readonly DemoPhotos _photos;
    private readonly IssueReports _reports;
    private readonly IssueSteps _steps;
    private readonly IssueTasks _tasks;
    private readonly Reminders _reminders;
    private readonly DemoBulletins _bulletins;
    private readonly IReadOnlyList<DemoStory> _stories = DemoStory.Read();

    /// <summary>Prepares the stories.</summary>
    /// <param name="accounts">Accounts and database.</param>
    /// <param name="photos">Keeps the drawings.</param>
    /// <param name="street">The demo street.</param>
    /// <param name="clock">Tells today.</param>
    public DemoStories(
        CommandAccounts accounts,
        IPhotoStore photos,
        string street,
        TimeProvider clock
    )
    {
        _source = accounts.Source;
        _street = street;
        _now = clock.GetUtcNow();
        _people = new DemoPeople(accounts, street);
        _photos = new DemoPhotos(_source, photos);
        ILetterBook[] letters = [new LetterBook()];
        _reports = new IssueReports(
            _source,
            new PlaceFinder(_source, new GridLocators(_source), _clock),
            _clock
        );
        _steps = new IssueSteps(_source, _clock, letters);
        _tasks = new IssueTasks(_source, _clock, letters);
        _bulletins = new DemoBulletins(_source, street, _clock);
        _reminders = new Reminders(_source, _clock, new ConfigurationBuilder().Build());
    }

    /// <summary>Plays them all.</summary>
    /// <returns>How many issues there are; 0 when the working calendar does not know these weeks.</returns>
    public async Task<int> PlayAsync(CancellationToken cancellationToken)
    {
        if (
            await IsAsync(
                "EXISTS (SELECT FROM imports WHERE street_code = @id AND dataset = 'stories')",
                _street,
                cancellationToken
            )
        )
        {
            return _stories.Count;
        }

        if (await DemoDays.ReadAsync(_source, _now, cancellationToken) is not { } days)
        {
            return 0;
        }

        var acts = _stories
            .SelectMany(story =>
                DemoScripts
                    .All[story.Script]
                    .Select(
                        (act, i) =>
                            new Happening(
                                days.Instant(act.At),
                                () => ActAsync(story, act, i, days, cancellationToken)
                            )
                    )
            )
            .Append(
                new Happening(
                    days.Instant(DemoTime.Day(7, 9, 5)),
                    () => RemindAsync(true, cancellationToken)
                )
            )
            .Append(
                new Happening(
                    days.Instant(DemoTime.Day(1, 16, 30)),
                    () => RemindAsync(false, cancellationToken)
                )
            )
            .Concat(
                DemoBulletins
                    .Due(_now)
                    .Select(b => new Happening(
                        b.At,
                        async () =>
                            await _bulletins.IssueAsync(
                                b.Kind,
                                b.On,
                                await _people.OfAsync("supervisor", cancellationToken),
                                cancellationToken
                            )
                    ))
            );
        // The order of the file decides what happens at one instant: sorting is stable.
        foreach (var (at, run) in acts.OrderBy(a => a.At).ToList())
        {
            _clock.Now = at;
            await run();
        }

        // Played as of today, they are not played again as of another day.
        await using var note = _source
            .CreateCommand(
                """
                INSERT INTO imports (street_code, import_id, dataset, file_name, rows_read, rows_added, rows_changed, rows_unchanged, rows_refused)
                VALUES (@street, gen_random_uuid(), @dataset, 'stories.csv', @count, @count, 0, 0, 0)
                """
            )
            .With("street", _street)
            .With("dataset", Dataset)
            .With("count", _stories.Count);
        await note.ExecuteNonQueryAsync(cancellationToken);
        return _stories.Count;
    }

    /// <inheritdoc />
    public void Dispose() => _photos.Dispose();

    private async Task ActAsync(
        DemoStory story,
        DemoAct act,
        int number,
        DemoDays days,
        CancellationToken cancellationToken
    )
    {
        // A loading that was cut short goes on where it was.
        var id = story.IdOf(act.Act == "ask" ? $"task {number}" : $"step {number}");
        if (
            await IsAsync(
                "EXISTS (SELECT FROM submissions WHERE id = @id::uuid)",
                id.ToString(),
                cancellationToken
            )
        )
        {
            return;
        }

        switch (act.Act)
        {
            case "report" or "covert" or "fixed":
                await ReportAsync(story, act, days, cancellationToken);
                break;
            case "cooperate":
                foreach (var task in await TasksAsync(story, cancellationToken))
                {
                    if (!task.Leads)
                    {
                        await _tasks.ReplyAsync(
                            story.Id,
                            task.No,
                            Submission(story, $"{number}/{task.No}", act),
                            await _people.HandlerAsync(task.Body, task.Name, cancellationToken),
                            cancellationToken
                        );
                    }
                }

                break;
            case "ask":
                await _tasks.AskForTimeAsync(
                    story.Id,
                    Submission(story, $"{number}", act),
                    await ActorAsync(story, act, cancellationToken),
                    cancellationToken
                );
                break;
            default:
                await StepAsync(story, act, number, cancellationToken);
                break;
        }
    }

    private async Task<bool> IsAsync(
        string condition,
        string id,
        CancellationToken cancellationToken
    )
    {
        await using var command = _source.CreateCommand($"SELECT {condition}").With("id", id);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private async Task ReportAsync(
        DemoStory story,
        DemoAct act,
        DemoDays days,
        CancellationToken cancellationToken
    )
    {
        var caller = await ActorAsync(story, act, cancellationToken);
        await using var command = _source
            .CreateCommand(Sql.Load("Commands/demo_place.sql"))
            .With("street", _street)
            .With("point", story.Point)
            .With("category", story.Category)
            .With("level", caller.Grants[0].Level)
            .With("area", caller.Grants[0].Area);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException(
                $"stories.csv: {story.Point} does not lie where {story.Reporter} reports, or there is no {story.Category}."
            );
        }

        var found = act.Found is { } earlier ? days.Instant(earlier) : _clock.Now.AddMinutes(-8);
        var report = new IssueReport(
            story.Id,
            story.Category,
            new LonLat(Math.Round(row.GetDouble(0), 7), Math.Round(row.GetDouble(1), 7)),
            found.UtcDateTime
        )
        {
            Street = _street,
            Name = row.GetString(2),
            Description = story.Description,
            Point = story.Point,
            AccuracyM = 8,
            Building = story.Building,
            Floor = story.Floor,
            Covert = act.Act == "covert",
            FixedOnSpot = act.Act == "fixed",
            Photos =
                act.Act == "fixed"
                    ?
                    [
                        await PhotoAsync(story, caller, "before"),
                        await PhotoAsync(story, caller, "after"),
                    ]
                    : [await PhotoAsync(story, caller, "scene")],
            Digest = story.Digest("report"),
        };
        await row.DisposeAsync();
        await _reports.RecordAsync(report, caller, cancellationToken);
    }

    private async Task StepAsync(
        DemoStory story,
        DemoAct act,
        int number,
        CancellationToken cancellationToken
    )
    {
        if (!IssueStates.TryParse(act.Act, out var state))
        {
            throw new InvalidOperationException($"A script has the unknown act {act.Act}.");
        }

        var caller = await ActorAsync(story, act, cancellationToken);
        List<IssuePhoto> photos = state switch
        {
            IssueState.Rectified => [await PhotoAsync(story, caller, "after")],
            IssueState.Verified => [await PhotoAsync(story, caller, "inspection")],
            _ => [],
        };
        await _steps.TakeAsync(
            story.Id,
            new IssueStep(
                story.IdOf($"step {number}"),
                state,
                act.Note ?? (act.By == "lead" ? story.Reply : null),
                Body: null,
                Cooperating: null,
                photos,
                act.Days,
                state == IssueState.Merged ? Same(story).Id : null,
                Leader: null,
                story.Digest($"step {number}")
            ),
            caller,
            ifMatch: null,
            cancellationToken
        );
    }

    /// <summary>Drafts what is late by then; and lets it go out, or leaves it to be confirmed.</summary>
    private async Task RemindAsync(bool confirm, CancellationToken cancellationToken)
    {
        var supervisor = await _people.OfAsync("supervisor", cancellationToken);
        await _reminders.DraftAsync(_street, supervisor, cancellationToken);
        if (!confirm)
        {
            return;
        }

        await using var command = _source
            .CreateCommand(
                "SELECT coalesce(array_agg(letter_id ORDER BY letter_id), '{}') FROM letters WHERE street_code = @street AND state = 'draft'"
            )
            .With("street", _street);
        foreach (var id in (Guid[])(await command.ExecuteScalarAsync(cancellationToken))!)
        {
            await _reminders.ConfirmAsync(id, supervisor, cancellationToken);
        }
    }

    private async Task<Caller> ActorAsync(
        DemoStory story,
        DemoAct act,
        CancellationToken cancellationToken
    )
    {
        if (act.By != "lead")
        {
            return await _people.OfAsync(
                act.By == "reporter" ? story.Reporter : act.By,
                cancellationToken
            );
        }

        var lead = (await TasksAsync(story, cancellationToken)).First(t => t.Leads);
        return await _people.HandlerAsync(lead.Body, lead.Name, cancellationToken);
    }

    private async Task<List<(int No, string Body, string Name, bool Leads)>> TasksAsync(
        DemoStory story,
        CancellationToken cancellationToken
    )
    {
        await using var command = _source
            .CreateCommand(Sql.Load("Commands/demo_tasks.sql"))
            .With("street", _street)
            .With("issue", story.Id);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var tasks = new List<(int, string, string, bool)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            tasks.Add((rows.GetInt32(0), rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)));
        }

        return tasks;
    }

    private Task<IssuePhoto> PhotoAsync(DemoStory story, Caller caller, string kind) =>
        _photos.SendAsync(
            caller,
            kind,
            story.Number,
            _clock.Now.UtcDateTime,
            CancellationToken.None
        );

    private static TaskSubmission Submission(DemoStory story, string what, DemoAct act) =>
        new(
            story.IdOf($"task {what}"),
            act.Note ?? story.Reply!,
            act.Days,
            [],
            story.Digest($"task {what}")
        );

    private DemoStory Same(DemoStory story) =>
        _stories.First(s =>
            s.Number != story.Number && s.Point == story.Point && s.Category == story.Category
        );
}
