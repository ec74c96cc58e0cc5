using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;

namespace GeoCivic.Tests.Ownership;

/// <summary>Bodies, people and duties come from files; who answered on a past day does not change afterwards.</summary>
public sealed class DutyHistoryTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Bodies =
        "code,name,kind\nX,执法大队,enforcement\nY,规建办,科室\nZ,交巡警,交巡警\n";

    private async Task<string> StreetAsync(string name)
    {
        await TestStreet.CreateAsync(service, name);
        TestStreet.Committed(
            await service.ImportAsync(Datasets.Bodies, Bodies, "b.csv", name, crs: null)
        );
        return name;
    }

    private Task<ImportReport> DutiesAsync(
        string street,
        string rows,
        string header = "code,category,area,body,role,from,to"
    ) => service.ImportAsync(Datasets.Duties, $"{header}\n{rows}", "d.csv", street, crs: null);

    private async Task<string> LeadAsync(
        string street,
        string community,
        string grid,
        string day,
        string category = "illegal_parking",
        DateTime? known = null
    )
    {
        await using var command = service.Database.CreateCommand(
            "SELECT body_code || CASE WHEN tie THEN '*' ELSE '' END FROM duties_at(@s, @c, @g, @k, @d::date, @t) WHERE role = 'lead' AND rank = 1"
        );
        command.Parameters.AddWithValue("s", street);
        command.Parameters.AddWithValue("c", community);
        command.Parameters.AddWithValue("g", grid);
        command.Parameters.AddWithValue("k", category);
        command.Parameters.AddWithValue("d", day);
        command.Parameters.Add(
            new Npgsql.NpgsqlParameter("t", NpgsqlTypes.NpgsqlDbType.TimestampTz)
            {
                Value = (object?)known ?? DBNull.Value,
            }
        );
        return (string?)await command.ExecuteScalarAsync() ?? "-";
    }

    [Fact]
    public async Task The_most_specific_and_latest_duty_answers_and_equal_ones_are_a_tie()
    {
        var street = await StreetAsync("rank");
        TestStreet.Committed(
            await DutiesAsync(
                street,
                """
                1,illegal_parking,rank,X,lead,2024-01-01,
                2,illegal_parking,A,Y,lead,2023-01-01,
                3,illegal_parking,A1,Z,lead,2022-01-01,2024-06-30
                4,illegal_parking,rank,Y,lead,2025-01-01,
                5,,rank,Z,lead,,
                6,illegal_parking,B2,X,lead,2024-01-01,
                7,illegal_parking,B2,Y,lead,2024-01-01,
                """
            )
        );
        Assert.Equal("Z", await LeadAsync(street, "A", "A1", "2024-06-30"));
        Assert.Equal("Y", await LeadAsync(street, "A", "A1", "2024-07-01"));
        Assert.Equal("Y", await LeadAsync(street, "A", "A2", "2024-03-01"));
        Assert.Equal("X", await LeadAsync(street, "B", "B1", "2024-03-01"));
        Assert.Equal("Y", await LeadAsync(street, "B", "B1", "2025-01-01"));
        Assert.Equal("X*", await LeadAsync(street, "B", "B2", "2024-03-01"));
        // A duty for every category steps back behind one of the category, wherever that lies.
        Assert.Equal("Z", await LeadAsync(street, "B", "B1", "2024-03-01", "uncivil_pets"));
        Assert.Equal("Z", await LeadAsync(street, "B", "B1", "2023-12-31"));
    }

    [Fact]
    public async Task A_handover_keeps_the_past_and_the_same_file_again_changes_nothing()
    {
        var street = await StreetAsync("hand");
        const string first = "P,illegal_parking,hand,X,lead,2023-01-01,\n";
        Assert.Equal(1, TestStreet.Committed(await DutiesAsync(street, first)).Added);
        Assert.Equal(1, TestStreet.Committed(await DutiesAsync(street, first)).Unchanged);
        var before = DateTime.UtcNow;
        Assert.Equal(
            1,
            TestStreet
                .Committed(
                    await DutiesAsync(street, "P,illegal_parking,hand,规建办,lead,2024-05-01,\n")
                )
                .Changed
        );
        Assert.Equal("X", await LeadAsync(street, "A", "A1", "2024-03-01"));
        Assert.Equal("X", await LeadAsync(street, "A", "A1", "2024-04-30"));
        Assert.Equal("Y", await LeadAsync(street, "A", "A1", "2024-05-01"));
        // As it was known before the handover was entered.
        Assert.Equal("X", await LeadAsync(street, "A", "A1", "2024-05-01", known: before));
        // The first file again still describes the first version.
        Assert.Equal(1, TestStreet.Committed(await DutiesAsync(street, first)).Unchanged);
        // A correction of the first version is believed from now on, and what was believed stays known.
        var believed = DateTime.UtcNow;
        Assert.Equal(
            1,
            TestStreet
                .Committed(await DutiesAsync(street, "P,illegal_parking,hand,Z,lead,2023-01-01,\n"))
                .Changed
        );
        Assert.Equal("Z", await LeadAsync(street, "A", "A1", "2024-03-01"));
        Assert.Equal("X", await LeadAsync(street, "A", "A1", "2024-03-01", known: believed));
        Assert.Equal("Y", await LeadAsync(street, "A", "A1", "2024-05-01"));
    }

    [Fact]
    public async Task Who_owned_a_place_stays_the_same_after_its_grids_are_drawn_anew()
    {
        var street = await StreetAsync("redraw");
        TestStreet.Committed(
            await DutiesAsync(
                street,
                "1,illegal_parking,A1,X,lead,2020-01-01,\n2,illegal_parking,B1,Y,lead,2020-01-01,\n"
            )
        );
        async Task<string> LeadAtAsync(string day)
        {
            await using var command = service.Database.CreateCommand(
                """
                SELECT coalesce((SELECT d.body_code FROM duties_at(@s, g.community_code, g.grid_code, 'illegal_parking', @d::date) d
                                 WHERE d.role = 'lead' AND d.rank = 1), '-')
                FROM grid_of(@s, ST_SetSRID(ST_MakePoint(@x, @y), 4326), @d::date) g
                """
            );
            command.Parameters.AddWithValue("s", street);
            command.Parameters.AddWithValue("d", day);
            command.Parameters.AddWithValue("x", TestStreet.Lon(0.9));
            command.Parameters.AddWithValue("y", TestStreet.Lat(0.5));
            return (string)(await command.ExecuteScalarAsync())!;
        }

        Assert.Equal("X", await LeadAtAsync("2024-03-01"));
        // From July the border runs farther west: the place goes to B1.
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Grids,
                TestStreet.Grids(
                    TestStreet.Box(0, 0, 0.8, 1),
                    TestStreet.Box(0, 1, 1, 2),
                    TestStreet.Box(0.8, 0, 2, 1),
                    TestStreet.Box(1, 1, 2, 2)
                ),
                "g.csv",
                street,
                with: r =>
                    r with
                    {
                        Set = new Dictionary<string, string>(StringComparer.Ordinal)
                        {
                            ["valid_from"] = "2024-07-01",
                        },
                    }
            )
        );
        Assert.Equal("X", await LeadAtAsync("2024-03-01"));
        Assert.Equal("Y", await LeadAtAsync("2024-07-01"));
    }

    [Fact]
    public async Task Rows_that_cannot_be_are_refused_with_line_and_field()
    {
        var street = await StreetAsync("refuse");
        var report = await DutiesAsync(
            street,
            """
            1,illegal_parking,Q9,X,lead,2024-01-01,
            2,illegal_parking,A,W,lead,2024-01-01,
            3,illegal_parking,A,X,boss,2024-01-01,
            4,illegal_parking,A,X,lead,2024-02-01,2024-01-01
            5,illegal_parking,A,X,lead,2024-01-01,
            5,illegal_parking,B,X,lead,2024-01-01,
            6,illegal_parking,A,X,lead,soon,
            """
        );
        Assert.False(report.Committed);
        Assert.Equal(
            [(2, "area"), (3, "body"), (4, "role"), (5, "to"), (7, "code"), (8, "from")],
            report.Rows.Select(r => ((int)r.Line, r.Field))
        );
        TestStreet.Committed(
            await DutiesAsync(
                street,
                "7,,A,X,lead,2024-01-01,2024-06-30\n7,,A,Y,lead,2024-07-01,\n"
            )
        );
        var late = await DutiesAsync(street, "7,,A,Z,lead,2024-03-01,2024-12-31\n");
        Assert.Contains("2024-07-01", Assert.Single(late.Rows).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_cannot_be_rewritten_in_the_database_either()
    {
        var street = await StreetAsync("keep");
        TestStreet.Committed(await DutiesAsync(street, "1,,keep,X,lead,2024-01-01,\n"));
        foreach (
            var sql in (string[])
                [
                    "UPDATE duties SET body_code = 'Y' WHERE street_code = 'keep'",
                    "DELETE FROM duties WHERE street_code = 'keep'",
                    "UPDATE duties SET superseded_at = now(), body_code = 'Y' WHERE street_code = 'keep'",
                ]
        )
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
                service.ExecuteAsync(sql)
            );
            Assert.Equal("23001", refused.SqlState);
        }
    }

    [Fact]
    public async Task People_take_and_leave_posts_and_fields_that_a_file_lacks_keep_their_value()
    {
        var street = await StreetAsync("posts");
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.People,
                "code,name,role,area,building,unit,from,to\n1,网格长一,网格长,A1,,,2023-01-01,\n2,楼栋长一,building_chief,A1,1栋,,2023-01-01,2023-12-31\n3,包保领导,包保领导,A,,,,\n",
                "p.csv",
                street,
                crs: null
            )
        );
        async Task<string> PeopleAsync(string day) =>
            await service.ScalarAsync<string>(
                "SELECT string_agg(p.name || coalesce(p.building, ''), ',' ORDER BY p.code) FROM people_at('posts', 'A', 'A1', @d::date) p",
                ("d", day)
            );
        Assert.Equal("网格长一,楼栋长一1栋,包保领导", await PeopleAsync("2023-12-31"));
        Assert.Equal("网格长一,包保领导", await PeopleAsync("2024-01-01"));
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.People,
                "code,name,role,from\n1,网格长二,grid_chief,2024-02-01\n",
                "p.csv",
                street,
                crs: null
            )
        );
        Assert.Equal("网格长一,包保领导", await PeopleAsync("2024-01-31"));
        Assert.Equal("网格长二,包保领导", await PeopleAsync("2024-02-01"));
    }
}
