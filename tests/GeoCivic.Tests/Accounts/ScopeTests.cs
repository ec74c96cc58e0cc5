using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Imports;
using GeoCivic.SchoolPerimeters.Runs;
using GeoCivic.Tests.Bulletins;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using GeoCivic.Tests.Letters;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace GeoCivic.Tests.Accounts;

/// <summary>
/// Two streets on the same ground with the same codes of areas; what belongs to the other one is named FOREIGN, what
/// belongs to another grid of the own one OTHERGRID, what was found covertly COVERT. Campuses are public ground: the
/// schools of the other street and grid, NEIGHBOUR and ACROSS, are shown in answers about surroundings, and there only;
/// the other street's name AWAYSTREET only where its venues are counted.
/// </summary>
public sealed class TwoStreetsFixture : ServiceFixture
{
    /// <summary>A client for each role in the street <c>home</c>; the worker holds grid A1 only.</summary>
    public IDictionary<Role, HttpClient> Clients { get; } = new Dictionary<Role, HttpClient>();

    /// <summary>What the words in capitals of <see cref="EndpointTable"/> stand for.</summary>
    public IDictionary<string, string> Ids { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var street in (string[])["home", "away"])
        {
            await TestStreet.CreateAsync(this, street);
            var mark = street == "home" ? "OWN" : "FOREIGN";
            await FillAsync(street, $"{mark}-1", 0.5, 0.5);
            await FillAsync(street, street == "home" ? "OTHERGRID-1" : "FOREIGN-2", 1.5, 1.5);
        }

        await ExecuteAsync(
            """
            UPDATE streets SET name = 'AWAYSTREET' WHERE street_code = 'away';
            UPDATE area_versions SET name = 'FOREIGN ' || name WHERE street_code = 'away';
            UPDATE issues SET covert = true, description = 'COVERT' WHERE code = 'OWN-1-covert';
            """
        );
        Ids["ISSUE"] = (
            await ScalarAsync<Guid>("SELECT id FROM issues WHERE code = 'FOREIGN-1'")
        ).ToString();
        Ids["LETTER"] = await LetterAsync("away");
        foreach (var role in Enum.GetValues<Role>())
        {
            Clients[role] = await SignInAsAsync(
                $"home-{role.ToName()}",
                role,
                "home",
                role == Role.Worker ? "A1" : null
            );
        }

        (await SignInAsAsync("FOREIGN-admin", Role.Admin, "away")).Dispose();
        using var away = await SignInAsAsync("FOREIGN-supervisor", Role.Supervisor, "away");
        Ids["OWNBULLETIN"] = await BulletinCalls.IssuedAsync(Clients[Role.Supervisor], "home");
        Ids["AWAYBULLETIN"] = await BulletinCalls.IssuedAsync(away, "away");
        await InspectAsync();
        await LookAroundAsync();
        Ids["ACCOUNT"] = (
            await ScalarAsync<Guid>(
                "SELECT account_id FROM accounts WHERE user_name = 'FOREIGN-admin'"
            )
        ).ToString();
        Ids["GRANT"] = (
            await ScalarAsync<Guid>(
                "SELECT grant_id FROM grants JOIN accounts USING (account_id) WHERE user_name = 'FOREIGN-admin'"
            )
        ).ToString();
    }

    // A rule in each street, broken by every venue of either, and a run.
    private async Task LookAroundAsync()
    {
        foreach (var street in (string[])["home", "away"])
        {
            await ExecuteAsync(
                """
                SELECT put_rule_pack(jsonb_build_object('format', 1, 'pack', @street, 'version', '1', 'name', @street, 'name_en', @street,
                    'region', @street, 'rules', jsonb_build_array(jsonb_build_object(
                        'id', @street || '.karaoke', 'name', 'rule', 'name_en', 'rule', 'school_kinds', '["primary"]'::jsonb,
                        'venue_categories', '["karaoke"]'::jsonb, 'metres', 300, 'from', 'campus_boundary', 'how', 'straight',
                        'certainty', 'high', 'citation', '{"text": "t", "article": "a", "verified": false}'::jsonb))), 'loaded')
                """,
                ("street", street)
            );
            await Services
                .GetRequiredService<RunBook>()
                .MakeAsync(street, new RunOrder("command"), CancellationToken.None);
        }
    }

    // Visits with comments, photos and rules of the other street and grid, and a covert one of the own.
    private async Task InspectAsync()
    {
        await ExecuteAsync(
            """
            INSERT INTO photos (sha256, media_type, width, height, bytes, received_sha256, uploaded_by)
            SELECT repeat('ab', 32), 'image/png', 1, 1, 1, repeat('cd', 32), account_id FROM accounts WHERE user_name = 'FOREIGN-admin';
            INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift, result, note, covert)
            SELECT p.street_code, gen_random_uuid(), p.code, a.account_id, now(), now(), now(), 'day', 'problems',
                   CASE WHEN p.code = 'OWN-1' THEN 'COVERT' ELSE p.code END, p.code = 'OWN-1'
            FROM points p JOIN accounts a ON a.user_name = CASE p.street_code WHEN 'away' THEN 'FOREIGN-admin' ELSE 'home-supervisor' END;
            INSERT INTO visit_comments (street_code, comment_id, visit_id, account_id, text, made_at)
            SELECT street_code, gen_random_uuid(), id, account_id, note, now() FROM visits;
            INSERT INTO visit_photos (street_code, visit_id, kind, sha256)
            SELECT street_code, id, 'scene', repeat('ab', 32) FROM visits WHERE street_code = 'away';
            INSERT INTO visit_rules (street_code, point_type, shift, every_days, note) VALUES ('away', 'market', 'night', 3, 'FOREIGN');
            INSERT INTO checklists (street_code, code, version, name, point_type) VALUES ('away', 'FOREIGN', '1', 'FOREIGN', 'market');
            INSERT INTO plans (street_code, plan_id, created_by, created_at)
            SELECT s.street_code, gen_random_uuid(), a.account_id, now()
            FROM streets s JOIN accounts a ON a.user_name = CASE s.street_code WHEN 'away' THEN 'FOREIGN-admin' ELSE 'home-supervisor' END;
            INSERT INTO plan_versions (street_code, plan_id, valid_from, name, cadence, kind, point_types, communities, grids, points, shifts,
                                       share, starts, counts_from, working_days, note, recorded_by, recorded_at)
            SELECT p.street_code, plan_id, current_date - 20, CASE p.street_code WHEN 'away' THEN 'FOREIGN' ELSE 'OWN-1' END, 'daily', 'comprehensive',
                   '{}', '{}', '{}', ARRAY(SELECT code FROM points r WHERE r.street_code = p.street_code), '{day,night}',
                   50, current_date - 20, current_date - 20, false, p.street_code, created_by, now()
            FROM plans p;
            UPDATE points SET added_at = now() - INTERVAL '30 days';
            INSERT INTO assessment_trees (street_code, tree_id, version, title, file_name, sha256, imported_by, imported_at)
            SELECT street_code, gen_random_uuid(), 1, CASE street_code WHEN 'away' THEN 'FOREIGN' ELSE 'OWN-1' END, 'tree.csv', sha256('x'), created_by, now() FROM plans;
            INSERT INTO assessment_nodes (street_code, tree_id, code, sort, level, name, methods, weight, veto, point_types, points)
            SELECT street_code, tree_id, '1', 1, 1, title, '{}', 1, true, '{}', ARRAY(SELECT code FROM points r WHERE r.street_code = t.street_code)
            FROM assessment_trees t;
            INSERT INTO mock_assessments (street_code, assessment_id, tree_id, name, held_on, made_by, made_at)
            SELECT street_code, gen_random_uuid(), tree_id, title, current_date, imported_by, now() FROM assessment_trees;
            INSERT INTO mock_observations (street_code, assessment_id, indicator, point_code, tree_id, outcome, note)
            SELECT street_code, assessment_id, '1', r.code, tree_id, 'bad', r.code FROM mock_assessments m JOIN points r USING (street_code);
            INSERT INTO veto_indicators (street_code, indicator_id, code, name, basis, origin, made_by, made_at)
            SELECT street_code, gen_random_uuid(), '1', title, title, 'tree', imported_by, now() FROM assessment_trees;
            INSERT INTO veto_alarms (street_code, alarm_id, indicator_id, reason, issue_id, raised_by, raised_at)
            SELECT v.street_code, gen_random_uuid(), v.indicator_id, CASE WHEN i.covert THEN 'COVERT' ELSE i.code END, i.id, v.made_by, now()
            FROM veto_indicators v JOIN issues i ON i.street_code = v.street_code AND i.code IN ('OWN-1', 'FOREIGN-1', 'OWN-1-covert');
            """
        );
        Ids["PLAN"] = (
            await ScalarAsync<Guid>("SELECT plan_id FROM plans WHERE street_code = 'away'")
        ).ToString();
        Ids["KEYPLACE"] = Guid.NewGuid().ToString();
        await ExecuteAsync(
            """
            INSERT INTO key_places (street_code, key_place_id, name, geom, created_by, created_at, updated_at)
            SELECT p.street_code, CASE WHEN p.code = 'FOREIGN-1' THEN @id::uuid ELSE gen_random_uuid() END, p.code,
                   ST_Multi(ST_Buffer(p.geom, 0.0001)), a.account_id, now(), now()
            FROM points p JOIN accounts a ON a.user_name = 'FOREIGN-admin'
            """,
            ("id", Ids["KEYPLACE"])
        );
        Ids["MOCK"] = (
            await ScalarAsync<Guid>(
                "SELECT assessment_id FROM mock_assessments WHERE street_code = 'away'"
            )
        ).ToString();
        Ids["VETO"] = (
            await ScalarAsync<Guid>(
                "SELECT indicator_id FROM veto_indicators WHERE street_code = 'away'"
            )
        ).ToString();
        Ids["ALARM"] = (
            await ScalarAsync<Guid>("SELECT alarm_id FROM veto_alarms WHERE street_code = 'away'")
        ).ToString();
        Ids["PHOTO"] = string.Concat(Enumerable.Repeat("ab", 32));
        Ids["VISIT"] = (
            await ScalarAsync<Guid>("SELECT id FROM visits WHERE point_code = 'FOREIGN-1'")
        ).ToString();
    }

    public override async Task DisposeAsync()
    {
        foreach (var client in Clients.Values)
        {
            client.Dispose();
        }

        await base.DisposeAsync();
    }

    /// <summary>A path with its words in capitals replaced.</summary>
    public string Concrete(string path) =>
        Ids.Aggregate(path, (p, id) => p.Replace(id.Key, id.Value, StringComparison.Ordinal));

    /// <summary>A notice about an issue of the street.</summary>
    private async Task<string> LetterAsync(string street)
    {
        var letters = await LetterStreet.OverAsync(this, street);
        var at = DateTimeOffset.UtcNow.AddDays(-9);
        await letters.NoticeAsync(
            await letters.DispatchedAsync("FOREIGN-late", at, at.AddDays(3)),
            at
        );
        return (
            await ScalarAsync<Guid>(
                "SELECT letter_id FROM letters WHERE street_code = @street",
                ("street", street)
            )
        ).ToString();
    }

    private async Task FillAsync(string street, string code, double x, double y)
    {
        var at = $"POINT({TestStreet.At(x, y)})";
        async Task Import(Dataset dataset, string csv)
        {
            var report = await ImportAsync(dataset, csv, "r.csv", street);
            Assert.True(report.Committed, JsonSerializer.Serialize(report.Rows));
        }

        await Import(Datasets.Points, $"code,name,type,wkt\n{code},{code},market,{at}\n");
        var school = code.Replace("FOREIGN", "NEIGHBOUR", StringComparison.Ordinal)
            .Replace("OTHERGRID", "ACROSS", StringComparison.Ordinal);
        await Import(Datasets.Schools, $"code,name,kind,wkt\n{school},{school},primary,{at}\n");
        await Import(Datasets.Gates, $"code,name,school,wkt\n{school},{school},{school},{at}\n");
        await Import(Datasets.Venues, $"code,name,category,wkt\n{code},{code},karaoke,{at}\n");
        await Import(
            Datasets.Issues,
            $"code,name,category,found_at,state,wkt\n{code},{code},uncivil_pets,2026-01-05T08:00:00+08:00,reported,{at}\n"
                + (
                    code == "OWN-1"
                        ? $"{code}-covert,{code},uncivil_pets,2026-01-05T08:00:00+08:00,reported,{at}\n"
                        : ""
                )
        );
        // Who answers belongs to the street as a whole, so only the other street's is told apart.
        if (!code.StartsWith("OTHERGRID", StringComparison.Ordinal))
        {
            await Import(Datasets.Bodies, $"code,name,kind\n{code},{code},section\n");
            await Import(
                Datasets.People,
                $"code,name,role,area\n{code},{code},grid_chief,{(x < 1 ? "A1" : "B2")}\n"
            );
            await Import(
                Datasets.Duties,
                $"code,name,category,area,body,role\n{code},{code},uncivil_pets,{(x < 1 ? "A1" : "B2")},{code},lead\n"
            );
        }

        if (street == "away")
        {
            await Import(
                Datasets.Base,
                $"code,name,kind,wkt\n{code},{code},road_main,\"LINESTRING({TestStreet.At(0, 0)},{TestStreet.At(1, 1)})\"\n"
            );
            await Import(
                Datasets.Ways,
                $"code,name,kind,wkt\n{code},{code},footway,\"LINESTRING({TestStreet.At(0, 0)},{TestStreet.At(1, 1)})\"\n"
            );
        }
    }
}

/// <summary>All calls × all roles × two streets.</summary>
public sealed class ScopeTests(TwoStreetsFixture service) : IClassFixture<TwoStreetsFixture>
{
    private static readonly Role[] SeesCovert = [Role.Supervisor, Role.Auditor];

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        HttpClient client,
        string method,
        string path
    )
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "DELETE"))
        {
            request.Content = JsonContent.Create(new { });
        }

        using var response = await client.SendAsync(request);
        // Tiles are bytes; the names in them are as they are in text.
        return (
            response.StatusCode,
            Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync())
        );
    }

    [Fact]
    public void Every_route_has_a_line_in_the_table_and_every_line_a_route()
    {
        var mapped = service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(e =>
                (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m =>
                    $"{m} {e.RoutePattern.RawText}"
                )
            )
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            mapped,
            EndpointTable.All.Select(c => $"{c.Method} {c.Route}").Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Only_signing_in_health_and_problem_pages_need_nobody() =>
        Assert.Equal(
            ["/api/session", "/health/live", "/health/ready", "/problems", "/problems/{code}"],
            service
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                .Select(e => e.RoutePattern.RawText!)
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Auditors_change_nothing() =>
        Assert.All(
            // A what-if check is a question with a body.
            EndpointTable.All.Where(c =>
                c.Method != "GET" && !Own(c) && c.Route != "/api/perimeters/check"
            ),
            c => Assert.DoesNotContain(Role.Auditor, c.Roles ?? [Role.Auditor])
        );

    [Fact]
    public async Task Each_role_may_make_the_calls_of_the_table_and_no_others()
    {
        foreach (var call in EndpointTable.All.Where(c => !Own(c)))
        {
            foreach (var (role, client) in service.Clients)
            {
                foreach (var path in call.Own)
                {
                    var (status, text) = await SendAsync(
                        client,
                        call.Method,
                        service.Concrete(path)
                    );
                    var what =
                        $"{role}: {call.Method} {path} answered {(int)status} {text[..Math.Min(300, text.Length)]}";
                    Assert.True((int)status < 500, what);
                    Assert.True(status != HttpStatusCode.Unauthorized, what);
                    if (call.Roles?.Contains(role) is false)
                    {
                        Assert.True(status == HttpStatusCode.Forbidden, what);
                    }
                    else
                    {
                        Assert.True(status != HttpStatusCode.Forbidden, what);
                        // A worker holds no whole street: what is about one is not there for them.
                        Assert.True(
                            call.Method != "GET"
                                || status is HttpStatusCode.OK or HttpStatusCode.NoContent
                                || (role == Role.Worker && status == HttpStatusCode.NotFound)
                                // Four grids and a few issues are too few for statistics, which is said.
                                || text.Contains(
                                    "/problems/too-few-to-tell",
                                    StringComparison.Ordinal
                                ),
                            what
                        );
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Nothing_of_another_street_or_grid_and_nothing_covert_is_shown()
    {
        var shown = 0;
        foreach (var call in EndpointTable.All.Where(c => c.Method == "GET"))
        {
            foreach (var (role, client) in service.Clients)
            {
                foreach (var path in call.Own.Concat(call.Away))
                {
                    var (_, text) = await SendAsync(client, "GET", service.Concrete(path));
                    // What was asked for comes back in messages: only answers count.
                    var asked = path.Contains("FOREIGN", StringComparison.Ordinal);
                    Assert.False(
                        !asked && text.Contains("FOREIGN", StringComparison.Ordinal),
                        $"{role} sees the other street: {path}: {Around(text, "FOREIGN")}"
                    );
                    if (!path.StartsWith("/api/perimeters", StringComparison.Ordinal))
                    {
                        Assert.DoesNotContain("NEIGHBOUR", text, StringComparison.Ordinal);
                        Assert.False(
                            role == Role.Worker
                                && text.Contains("ACROSS", StringComparison.Ordinal),
                            $"The worker of A1 sees the school of B2: {path}"
                        );
                    }

                    Assert.False(
                        text.Contains("AWAYSTREET", StringComparison.Ordinal)
                            && !path.StartsWith(
                                "/api/perimeters/summary",
                                StringComparison.Ordinal
                            ),
                        $"{role} sees the name of the other street: {path}"
                    );
                    if (role == Role.Worker)
                    {
                        Assert.False(
                            text.Contains("OTHERGRID", StringComparison.Ordinal),
                            $"The worker of A1 sees B2: {path}: {Around(text, "OTHERGRID")}"
                        );
                    }

                    if (!SeesCovert.Contains(role))
                    {
                        Assert.False(
                            text.Contains("covert", StringComparison.Ordinal)
                                && text.Contains("OWN-1-covert", StringComparison.Ordinal),
                            $"{role} sees what was found covertly: {path}"
                        );
                        Assert.DoesNotContain("COVERT", text, StringComparison.Ordinal);
                    }

                    shown += text.Contains("OWN-1", StringComparison.Ordinal) ? 1 : 0;
                }
            }
        }

        // The rules above would hold of an empty service, too.
        Assert.True(shown > 40, $"{shown}");
    }

    [Fact]
    public async Task What_belongs_to_another_street_is_not_there()
    {
        foreach (var call in EndpointTable.All)
        {
            foreach (var path in call.Away)
            {
                foreach (var (role, client) in service.Clients)
                {
                    var (status, text) = await SendAsync(
                        client,
                        call.Method,
                        service.Concrete(path)
                    );
                    var what =
                        $"{role}: {call.Method} {path} answered {(int)status} {text[..Math.Min(300, text.Length)]}";
                    if (call.Roles?.Contains(role) is false)
                    {
                        Assert.True(status == HttpStatusCode.Forbidden, what);
                    }
                    else if (call.Method != "GET")
                    {
                        Assert.True((int)status is >= 400 and < 500, what);
                    }
                    else if (
                        call.Route.Contains('{', StringComparison.Ordinal)
                        && !call.Route.StartsWith("/tiles", StringComparison.Ordinal)
                    )
                    {
                        Assert.True(status == HttpStatusCode.NotFound, what);
                    }
                    else
                    {
                        Assert.True(
                            status
                                is HttpStatusCode.OK
                                    or HttpStatusCode.NoContent
                                    or HttpStatusCode.NotFound,
                            what
                        );
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("points", Role.Admin, Role.Supervisor)]
    [InlineData("issues", Role.Admin, Role.Supervisor)]
    [InlineData("schools", Role.Admin, Role.Planner)]
    [InlineData("venues", Role.Admin, Role.Planner)]
    [InlineData("grids", Role.Admin)]
    [InlineData("streets")]
    public async Task A_dataset_is_imported_by_those_who_keep_it(
        string dataset,
        params Role[] allowed
    )
    {
        foreach (var (role, client) in service.Clients)
        {
            var (status, text) = await SendAsync(
                client,
                "POST",
                $"/api/imports/{dataset}?street=home&crs=wgs84"
            );
            Assert.True(
                status == HttpStatusCode.Forbidden == !allowed.Contains(role),
                $"{role}: {dataset} answered {(int)status} {text}"
            );
        }
    }

    [Fact]
    public async Task Counts_are_those_of_the_scope()
    {
        async Task<(long Points, long Open, double Density)> CountAsync(Role role)
        {
            var client = service.Clients[role];
            var grids = await client.GetFromJsonAsync<JsonElement>("/api/areas?level=grid");
            var density = await client.GetFromJsonAsync<JsonElement>(
                "/api/density?level=community"
            );
            var properties = grids
                .GetProperty("features")
                .EnumerateArray()
                .Select(f => f.GetProperty("properties"))
                .ToList();
            var config = await client.GetFromJsonAsync<JsonElement>("/api/config");
            var street = config.GetProperty("streets").EnumerateArray().Single();
            Assert.Equal("home", street.GetProperty("code").GetString());
            Assert.Equal(
                properties.Sum(p => p.GetProperty("open_issues").GetInt64()),
                street.GetProperty("openIssues").GetInt64()
            );
            Assert.Equal(
                street.GetProperty("openIssues").GetInt64(),
                config
                    .GetProperty("issueCategories")
                    .EnumerateArray()
                    .Sum(c => c.GetProperty("issues").GetInt64())
            );
            return (
                properties.Sum(p => p.GetProperty("points").GetInt64()),
                properties.Sum(p => p.GetProperty("open_issues").GetInt64()),
                density.GetProperty("total").GetDouble()
            );
        }

        Assert.Equal((1, 1, 1), await CountAsync(Role.Worker));
        Assert.Equal((2, 2, 2), await CountAsync(Role.Handler));
        Assert.Equal((2, 2, 2), await CountAsync(Role.Admin));
        Assert.Equal((2, 3, 3), await CountAsync(Role.Supervisor));
        Assert.Equal((2, 3, 3), await CountAsync(Role.Auditor));
    }

    private static bool Own(Call call) =>
        call.Method != "GET"
        && (
            call.Route.StartsWith("/api/session", StringComparison.Ordinal)
            || call.Route.StartsWith("/api/tokens", StringComparison.Ordinal)
        );

    private static string Around(string text, string word)
    {
        var at = text.IndexOf(word, StringComparison.Ordinal);
        return text[Math.Max(0, at - 150)..Math.Min(text.Length, at + 100)];
    }
}
