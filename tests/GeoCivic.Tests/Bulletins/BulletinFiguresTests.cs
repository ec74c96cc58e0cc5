using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Bulletins;

/// <summary>Every figure against a slow count over what was planted, and every figure's records.</summary>
public sealed class BulletinFiguresTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string On = "2026-03-04";
    private static readonly DateTime From = BeijingTime.StartOf(new DateOnly(2026, 2, 25));
    private static readonly DateTime To = BeijingTime.StartOf(new DateOnly(2026, 3, 4));
    private static readonly DateTime Before = BeijingTime.StartOf(new DateOnly(2026, 2, 18));
    private static readonly string[] Categories =
    [
        "street_gambling",
        "uncivil_pets",
        "illegal_parking",
        "stall_occupying",
        "illegal_posting_hanging",
    ];

    private static bool In(DateTime? t) => t >= From && t < To;

    private static bool InBefore(DateTime? t) => t >= Before && t < From;

    private static List<PlantedIssue> Random(int seed)
    {
        var random = new Random(seed);
        var issues = new List<PlantedIssue>();
        // Odd seconds, so that no two things happen at one instant and none at the edge of a period.
        DateTime After(DateTime t, double mostDays) =>
            t.AddSeconds(Math.Floor(random.NextDouble() * mostDays * 43200) * 2 + 7);
        for (var n = 0; n < 140; n++)
        {
            var found = After(Before.AddDays(-12), 30);
            var imported = random.Next(3) == 0;
            var entered = imported ? found : After(found, random.Next(4) == 0 ? 2 : 0.02);
            DateTime? filed = !imported && random.Next(5) > 0 ? After(entered, 2) : null;
            DateTime? sent = filed is { } f && random.Next(5) > 0 ? After(f, 1) : null;
            DateTime? replied = sent is { } s && random.Next(4) > 0 ? After(s, 6) : null;
            DateTime? closed =
                imported && random.Next(2) == 0 ? After(found, 9)
                : replied is { } r && random.Next(3) > 0 ? After(r, 6)
                : null;
            issues.Add(
                new PlantedIssue(
                    $"N{n:000}",
                    random.Next(2) == 0 ? "A" : "B",
                    Categories[random.Next(Categories.Length)]
                )
                {
                    Imported = imported,
                    Embargoed = !imported && random.Next(9) == 0,
                    Found = found,
                    Entered = entered,
                    FileDue = imported ? null : entered.AddDays(2),
                    Filed = filed,
                    Dispatched = sent,
                    Body =
                        sent is null ? null
                        : random.Next(3) == 0 ? "WY"
                        : "CG",
                    ReplyDue = sent is { } d ? d.AddDays(3) : found,
                    Replied = replied,
                    Closed = closed,
                    Reopened =
                        !imported && closed is { } c && random.Next(3) == 0 ? After(c, 4) : null,
                }
            );
        }

        // 00:30 of the first day, the last minute of the last, and the instants at both edges.
        foreach (
            var (code, found) in new[]
            {
                ("E1", From.AddMinutes(30)),
                ("E2", To.AddMinutes(-1)),
                ("E3", From),
                ("E4", To),
            }
        )
        {
            issues.Add(
                new PlantedIssue(code, "A", "uncivil_pets")
                {
                    Imported = true,
                    Found = found,
                    Entered = found,
                }
            );
        }

        return issues;
    }

    [Fact]
    public async Task Figures_are_those_of_a_slow_count_and_drill_to_just_those_records()
    {
        using var who = await service.SignInAsAsync("figures-sup", Role.Supervisor, street: null);
        var street = await PlantedStreet.CreateAsync(service, "figures");
        var all = Random(4711);
        await street.PlantAsync(all);
        using var outside = await service.SignInAsAsync(
            "figures-handler",
            Role.Handler,
            "figures",
            body: "CG"
        );
        var id = await BulletinCalls.IssuedAsync(who, "figures", on: On);
        var bulletin = await BulletinCalls.GetAsync(outside, id);
        var seen = all.Where(i => !i.Embargoed).ToList();
        Assert.True(seen.Count < all.Count);

        bool CameBack(PlantedIssue i) =>
            seen.Exists(o =>
                o != i
                && o.Category == i.Category
                && o.Closed is { } closed
                && o.Reopened is null
                && closed < i.Found
                && closed >= i.Found.AddDays(-30)
            );
        var measures = new Dictionary<
            string,
            (Func<PlantedIssue, bool> Now, Func<PlantedIssue, bool> Then)
        >(StringComparer.Ordinal)
        {
            ["found"] = (i => In(i.Found), i => InBefore(i.Found)),
            ["filed"] = (i => In(i.Filed), i => InBefore(i.Filed)),
            ["cancelled"] = (i => In(i.Closed), i => InBefore(i.Closed)),
            ["open"] = (i => i.OpenAt(To), i => i.OpenAt(From)),
            ["overdue"] = (i => i.OverdueAt(To), i => i.OverdueAt(From)),
            ["recurring"] = (
                i => In(i.Reopened) || (In(i.Found) && CameBack(i)),
                i => InBefore(i.Reopened) || (InBefore(i.Found) && CameBack(i))
            ),
        };
        var compared = 0;
        async Task CompareAsync(string prefix, Func<PlantedIssue, bool> own, params string[] names)
        {
            foreach (var name in names)
            {
                var (now, then) = measures[name];
                var expected = seen.Where(i => own(i) && now(i))
                    .Select(i => i.Code)
                    .Order(StringComparer.Ordinal)
                    .ToArray();
                Assert.Equal(
                    (prefix + name, (double?)expected.Length),
                    (prefix + name, BulletinCalls.Value(bulletin, prefix + name))
                );
                Assert.Equal(
                    (prefix + name, (double?)seen.Count(i => own(i) && then(i))),
                    (prefix + name, BulletinCalls.Value(bulletin, prefix + name, "previous"))
                );
                var records = await BulletinCalls.CodesAsync(outside, id, prefix + name);
                Assert.Equal(expected, records.Order(StringComparer.Ordinal));
                compared += expected.Length;
            }
        }

        await CompareAsync(
            "",
            _ => true,
            "found",
            "filed",
            "cancelled",
            "open",
            "overdue",
            "recurring"
        );
        foreach (var community in (string[])["A", "B"])
        {
            await CompareAsync(
                $"community/{community}/",
                i => i.Community == community,
                "found",
                "cancelled",
                "open",
                "overdue",
                "recurring"
            );
        }

        foreach (var body in (string[])["CG", "WY"])
        {
            await CompareAsync($"body/{body}/", i => i.Body == body, "found", "open", "overdue");
        }

        foreach (var category in Categories)
        {
            await CompareAsync(
                $"category/{category}/",
                i => i.Category == category,
                "found",
                "cancelled",
                "open",
                "overdue"
            );
        }

        Assert.True(compared > 300, $"{compared}");
        Assert.Contains("E1", await BulletinCalls.CodesAsync(outside, id, "found"));
        Assert.DoesNotContain("E4", await BulletinCalls.CodesAsync(outside, id, "found"));

        // Late replies, and the rates: those that /api/performance tells somebody who may not see what is embargoed.
        foreach (var body in (string[])["CG", "WY"])
        {
            var late = seen.Where(i =>
                i.Body == body
                && i.ReplyDue > From
                && i.ReplyDue <= To
                && (i.Replied is null || i.Replied >= i.ReplyDue)
            );
            Assert.Equal(
                late.Select(i => i.Code).Order(StringComparer.Ordinal),
                (await BulletinCalls.CodesAsync(outside, id, $"body/{body}/late_replies")).Order(
                    StringComparer.Ordinal
                )
            );
        }

        foreach (var by in (string[])["body", "community"])
        {
            using var rates = JsonDocument.Parse(
                await outside.GetStringAsync(
                    $"/api/performance?street=figures&from=2026-02-25&to=2026-03-03&by={by}"
                )
            );
            var rows = rates
                .RootElement.GetProperty("rows")
                .EnumerateArray()
                .Where(r =>
                    r.GetProperty("closed").GetInt32() + r.GetProperty("open").GetInt32() > 0
                )
                .ToList();
            Assert.True(rows.Count >= 2);
            foreach (var row in rows)
            {
                var rate = row.GetProperty("rate");
                Assert.Equal(
                    rate.ValueKind == JsonValueKind.Null ? null : rate.GetDouble(),
                    BulletinCalls.Value(
                        bulletin,
                        $"{by}/{row.GetProperty("code").GetString()}/on_time_rate"
                    )
                );
            }

            Assert.Equal(
                rates.RootElement.GetProperty("total").GetProperty("rate").GetDouble(),
                BulletinCalls.Value(bulletin, "on_time_rate")
            );
            Assert.Equal(
                rates
                    .RootElement.GetProperty("total")
                    .GetProperty("same_day_entry_rate")
                    .GetDouble(),
                BulletinCalls.Value(bulletin, "same_day_entry")
            );
        }

        // The score is the weighted mean of the parts shown, and the body with most points is first.
        var score = await BulletinCalls.RecordsAsync(outside, id, "body/CG/score");
        var parts = score
            .GetProperty("parts")
            .EnumerateArray()
            .Where(p => p.GetProperty("points").ValueKind != JsonValueKind.Null)
            .ToList();
        Assert.True(parts.Count >= 4);
        var mean =
            parts.Sum(p =>
                p.GetProperty("points").GetDouble() * p.GetProperty("weight").GetDouble()
            ) / parts.Sum(p => p.GetProperty("weight").GetDouble());
        Assert.Equal(
            Math.Round(mean, 2, MidpointRounding.AwayFromZero),
            score.GetProperty("figure").GetProperty("value").GetDouble()
        );
        // Nobody dispatched anything to the third body: it is not there at all.
        Assert.DoesNotContain("body/SJ/", bulletin.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rounds_due_made_and_missed_are_those_of_the_rules()
    {
        using var who = await service.SignInAsAsync("rounds-sup", Role.Supervisor, street: null);
        await PlantedStreet.CreateAsync(service, "rounds");
        // Daily by day; every 10 days by night, last made 12 and 2 days before the period.
        await service.ExecuteAsync(
            """
            INSERT INTO visit_rules (street_code, point_type, shift, every_days, valid_from)
            VALUES ('rounds', 'market', 'day', 1, '2026-01-01'), ('rounds', 'market', 'night', 10, '2026-01-01');
            INSERT INTO points (street_code, code, name, type, geom, placement, grid_code, community_code, added_at)
            SELECT 'rounds', c, '点' || c, 'market', ST_SetSRID(ST_MakePoint(106.5505, 29.5605), 4326), 'inside', 'A1', 'A', a::timestamptz
            FROM (VALUES ('P1', '2026-01-01'), ('P2', '2026-01-01'), ('P3', '2026-03-02 12:00+08')) v (c, a);
            INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result, covert)
            SELECT 'rounds', gen_random_uuid(), p, (SELECT min(account_id::text)::uuid FROM accounts), t::timestamptz, t::timestamptz, t::timestamptz, s, r, c
            FROM (VALUES
                ('P1', '2026-02-25 00:30+08', 'day', 'ok', false), ('P1', '2026-02-25 09:00+08', 'day', 'ok', false),
                ('P1', '2026-03-03 23:59+08', 'day', 'ok', false), ('P1', '2026-03-04 00:01+08', 'day', 'ok', false),
                ('P1', '2026-02-26 09:00+08', 'day', 'unreachable', false), ('P1', '2026-02-27 09:00+08', 'day', 'ok', true),
                ('P1', '2026-02-13 20:00+08', 'night', 'ok', false), ('P2', '2026-02-23 20:00+08', 'night', 'ok', false),
                ('P3', '2026-03-03 09:00+08', 'day', 'ok', false)) v (p, t, s, r, c);
            """
        );
        var bulletin = await BulletinCalls.GetAsync(
            who,
            await BulletinCalls.IssuedAsync(who, "rounds", on: On)
        );
        double? Of(string measure) => BulletinCalls.Value(bulletin, measure);
        // By day: P1 7 due, 2 days made; P2 7 due; P3 2 due, 1 made. By night: P1's turn ended, P2's has not, P3's is new.
        Assert.Equal((3, 14), (Of("visits_made"), Of("visits_missed")));
        Assert.Equal(Math.Round(3 / 17.0, 6), Of("community/A/visit_completion"));
        Assert.Null(Of("community/B/visit_completion"));
        var records = (
            await BulletinCalls.RecordsAsync(
                who,
                bulletin.GetProperty("id").GetString()!,
                "visits_missed"
            )
        )
            .GetProperty("records")
            .EnumerateArray()
            .Select(r =>
                $"{r.GetProperty("code").GetString()} {r.GetProperty("shift").GetString()} {r.GetProperty("made").GetInt32()}/{r.GetProperty("expected").GetInt32()}"
            );
        Assert.Equal(
            ["P1 day 2/7", "P1 night 0/1", "P2 day 0/7", "P3 day 1/2"],
            records.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Veto_alarms_count_while_they_are_red_and_not_when_they_would_tell_of_a_covert_finding()
    {
        using var who = await service.SignInAsAsync("veto-sup", Role.Supervisor, street: null);
        var street = await PlantedStreet.CreateAsync(service, "veto");
        await street.PlantAsync([
            new PlantedIssue("C1", "A", "uncivil_pets")
            {
                Embargoed = true,
                Found = From,
                Entered = From,
            },
        ]);
        await service.ExecuteAsync(
            """
            INSERT INTO veto_indicators (street_code, indicator_id, code, name, basis, origin, made_by, made_at)
            SELECT 'veto', gen_random_uuid(), 'V1', '重大事故', '依据', 'hand', min(account_id::text)::uuid, '2026-01-01' FROM accounts;
            INSERT INTO veto_alarms (street_code, alarm_id, indicator_id, reason, issue_id, raised_by, raised_at, cleared_by, cleared_at, evidence)
            SELECT 'veto', gen_random_uuid(), v.indicator_id, x.reason, x.issue, a.first, x.raised::timestamptz,
                   CASE WHEN x.cleared IS NOT NULL THEN a.last END, x.cleared::timestamptz, CASE WHEN x.cleared IS NOT NULL THEN '已改' END
            FROM veto_indicators v, (SELECT min(account_id::text)::uuid AS first, max(account_id::text)::uuid AS last FROM accounts) a,
                 (VALUES ('一直', NULL, '2026-02-01 08:00+08', NULL), ('期内解除', NULL, '2026-02-01 08:00+08', '2026-03-03 23:59+08'),
                         ('期后解除', NULL, '2026-03-03 08:00+08', '2026-03-04 00:00+08'), ('期后', NULL, '2026-03-04 00:00+08', NULL),
                         ('暗访', (SELECT id FROM issues WHERE street_code = 'veto' AND code = 'C1'), '2026-02-26 08:00+08', NULL)) x (reason, issue, raised, cleared)
            WHERE v.street_code = 'veto';
            """
        );
        var id = await BulletinCalls.IssuedAsync(who, "veto", on: On);
        var bulletin = await BulletinCalls.GetAsync(who, id);
        Assert.Equal(2, BulletinCalls.Value(bulletin, "outstanding//veto_red"));
        Assert.Equal(2, BulletinCalls.Value(bulletin, "outstanding//veto_red", "previous"));
        Assert.Equal(0, BulletinCalls.Value(bulletin, "found"));
        var records = (await BulletinCalls.RecordsAsync(who, id, "outstanding//veto_red"))
            .GetProperty("records")
            .EnumerateArray()
            .Select(r => r.GetProperty("title").GetString());
        Assert.Equal(["重大事故：一直", "重大事故：期后解除"], records);
    }
}
