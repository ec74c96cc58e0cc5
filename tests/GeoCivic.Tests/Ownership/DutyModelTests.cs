using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using Npgsql;

namespace GeoCivic.Tests.Ownership;

/// <summary>The SQL that enters and ranks duties against plain models, on random duties.</summary>
public sealed class DutyModelTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const int Days = 60;
    private static readonly DateOnly First = new(2024, 1, 1);
    private static readonly string[] Bodies = ["X", "Y", "Z"];

    private async Task CreateAsync(string street)
    {
        await TestStreet.CreateAsync(service, street);
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Bodies,
                "code,name,kind\nX,x,section\nY,y,section\nZ,z,section\n",
                "b.csv",
                street,
                crs: null
            )
        );
    }

    [Fact]
    public async Task Entering_versions_gives_each_day_the_body_that_a_calendar_of_days_gives()
    {
        await CreateAsync("model");
        var random = new Random(20240301);
        await using var connection = await service.Database.OpenConnectionAsync();
        var refusals = 0;
        for (var code = 0; code < 60; code++)
        {
            var calendar = new string?[Days];
            var starts = new SortedSet<int>();
            for (var step = 0; step < 10; step++)
            {
                var from = random.Next(Days - 5);
                var until = random.Next(3) == 0 ? Days : from + 1 + random.Next(20);
                var open = until >= Days;
                var body = Bodies[random.Next(3)];
                var outcome = await PutAsync(
                    connection,
                    $"m{code}",
                    body,
                    from,
                    open ? null : until
                );
                var same = Same(calendar, starts, from, body);
                var begins = same ?? from;
                var following = starts.Where(s => s > begins).DefaultIfEmpty(Days).Min();
                if (!open && until > following && following < Days)
                {
                    Assert.StartsWith("a later version", outcome, StringComparison.Ordinal);
                    refusals++;
                    continue;
                }

                // From its start on, an entered version takes the place of the one that was in force there.
                for (var day = from; day < following; day++)
                {
                    calendar[day] = day < Math.Min(until, following) ? body : null;
                }

                starts.Add(begins);
                Assert.Equal(calendar, await CalendarAsync(connection, $"m{code}"));
            }
        }

        Assert.True(refusals is > 20 and < 400, $"{refusals} refusals");
    }

    /// <summary>The start of the version in force on a day when it has the same body; then it only gets another end.</summary>
    private static int? Same(string?[] calendar, SortedSet<int> starts, int day, string body) =>
        calendar[day] == body ? starts.Where(s => s <= day).Max() : null;

    private static async Task<string> PutAsync(
        NpgsqlConnection connection,
        string code,
        string body,
        int from,
        int? until
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT put_duty(ROW('model', @code, NULL, NULL, NULL, NULL, @body, 'lead', NULL, @from, @until, NULL, NULL)::duties, '2024-01-01')",
            connection
        );
        command.Parameters.AddWithValue("code", code);
        command.Parameters.AddWithValue("body", body);
        command.Parameters.AddWithValue("from", First.AddDays(from));
        command.Parameters.AddWithValue(
            "until",
            until is { } end ? First.AddDays(end) : DateOnly.MaxValue
        );
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string?[]> CalendarAsync(NpgsqlConnection connection, string code)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT array_agg(d.body_code ORDER BY n)
            FROM generate_series(0, @days - 1) n
            LEFT JOIN duties d ON d.street_code = 'model' AND d.code = @code AND d.superseded_at = 'infinity'
                AND d.valid_from <= '2024-01-01'::date + n AND '2024-01-01'::date + n < d.valid_until
            """,
            connection
        );
        command.Parameters.AddWithValue("days", Days);
        command.Parameters.AddWithValue("code", code);
        return (string?[])(await command.ExecuteScalarAsync())!;
    }

    private sealed record Duty(
        string Code,
        string? Category,
        string Area,
        string Body,
        string Role,
        DateOnly From,
        DateOnly? To
    );

    [Fact]
    public async Task The_deciding_duty_is_the_one_a_plain_sort_puts_first()
    {
        await CreateAsync("sort");
        var random = new Random(7);
        string[] areas = ["sort", "A", "B", "A1", "A2", "B1", "B2"];
        string?[] categories = [null, "illegal_parking", "uncivil_pets"];
        var duties = Enumerable
            .Range(0, 150)
            .Select(i =>
            {
                var from = First.AddDays(random.Next(6) * 10);
                return new Duty(
                    $"d{i:000}",
                    categories[random.Next(3)],
                    areas[random.Next(areas.Length)],
                    Bodies[random.Next(3)],
                    random.Next(4) == 0 ? "cooperating" : "lead",
                    from,
                    random.Next(2) == 0 ? null : from.AddDays(random.Next(30))
                );
            })
            .ToList();
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Duties,
                "code,category,area,body,role,from,to\n"
                    + string.Concat(
                        duties.Select(d =>
                            $"{d.Code},{d.Category},{d.Area},{d.Body},{d.Role},{d.From:yyyy-MM-dd},{d.To:yyyy-MM-dd}\n"
                        )
                    ),
                "d.csv",
                "sort",
                crs: null
            )
        );
        var ties = 0;
        foreach (var grid in areas[3..])
        {
            foreach (var category in (string[])["illegal_parking", "uncivil_pets", "site_dust"])
            {
                for (var offset = 0; offset < 90; offset += 9)
                {
                    var day = First.AddDays(offset);
                    var leads = duties
                        .Where(d =>
                            d.Role == "lead"
                            && (d.Category is null || d.Category == category)
                            && (
                                d.Area == "sort"
                                || grid.StartsWith(d.Area, StringComparison.Ordinal)
                            )
                            && d.From <= day
                            && (d.To is null || day <= d.To)
                        )
                        .OrderBy(d => d.Category is null)
                        .ThenBy(d => d.Area == "sort" ? 3 : 3 - d.Area.Length)
                        .ThenByDescending(d => d.From)
                        .ThenBy(d => d.Code, StringComparer.Ordinal)
                        .ToList();
                    var best = leads.FirstOrDefault();
                    var tie = leads
                        .TakeWhile(d =>
                            d.Category == best!.Category
                            && d.Area == best.Area
                            && d.From == best.From
                        )
                        .Any(d => d.Body != best!.Body);
                    ties += tie ? 1 : 0;
                    Assert.Equal(
                        best is null ? null : $"{best.Code} {best.Body} {tie}",
                        await DecidingAsync(grid, category, day)
                    );
                }
            }
        }

        Assert.True(ties > 3, $"{ties} ties");
    }

    private async Task<string?> DecidingAsync(string grid, string category, DateOnly day)
    {
        await using var command = service.Database.CreateCommand(
            "SELECT duty_code || ' ' || body_code || ' ' || initcap(tie::text) FROM duties_at('sort', @c, @g, @k, @d) WHERE role = 'lead' AND rank = 1"
        );
        command.Parameters.AddWithValue("c", grid[..1]);
        command.Parameters.AddWithValue("g", grid);
        command.Parameters.AddWithValue("k", category);
        command.Parameters.AddWithValue("d", day);
        return (string?)await command.ExecuteScalarAsync();
    }
}
