using System.Text.Json;
using GeoCivic.Imports;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Runs;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Letters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using static GeoCivic.Tests.SchoolPerimeters.PerimeterStreet;

namespace GeoCivic.Tests.SchoolPerimeters;

public sealed class RunTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private readonly SetClock _clock = new(
        new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(8))
    );

    private const string Rule =
        """ "id":"RUN.cafe","school_kinds":["primary"],"venue_categories":["internet_cafe"],"metres":100,"from":"campus_boundary","how":"straight","exception":{"licensed_before":"2020-01-01","until":"2026-03-05"} """;

    private RunBook Book() =>
        new(
            service.Database,
            service.Services.GetRequiredService<ComplianceGround>(),
            service.Services.GetRequiredService<ComplianceRows>(),
            service.Services.GetRequiredService<ComplianceFacts>(),
            _clock
        );

    private NightlyRuns Nights() =>
        new(Book(), service.Database, _clock, NullLogger<NightlyRuns>.Instance);

    private async Task NightAsync(int day)
    {
        _clock.Now = new DateTimeOffset(2026, 3, day, 2, 0, 0, TimeSpan.FromHours(8));
        var (run, made) = await Book()
            .MakeAsync("RUN", new RunOrder("nightly"), CancellationToken.None);
        Assert.True(made && run.Day.Day == day);
    }

    private async Task<long> VersionsAsync() =>
        await service.ScalarAsync<long>(
            "SELECT (SELECT count(*) FROM perimeter_findings WHERE street_code = 'RUN') + (SELECT count(*) FROM perimeter_facts WHERE street_code = 'RUN')"
        );

    /// <summary>The changes of one day as <c>venue was→now why</c>.</summary>
    private async Task<string[]> ChangesAsync(string street, int day)
    {
        using var answer = await service.GetJsonAsync(
            $"/api/perimeters/changes?street={street}&from=2026-03-{day:00}&to=2026-03-{day:00}"
        );
        return
        [
            .. answer
                .RootElement.GetProperty("changes")
                .EnumerateArray()
                .Select(c =>
                    $"{Text(c, "venue")} {c.GetProperty("was").GetString() ?? "-"}→{c.GetProperty("now").GetString() ?? "-"} {string.Join(',', c.GetProperty("why").EnumerateArray().Select(w => w.GetString()))}"
                ),
        ];
    }

    [Fact]
    public async Task Each_change_has_its_reason_and_quiet_nights_cost_one_row()
    {
        var street = new PerimeterStreet(service, "RUN", 108.10, 29.40);
        await street.CreateAsync();
        await street.RulesAsync(
            "1",
            Rule.Replace("RUN.", $"{street.Street}.", StringComparison.Ordinal)
        );
        await street.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nS,甲小学,primary,{street.Box(0, 0, 100, 80)}\n"
        );
        await street.ImportAsync(
            Datasets.Venues,
            $"""
            code,name,category,licensed_from,licensed_until,wkt
            A,老网吧,internet_cafe,2015-01-01,2028-01-01,{street.Point(150, 40)}
            B,西网吧,internet_cafe,2021-01-01,2028-01-01,{street.Point(-150, 40)}
            C,歌厅,karaoke,,,{street.Point(-50, 40)}
            D,近网吧,internet_cafe,,,{street.Point(130, 40)}

            """
        );
        await NightAsync(1);
        var versions = await VersionsAsync();
        // The school, four venues, the rule and the network; A exempt and D violating.
        Assert.Equal(7 + 2, versions);
        for (var day = 2; day <= 4; day++)
        {
            await NightAsync(day);
        }

        Assert.Equal(versions, await VersionsAsync());
        Assert.Empty(await ChangesAsync("RUN", 3));

        // New venue beside the school; a category that becomes one of the rule's; the exemption of A ends on the 5th.
        var (made, _, text) = await street.SendAsync(
            "POST",
            "/api/venues",
            new
            {
                id = Guid.NewGuid(),
                street = "RUN",
                code = "E",
                name = "新网吧",
                category = "internet_cafe",
                lon = street.Lon(50),
                lat = street.Lat(100),
            }
        );
        Assert.True(made == 201, text);
        (made, _, text) = await street.SendAsync(
            "PATCH",
            "/api/venues/C?street=RUN",
            new { category = "internet_cafe" },
            revision: 1
        );
        Assert.True(made == 200, text);
        await NightAsync(5);
        Assert.Equal(
            ["C -→violating category_changed", "E -→violating new_venue"],
            await ChangesAsync("RUN", 5)
        );
        await NightAsync(6);
        Assert.Equal(["A exempt→violating licence_expired"], await ChangesAsync("RUN", 6));

        // The wall moves west, towards B and away from A and D.
        (made, var saved, text) = await street.SendAsync(
            "PUT",
            "/api/schools/S/shape?street=RUN",
            new { campus = street.Shape(-120, 0, -20, 80) },
            revision: 1
        );
        Assert.True(made == 200, text);
        Assert.Equal(2, saved.GetProperty("properties").GetProperty("revision").GetInt32());
        await NightAsync(7);
        Assert.Equal(
            [
                "A violating→compliant school_moved",
                "B compliant→violating school_moved",
                "D violating→compliant school_moved",
            ],
            await ChangesAsync("RUN", 7)
        );
        Assert.Equal(
            "Polygon 甲小学",
            await service.ScalarAsync<string>(
                """
                SELECT (record -> 'geom' ->> 'type') || ' ' || (record ->> 'name') FROM perimeter_history h
                WHERE street_code = 'RUN' AND subject = 'schools' AND code = 'S' AND revision = 1 AND replaced_by IS NOT NULL
                """
            )
        );

        // B moves away, C's licence changes nothing, and the rule becomes stricter.
        await street.SendAsync(
            "PATCH",
            "/api/venues/B?street=RUN",
            new { lon = street.Lon(-400), lat = street.Lat(40) },
            revision: 1
        );
        await street.SendAsync(
            "PATCH",
            "/api/venues/C?street=RUN",
            new { licensed_from = "2022-01-01" },
            revision: 2
        );
        await NightAsync(8);
        Assert.Equal(["B violating→compliant venue_moved"], await ChangesAsync("RUN", 8));
        await street.RulesAsync(
            "2",
            Rule.Replace("\"metres\":100", "\"metres\":160", StringComparison.Ordinal)
        );
        await NightAsync(9);
        Assert.Equal(["D compliant→violating rule_changed"], await ChangesAsync("RUN", 9));
        (made, _, text) = await street.SendAsync("DELETE", "/api/venues/D?street=RUN", null, 1);
        Assert.True(made == 204 && text.Length == 0, text);
        await NightAsync(10);
        Assert.Equal(["D violating→- venue_gone"], await ChangesAsync("RUN", 10));

        // Over all days: what was so at the first run and is another now, with all that changed in between.
        using var all = await service.GetJsonAsync(
            "/api/perimeters/changes?street=RUN&from=2026-03-01&to=2026-03-10"
        );
        Assert.Equal(
            ["A", "C", "D", "E"],
            all.RootElement.GetProperty("changes").EnumerateArray().Select(c => Text(c, "venue"))
        );
        using var runs = await service.GetJsonAsync("/api/perimeters/runs?street=RUN");
        Assert.Equal(
            Enumerable.Range(1, 10).Reverse(),
            runs.RootElement.GetProperty("runs")
                .EnumerateArray()
                .Select(r => r.GetProperty("seq").GetInt32())
        );

        // What was deleted comes back with its file. What earlier runs found stays as it was.
        await street.ImportAsync(
            Datasets.Venues,
            $"code,name,category,wkt\nD,近网吧,internet_cafe,{street.Point(130, 40)}\n"
        );
        await NightAsync(11);
        Assert.Equal(["D -→violating new_venue"], await ChangesAsync("RUN", 11));
        Assert.Equal(["D violating→- venue_gone"], await ChangesAsync("RUN", 10));
    }

    [Fact]
    public async Task A_run_is_asked_for_once_and_made_once_by_several_processes()
    {
        var street = new PerimeterStreet(service, "ASK", 108.30, 29.40);
        await street.CreateAsync();
        await street.ImportAsync(
            Datasets.Schools,
            $"code,name,kind,wkt\nS,甲小学,primary,{street.Box(0, 0, 100, 80)}\n"
        );
        var order = new { id = Guid.NewGuid(), street = "ASK" };
        var first = await street.SendAsync("POST", "/api/perimeters/runs", order);
        var again = await street.SendAsync("POST", "/api/perimeters/runs", order);
        Assert.Equal((201, 200), (first.Status, again.Status));
        Assert.Equal(Text(first.Body, "run"), Text(again.Body, "run"));
        Assert.Equal(order.id.ToString(), Text(first.Body, "run"));

        _clock.Now = new DateTimeOffset(2026, 4, 1, 0, 59, 0, TimeSpan.FromHours(8));
        Assert.Equal(0, await Nights().RunOnceAsync(CancellationToken.None));
        _clock.Now = _clock.Now.AddMinutes(1);
        Assert.True(await Nights().RunOnceAsync(CancellationToken.None) >= 1);
        Assert.Equal(0, await Nights().RunOnceAsync(CancellationToken.None));
        _clock.Now = _clock.Now.AddDays(1);
        var night = new RunOrder("nightly");
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Book().MakeAsync("ASK", night, CancellationToken.None))
        );
        Assert.Single(made, m => m.Made);
        Assert.Single(made.Select(m => m.Run.Run).Distinct());
        await ServiceFixture.ProblemAsync(
            await service.Client.GetAsync("/api/perimeters/changes"),
            400,
            "invalid-parameter",
            "changes without a street"
        );
    }
}
