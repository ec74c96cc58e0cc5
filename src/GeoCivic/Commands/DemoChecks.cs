using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Assessments;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Inspections;

namespace GeoCivic.Commands;

/// <summary>
/// Plans of checks, patrols of this week and the last, an assessment tree with two mock assessments and a veto board for
/// the demo street, made by its supervisors through the ordinary operations, by a clock that is put to the past days.
/// </summary>
internal sealed class DemoChecks(CommandAccounts accounts, string street, TimeProvider clock)
{
    private const string TreeFile = "assessment-tree.csv";

    private readonly DemoClock _clock = new() { Now = clock.GetUtcNow() };
    private readonly DemoPeople _people = new(accounts, street);
    private readonly DateTimeOffset _now = clock.GetUtcNow();

    /// <summary>Makes them, unless the street has plans already.</summary>
    /// <returns>How many plans there are.</returns>
    public async Task<int> PlayAsync(CancellationToken cancellationToken)
    {
        await using (
            var made = accounts
                .Source.CreateCommand("SELECT count(*) FROM plans WHERE street_code = @street")
                .With("street", street)
        )
        {
            if (await made.ExecuteScalarAsync(cancellationToken) is long and > 0 and var plans)
            {
                return (int)plans;
            }
        }

        var supervisor = await _people.OfAsync("supervisor", cancellationToken);
        var (grid, community) = await PlaceAsync(cancellationToken);
        var count = await PlanAsync(supervisor, grid, community, cancellationToken);
        await PatrolAsync(supervisor, community, cancellationToken);
        await AssessAsync(supervisor, cancellationToken);
        return count;
    }

    /// <summary>The grid of the demo's worker and its community, whose points are taken as known for long.</summary>
    private async Task<(string Grid, string Community)> PlaceAsync(
        CancellationToken cancellationToken
    )
    {
        await using var command = accounts
            .Source.CreateCommand(Sql.Load("Commands/demo_known_points.sql"))
            .With("street", street)
            .With("grid", DemoAccounts.All.First(a => a.Role == Role.Worker).Area)
            .With("since", _now.AddDays(-60).UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetString(0), row.GetString(1));
    }

    private async Task<int> PlanAsync(
        Caller supervisor,
        string grid,
        string community,
        CancellationToken cancellationToken
    )
    {
        _clock.Now = _now.AddDays(-21);
        var book = new PlanBook(accounts.Source, _clock);
        object[] plans =
        [
            Plan("日督导（白天）", "daily", ["day"], 20, grids: [grid], workingDays: true),
            Plan("日督导（夜间）", "daily", ["night"], 10, grids: [grid], type: "special"),
            Plan("周督查", "weekly", ["day"], 30, communities: [community]),
            Plan("季度模拟测评", "quarterly", ["day", "night", "school_peak"], 100),
        ];
        foreach (var plan in plans)
        {
            await book.AddAsync(Body(plan), supervisor, cancellationToken);
        }

        return plans.Length;
    }

    private object Plan(
        string name,
        string cadence,
        string[] shifts,
        int share,
        string[]? grids = null,
        string[]? communities = null,
        string type = "comprehensive",
        bool workingDays = false
    ) =>
        new
        {
            id = Guid.CreateVersion7(),
            street,
            name,
            cadence,
            type,
            shifts,
            share,
            grids = grids ?? [],
            communities = communities ?? [],
            working_days = workingDays,
        };

    /// <summary>Enough of the community for this week's check, and of its neighbours; too little for the last week's.</summary>
    private async Task PatrolAsync(
        Caller supervisor,
        string community,
        CancellationToken cancellationToken
    )
    {
        var points = new List<(string Code, double Lon, double Lat)>();
        await using (
            var command = accounts
                .Source.CreateCommand(Sql.Load("Commands/demo_patrol.sql"))
                .With("street", street)
                .With("community", community)
        )
        await using (var rows = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
            {
                points.Add((rows.GetString(0), rows.GetDouble(1), rows.GetDouble(2)));
            }
        }

        var today = DateOnly.FromDateTime(_now.ToOffset(BeijingTime.Offset).DateTime);
        var monday = PatrolCoverageEndpoint.MondayOf(today);
        foreach (var (first, visits) in new[] { (monday.AddDays(-7), 12), (monday, 160) })
        {
            for (var i = 0; i < Math.Min(visits, points.Count); i++)
            {
                // Three days of the week, at hours that follow each other; what would lie ahead is half an hour ago.
                var at = new DateTimeOffset(
                    first.AddDays(i % 3).ToDateTime(new TimeOnly(9 + (i / 18), i % 18 * 3)),
                    BeijingTime.Offset
                );
                _clock.Now = at < _now ? at : _now.AddMinutes(-30 - i);
                var (code, lon, lat) = points[i];
                await new VisitBook(accounts.Source, _clock).EnterAsync(
                    Body(
                        new
                        {
                            id = Guid.CreateVersion7(),
                            street,
                            point = code,
                            started_at = _clock.Now,
                            lon,
                            lat,
                            accuracy_m = 8,
                            shift = "day",
                            result = "ok",
                        }
                    ),
                    supervisor,
                    cancellationToken
                );
            }
        }
    }

    private async Task AssessAsync(Caller supervisor, CancellationToken cancellationToken)
    {
        _clock.Now = _now.AddDays(-40);
        var path = Path.Combine(AppPaths.Data, "demo", TreeFile);
        var tree = await new TreeBook(accounts.Source, _clock).ImportAsync(
            path,
            TreeFile,
            "示例测评体系",
            street,
            new Announced(null, null, null),
            dryRun: false,
            supervisor,
            cancellationToken
        );
        foreach (
            var (name, daysAgo, run) in new[]
            {
                ("第一次模拟测评", 35, 1),
                ("第二次模拟测评", 3, 2),
            }
        )
        {
            _clock.Now = _now.AddDays(-daysAgo);
            await using var command = accounts
                .Source.CreateCommand(Sql.Load("Commands/demo_mock.sql"))
                .With("street", street)
                .With("tree", tree.Id)
                .With("run", run);
            var results = JsonDocument.Parse(
                (string)(await command.ExecuteScalarAsync(cancellationToken))!
            );
            var body = Body(
                new
                {
                    id = Guid.CreateVersion7(),
                    street,
                    tree = tree.Id,
                    name,
                    held_on = DateOnly
                        .FromDateTime(_clock.Now.ToOffset(BeijingTime.Offset).DateTime)
                        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                    results = results.RootElement,
                }
            );
            await new MockBook(accounts.Source, _clock).EnterAsync(
                MockDraft.Read(body, _clock),
                body.Digest(),
                supervisor,
                cancellationToken
            );
        }

        await ClearAsync(supervisor, cancellationToken);
    }

    /// <summary>One indicator was red and is clear again, so that the board has a history.</summary>
    private async Task ClearAsync(Caller supervisor, CancellationToken cancellationToken)
    {
        await using var command = accounts
            .Source.CreateCommand(
                """
                SELECT v.indicator_id FROM veto_indicators v
                WHERE v.street_code = @street AND NOT EXISTS (SELECT FROM veto_alarms a WHERE a.indicator_id = v.indicator_id)
                ORDER BY v.code COLLATE "C" DESC LIMIT 1
                """
            )
            .With("street", street);
        if (await command.ExecuteScalarAsync(cancellationToken) is not Guid indicator)
        {
            return;
        }

        var alarm = Guid.CreateVersion7();
        _clock.Now = _now.AddDays(-12);
        var book = new VetoBook(accounts.Source, _clock);
        await book.RaiseAsync(
            indicator,
            Body(new { id = alarm, reason = "现场督查发现一处不合格，已要求当日整改。" }),
            supervisor,
            cancellationToken
        );
        _clock.Now = _now.AddDays(-11);
        await book.ClearAsync(
            indicator,
            alarm,
            Body(
                new { id = Guid.CreateVersion7(), evidence = "二组复查合格，照片见当日巡查记录。" }
            ),
            await _people.OfAsync("verifier", cancellationToken),
            cancellationToken
        );
    }

    private static BodyReader Body(object value) =>
        BodyReader.Of(JsonSerializer.SerializeToUtf8Bytes(value));
}
