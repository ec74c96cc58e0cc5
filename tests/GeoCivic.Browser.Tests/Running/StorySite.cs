using GeoCivic.Accounts;
using Npgsql;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>The demo street with the people of one story: who finds a problem, files it, puts it right, and looks again.</summary>
public sealed class StorySite : Site
{
    /// <summary>Grid of the worker.</summary>
    public const string Grid = "500103011012002";

    private Person? worker;

    private Person? supervisor;

    private Person? handler;

    private Person? verifier;

    public Person Worker => Known(worker);

    public Person Supervisor => Known(supervisor);

    /// <summary>Of the body that leads for stalls on the pavement, and of those that cooperate.</summary>
    public Person Handler => Known(handler);

    /// <summary>The second supervisor: who rectified may not verify, and the first one filed it.</summary>
    public Person Verifier => Known(verifier);

    /// <summary>A place inside the worker's grid, longitude first.</summary>
    public (double Lon, double Lat) Place { get; private set; }

    /// <summary>Code and name of the body that leads.</summary>
    public (string Code, string Name) Body { get; private set; }

    /// <summary>Codes of the bodies that cooperate by duty.</summary>
    public IReadOnlyList<string> Cooperating { get; private set; } = [];

    /// <summary>Lets the limits of an issue's tasks have ended some days ago, as days that pass would.</summary>
    public async Task PassDaysAsync(Guid issue, int days)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(
            """
            WITH aged AS (
                UPDATE task_deadlines SET due_at = due_at - make_interval(days => $2) WHERE issue_id = $1
            )
            UPDATE issue_tasks SET due_at = due_at - make_interval(days => $2), dispatched_at = dispatched_at - make_interval(days => $2)
            WHERE issue_id = $1
            """
        );
        command.Parameters.AddWithValue(issue);
        command.Parameters.AddWithValue(days);
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }

    protected override Task PrepareAsync() => RunAsync("demo", "load", "--no-stories");

    protected override async Task PrepareServedAsync()
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        Place = await PlaceAsync(source);
        var duties = await DutiesAsync(source);
        Body = duties.First(d => d.Role == "lead").Body;
        Cooperating =
        [
            .. duties.Where(d => d.Role == "cooperating").Select(d => d.Body.Code).Distinct(),
        ];
        worker = await AddPersonAsync(
            "story.worker",
            "罗家院第02网格网格员",
            new GrantRequest(Role.Worker, DemoSite.Street, Grid, null)
        );
        supervisor = await AddPersonAsync(
            "story.supervisor",
            "街道督查一岗",
            new GrantRequest(Role.Supervisor, DemoSite.Street, null, null)
        );
        handler = await AddPersonAsync(
            "story.handler",
            "责任单位经办岗",
            [
                .. Cooperating
                    .Prepend(Body.Code)
                    .Select(body => new GrantRequest(Role.Handler, DemoSite.Street, null, body)),
            ]
        );
        verifier = await AddPersonAsync(
            "story.verifier",
            "街道督查二岗",
            new GrantRequest(Role.Supervisor, DemoSite.Street, null, null)
        );
    }

    private static async Task<(double Lon, double Lat)> PlaceAsync(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand(
            """
            SELECT ST_X(p), ST_Y(p)
            FROM area_versions v, ST_PointOnSurface(v.geom) p
            WHERE v.street_code = $1 AND v.level = 'grid' AND v.code = $2 AND v.valid_until = 'infinity'
            """
        );
        command.Parameters.AddWithValue(DemoSite.Street);
        command.Parameters.AddWithValue(Grid);
        await using var row = await command.ExecuteReaderAsync();
        Assert.True(await row.ReadAsync());
        return (Math.Round(row.GetDouble(0), 6), Math.Round(row.GetDouble(1), 6));
    }

    // Who answers for the problem of the story, asked of the demo's own duties.
    private static async Task<List<(string Role, (string Code, string Name) Body)>> DutiesAsync(
        NpgsqlDataSource source
    )
    {
        await using var command = source.CreateCommand(
            """
            SELECT d.role, b.code, b.name
            FROM area_versions g
            CROSS JOIN LATERAL duties_at(g.street_code, g.parent_code, g.code, 'stall_occupying', current_date) d
            JOIN bodies b ON b.street_code = g.street_code AND b.code = d.body_code
            WHERE g.street_code = $1 AND g.level = 'grid' AND g.code = $2 AND g.valid_until = 'infinity'
            ORDER BY d.role, d.rank
            """
        );
        command.Parameters.AddWithValue(DemoSite.Street);
        command.Parameters.AddWithValue(Grid);
        var duties = new List<(string Role, (string Code, string Name) Body)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            duties.Add((rows.GetString(0), (rows.GetString(1), rows.GetString(2))));
        }

        return duties;
    }

    private static Person Known(Person? person) =>
        person ?? throw new InvalidOperationException("The site has not been started.");
}
