using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using Npgsql;

namespace GeoCivic.Tests.Hotspots;

/// <summary>The counts by day equal counting the rows, whatever was written and whatever is asked.</summary>
public sealed class DayCountsTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly string[] Categories = ["stall_occupying", "uncivil_pets"];
    private static readonly string[] States = ["open", "dispatched", "closed", "rejected"];
    private static readonly string[] Shifts = ["day", "night", "school_peak"];

    // Written out anew, not through the functions of the schema: Beijing wall time is UTC and eight hours.
    private const string Wall = "(found_at AT TIME ZONE 'UTC' + INTERVAL '8 hours')";

    private const string Shift = $"""
        CASE WHEN extract(hour FROM {Wall}) IN (7, 8, 16, 17) THEN 'school_peak'
             WHEN extract(hour FROM {Wall}) >= 19 OR extract(hour FROM {Wall}) < 6 THEN 'night' ELSE 'day' END
        """;

    private const string Closed = """
        CASE WHEN closed_at IS NOT NULL THEN (closed_at AT TIME ZONE 'UTC' + INTERVAL '8 hours')::date
             WHEN NOT is_open THEN (found_at AT TIME ZONE 'UTC' + INTERVAL '8 hours')::date END
        """;

    [Fact]
    public async Task Whatever_is_written_and_asked_the_counts_are_those_of_the_rows()
    {
        await TestStreet.CreateAsync(service, "days");
        await TestStreet.CreateAsync(service, "other");
        var random = new Random(20261123);
        for (var round = 0; round < 8; round++)
        {
            await service.ExecuteAsync(Insert("days", 150, round));
            await service.ExecuteAsync(Insert("other", 20, round));
            await EqualAsync($"inserted {round}");
            // By thirds, so that some rows change in several ways at once and some not at all.
            foreach (
                var change in (string[])
                    [
                        "state = 'rejected', is_open = false, closed_at = greatest(found_at, timestamptz '2024-12-31 15:59:59Z' + random() * INTERVAL '2 seconds')",
                        "state = 'open', is_open = true, closed_at = NULL",
                        "category = CASE category WHEN 'uncivil_pets' THEN 'stall_occupying' ELSE 'uncivil_pets' END",
                        "grid_code = 'B1', community_code = 'B', placement = 'inside', snap_distance_m = NULL",
                        "grid_code = NULL, community_code = NULL, placement = 'orphan', snap_distance_m = NULL",
                        "covert = true, notice_issued_at = CASE WHEN notice_issued_at IS NULL THEN now() END",
                        "found_at = found_at - INTERVAL '40 days 30 minutes'",
                        "description = 'nothing that counts', updated_at = now()",
                    ]
            )
            {
                await service.ExecuteAsync(
                    $"UPDATE issues SET {change} WHERE abs(hashtext(code || '{random.Next()}')) % 3 = 0"
                );
            }

            await EqualAsync($"changed {round}");
            await service.ExecuteAsync(
                $"DELETE FROM issues WHERE abs(hashtext(code || {round})) % 6 = 0"
            );
            await EqualAsync($"deleted {round}");
            for (var question = 0; question < 12; question++)
            {
                await AskAsync(random);
            }
        }

        // Nothing is left of issues that are gone.
        await service.ExecuteAsync("DELETE FROM issues");
        await EqualAsync("all deleted");
        Assert.Equal(0, await service.ScalarAsync<long>("SELECT count(*) FROM issue_day_counts"));
    }

    [Fact]
    public async Task Writers_at_the_same_time_neither_lose_counts_nor_block_each_other_for_ever()
    {
        await TestStreet.CreateAsync(service, "crowd");
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async writer =>
                {
                    await service.ExecuteAsync(Insert("crowd", 60, 100 + writer));
                    // To and fro between the same few keys, from both sides.
                    for (var turn = 0; turn < 6; turn++)
                    {
                        var open = (writer + turn) % 2 == 0;
                        await service.ExecuteAsync(
                            $"UPDATE issues SET state = '{(open ? "open" : "closed")}', is_open = {open} WHERE street_code = 'crowd' AND code LIKE 'I{100 + writer}-%'"
                        );
                    }
                })
        );
        await EqualAsync("crowd");
        await service.ExecuteAsync("DELETE FROM issues WHERE street_code = 'crowd'");
    }

    // The counts of one call against the rows, of a caller who sees everything.
    private async Task AskAsync(Random random)
    {
        T? One<T>(T[] among)
            where T : class => random.Next(2) == 0 ? null : among[random.Next(among.Length)];
        var from = new DateOnly(2023, 12, 1).AddDays(random.Next(500));
        var to = from.AddDays(
            random.Next(4) switch
            {
                0 => 0,
                1 => 31,
                2 => 364,
                _ => 900,
            }
        );
        var (category, shift) = (One(Categories), One(Shifts));
        var state = One(["all", "open", "dispatched", "closed"]) ?? "all";
        var query = FormattableString.Invariant(
            $"/api/density?street=days&from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&state={state}&geometry=false"
        );
        query +=
            (category is null ? "" : $"&category={category}")
            + (shift is null ? "" : $"&shift={shift}");
        using var answer = await service.GetJsonAsync(query);
        var told = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("properties"))
            .ToDictionary(
                p => p.GetProperty("code").GetString()!,
                p => p.GetProperty("count").GetInt64(),
                StringComparer.Ordinal
            );
        Assert.Equal(4, told.Count);
        told[""] = answer.RootElement.GetProperty("unplaced").GetInt64();
        foreach (var (grid, n) in told)
        {
            Assert.Equal(
                await service.ScalarAsync<long>(
                    $"""
                    SELECT count(*) FROM issues
                    WHERE street_code = 'days' AND coalesce(grid_code, '') = @grid AND {Wall}::date BETWEEN @from AND @to
                      AND (@category = '' OR category = @category) AND (@shift = '' OR {Shift} = @shift)
                      AND (@state = 'all' OR (@state = 'open' AND is_open) OR (@state <> 'open' AND state = @state))
                    """,
                    ("grid", grid),
                    ("from", from),
                    ("to", to),
                    ("category", category ?? ""),
                    ("shift", shift ?? ""),
                    ("state", state)
                ),
                n
            );
        }
    }

    private async Task EqualAsync(string after)
    {
        const string ByDay = $"""
            SELECT street_code, category, {Wall}::date AS day, coalesce(grid_code, '') AS grid_code, state, {Shift} AS shift, is_open, embargoed,
                   coalesce({Closed}, 'infinity') AS closed_day, count(*) AS n
            FROM issues GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
            """;
        const string BySlice = $"""
            SELECT i.street_code, s.slice, extract(year FROM s.day)::int - back AS year, coalesce(i.grid_code, '') AS grid_code, i.embargoed, s.day, count(*) AS n
            FROM issues i CROSS JOIN LATERAL (VALUES
                ('all', {Wall}::date), ('open', CASE WHEN is_open THEN {Wall}::date END), ('category:' || category, {Wall}::date),
                ('state:' || state, {Wall}::date), ('shift:' || {Shift}, {Wall}::date), ('closed', {Closed})) s (slice, day)
            CROSS JOIN generate_series(0, 1) back
            WHERE s.day IS NOT NULL AND (back = 0 OR s.slice IN ('all', 'open', 'closed')) GROUP BY 1, 2, 3, 4, 5, 6
            """;
        const string Sums = """
            SELECT c.street_code, c.slice, c.year, c.grid_code, c.embargoed, make_date(c.year, 1, 1) + (d.day - 1) AS day,
                   (d.upto - coalesce(c.sums[d.place - 1], 0))::bigint AS n
            FROM issue_year_counts c CROSS JOIN LATERAL unnest(c.days, c.sums) WITH ORDINALITY d (day, upto, place)
            WHERE d.upto <> coalesce(c.sums[d.place - 1], 0)
            """;
        foreach (
            var (rows, kept) in (IEnumerable<(string, string)>)
                [(ByDay, "SELECT * FROM issue_day_counts"), (BySlice, Sums)]
        )
        {
            Assert.True(
                await service.ScalarAsync<long>(
                    $"WITH a AS ({rows}), b AS ({kept}) SELECT count(*) FROM ((TABLE a EXCEPT TABLE b) UNION ALL (TABLE b EXCEPT TABLE a)) d"
                ) == 0,
                after
            );
        }
    }

    private static string Insert(string street, int n, int round) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, closed_at, geom, placement, grid_code, community_code, covert)
            SELECT '{street}', gen_random_uuid(), 'I{round}-' || n, c.category, c.state, c.state IN ('open', 'dispatched'), c.at,
                   CASE WHEN c.state = 'closed' THEN c.at + random() * INTERVAL '40 days' END,
                   ST_SetSRID(ST_MakePoint(106.5505, 29.5605), 4326),
                   CASE WHEN c.grid IS NULL THEN 'orphan' ELSE 'inside' END, c.grid, left(c.grid, 1), random() < 0.1
            FROM (
                -- days at the ends of years and at the Beijing midnight, some many times
                SELECT n, (ARRAY['{string.Join(
                "','",
                Categories
            )}'])[1 + floor(random() * 2)::int] AS category,
                       (ARRAY['{string.Join(
                "','",
                States
            )}'])[1 + floor(random() * 4)::int] AS state,
                       (ARRAY['A1', 'A2', 'B1', 'B2', NULL])[1 + floor(random() * 5)::int] AS grid,
                       CASE n % 3 WHEN 0 THEN timestamptz '2023-12-31 15:59:59Z' + (n % 7) * INTERVAL '1 second'
                                  WHEN 1 THEN timestamptz '2024-02-28 16:00:00Z' + (n % 5) * INTERVAL '24 hours'
                                  ELSE timestamptz '2023-11-20 00:00:00Z' + random() * INTERVAL '800 days' END AS at
                FROM generate_series(1, {n}) n
            ) c
            """
        );

    [Theory]
    [InlineData("counts_year", "pk_issue_year_counts")]
    [InlineData("counts_day", "pk_issue_day_counts")]
    public async Task A_window_is_answered_from_the_index_of_the_counts_and_reads_no_issue(
        string file,
        string index
    )
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await using (
            var few = new NpgsqlCommand(
                "SET enable_seqscan = off; SET enable_bitmapscan = off",
                connection
            )
        )
        {
            // A handful of rows is read faster without an index; what is asked is whether it fits the query.
            await few.ExecuteNonQueryAsync();
        }

        await using var explain = new NpgsqlCommand(
            "EXPLAIN " + Sql.Load($"Hotspots/{file}.sql"),
            connection
        );
        foreach (
            var (name, value) in (IEnumerable<(string, object)>)
                [
                    ("street", "days"),
                    ("slice", "category:uncivil_pets"),
                    ("first_year", 2024),
                    ("before_day", 66),
                    ("last_year", 2025),
                    ("to_day", 66),
                    ("span", 1),
                    ("category", "uncivil_pets"),
                    ("state", "closed"),
                    ("shift", "night"),
                    ("from", new DateOnly(2024, 3, 7)),
                    ("to", new DateOnly(2025, 3, 6)),
                ]
        )
        {
            if (explain.CommandText.Contains("@" + name, StringComparison.Ordinal))
            {
                explain.Parameters.AddWithValue(name, value);
            }
        }

        await using var rows = await explain.ExecuteReaderAsync();
        var plan = "";
        while (await rows.ReadAsync())
        {
            plan += rows.GetString(0) + "\n";
        }

        Assert.Contains($"using {index}", plan, StringComparison.Ordinal);
        Assert.Contains("Index Cond: ((street_code = 'days'", plan, StringComparison.Ordinal);
        Assert.DoesNotContain(" on issues", plan, StringComparison.Ordinal);
        if (file == "counts_day")
        {
            Assert.Contains("Index Only Scan", plan, StringComparison.Ordinal);
            Assert.Contains("day >=", plan, StringComparison.Ordinal);
        }
    }

    // 00:30 belongs to the new day in Beijing, where UTC and New York are still in the old one.
    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")]
    public async Task The_shift_and_the_day_are_those_of_Beijing_whatever_the_session_thinks(
        string zone
    )
    {
        await using var connection = await service.Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            $"""
            SET TIME ZONE '{zone}';
            SELECT string_agg(beijing_day(t) || ' ' || shift_at(t), ', ' ORDER BY t)
            FROM unnest(ARRAY['2026-03-04T23:59:59+08:00', '2026-03-05T00:30:00+08:00', '2026-03-05T05:59:59+08:00', '2026-03-05T06:00:00+08:00',
                '2026-03-05T07:00:00+08:00', '2026-03-05T09:00:00+08:00', '2026-03-05T16:00:00+08:00', '2026-03-05T18:00:00+08:00',
                '2026-03-05T19:00:00+08:00']::timestamptz[]) t
            """,
            connection
        );
        Assert.Equal(
            "2026-03-04 night, 2026-03-05 night, 2026-03-05 night, 2026-03-05 day, 2026-03-05 school_peak, 2026-03-05 day, 2026-03-05 school_peak, 2026-03-05 day, 2026-03-05 night",
            await command.ExecuteScalarAsync()
        );
    }
}
