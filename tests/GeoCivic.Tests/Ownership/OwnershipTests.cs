using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Ownership;

/// <summary>Who answers for a place, in the demo street with its planted gaps and ties.</summary>
public sealed class OwnershipTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Street = ServiceFixture.DemoStreet;

    /// <summary>A place surely inside a grid.</summary>
    private async Task<string> InsideAsync(string grid) =>
        await demo.ScalarAsync<string>(
            "SELECT format('lon=%s&lat=%s', round(ST_X(p)::numeric, 7), round(ST_Y(p)::numeric, 7)) FROM (SELECT ST_PointOnSurface(geom) AS p FROM area_versions WHERE level = 'grid' AND code = @g AND valid_until = 'infinity') x",
            ("g", grid)
        );

    private async Task<JsonElement> OwnershipAsync(string grid, string rest)
    {
        using var answer = await demo.GetJsonAsync(
            $"/api/ownership?{await InsideAsync(grid)}&{rest}"
        );
        return answer.RootElement.Clone();
    }

    private static DateOnly Shifted(string day) =>
        DateOnly
            .Parse(day, CultureInfo.InvariantCulture)
            .AddDays(
                GeoCivic.Database.BeijingTime.Today(TimeProvider.System).DayNumber
                    - new DateOnly(2026, 11, 20).DayNumber
            );

    [Fact]
    public async Task The_answer_names_lead_cooperating_leader_and_the_duty_with_an_explanation()
    {
        var answer = await OwnershipAsync("500103011012001", "category=stall_occupying");
        var responsible = answer.GetProperty("responsible");
        Assert.Equal("执法大队", responsible.GetProperty("lead").GetProperty("name").GetString());
        Assert.Equal(
            "enforcement",
            responsible.GetProperty("lead").GetProperty("kind").GetString()
        );
        Assert.Equal(
            ["罗家院社区", "规建办"],
            responsible
                .GetProperty("cooperating")
                .EnumerateArray()
                .Select(b => b.GetProperty("name").GetString()!)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal("分管城管的副主任", responsible.GetProperty("leader_role").GetString());
        Assert.False(responsible.GetProperty("tie").GetBoolean());
        var duty = responsible.GetProperty("duty");
        Assert.Equal("street", duty.GetProperty("level").GetString());
        Assert.Equal(Street, duty.GetProperty("area").GetString());
        Assert.Equal("stall_occupying", duty.GetProperty("category").GetString());
        var zh = answer.GetProperty("explanation").GetProperty("zh").GetString()!;
        Assert.Contains("执法大队 牵头", zh, StringComparison.Ordinal);
        Assert.Contains(duty.GetProperty("code").GetString()!, zh, StringComparison.Ordinal);
        Assert.Contains(
            "leads by duty",
            answer.GetProperty("explanation").GetProperty("en").GetString()!,
            StringComparison.Ordinal
        );
        Assert.Equal(
            [
                "grid_chief",
                "grid_worker",
                "street_chief",
                "road_chief",
                "lane_chief",
                "house_chief",
                "shop_chief",
                "leader_in_charge",
                "community_secretary",
            ],
            answer
                .GetProperty("people")
                .EnumerateArray()
                .Select(p => p.GetProperty("role").GetString()!)
        );
        Assert.False(answer.TryGetProperty("duties", out _));
    }

    [Fact]
    public async Task Without_a_category_every_category_is_answered()
    {
        var answer = await OwnershipAsync("500103011012001", "radius=10");
        var duties = answer.GetProperty("duties").EnumerateArray().ToList();
        Assert.Equal(24, duties.Count);
        Assert.Equal(
            "大溪沟派出所",
            duties
                .Single(d => d.GetProperty("category").GetString() == "street_gambling")
                .GetProperty("lead")
                .GetProperty("name")
                .GetString()
        );
        // No duty of the demo leads in every category.
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("responsible").ValueKind);
    }

    [Fact]
    public async Task A_grids_own_duty_goes_before_the_streets_and_a_tie_is_told()
    {
        var market = (await OwnershipAsync("500103011016005", "category=market_order")).GetProperty(
            "responsible"
        );
        Assert.Equal("B09", market.GetProperty("lead").GetProperty("code").GetString());
        Assert.Equal("grid", market.GetProperty("duty").GetProperty("level").GetString());
        var tie = await OwnershipAsync("500103011016001", "category=abandoned_vehicle");
        Assert.True(tie.GetProperty("responsible").GetProperty("tie").GetBoolean());
        Assert.Contains(
            "上清寺交巡警大队",
            tie.GetProperty("explanation").GetProperty("zh").GetString()!,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_handover_answers_by_the_day_asked()
    {
        async Task<string?> LeadAsync(DateOnly day) =>
            (
                await OwnershipAsync(
                    "500103011013001",
                    $"category=public_ad_damage&at={day:yyyy-MM-dd}"
                )
            )
                .GetProperty("responsible")
                .GetProperty("lead")
                .GetProperty("code")
                .GetString();
        Assert.Equal("B01", await LeadAsync(Shifted("2026-02-28")));
        Assert.Equal("B14", await LeadAsync(Shifted("2026-03-01")));
    }

    [Fact]
    public async Task Findings_are_the_planted_ones()
    {
        using var answer = await demo.GetJsonAsync($"/api/ownership/findings?street={Street}");
        var found = answer
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("properties"))
            .ToList();
        Assert.Equal(
            ["500103011016001", "500103011016002"],
            found
                .Where(p => p.GetProperty("rule").GetString() == "two_leads")
                .Select(p => p.GetProperty("code").GetString()!)
        );
        var unowned = found.Where(p => p.GetProperty("rule").GetString() == "unowned").ToList();
        Assert.All(
            unowned,
            p => Assert.Equal("property_service", p.GetProperty("category").GetString())
        );
        Assert.All(
            unowned,
            p => Assert.Equal("500103011014", p.GetProperty("community").GetString())
        );
        Assert.Equal(
            await demo.ScalarAsync<long>(
                "SELECT count(*) FROM area_versions WHERE level = 'grid' AND parent_code = '500103011014' AND valid_until = 'infinity'"
            ),
            unowned.Count
        );
        using var one = await demo.GetJsonAsync(
            $"/api/ownership/findings?street={Street}&category=stall_occupying"
        );
        Assert.Empty(one.RootElement.GetProperty("features").EnumerateArray());
    }

    [Fact]
    public async Task The_map_has_every_grid_with_its_lead_and_a_worker_sees_their_grid_only()
    {
        var path = $"/api/ownership/map?street={Street}&category=property_service";
        using var all = await demo.GetJsonAsync(path);
        var leads = all
            .RootElement.GetProperty("features")
            .EnumerateArray()
            .Select(f => f.GetProperty("properties"))
            .ToList();
        Assert.Equal(91, leads.Count);
        Assert.All(
            leads,
            p =>
                Assert.Equal(
                    p.GetProperty("community").GetString() == "500103011014"
                        ? null
                        : $"C{p.GetProperty("community").GetString()![^2..]}",
                    p.GetProperty("lead").GetString()
                )
        );
        using var worker = await demo.SignInAsAsync(
            "map-worker",
            Role.Worker,
            area: "500103011012001"
        );
        using var own = JsonDocument.Parse(await worker.GetStringAsync(path));
        Assert.Equal(
            ["500103011012001"],
            own.RootElement.GetProperty("features")
                .EnumerateArray()
                .Select(f => f.GetProperty("properties").GetProperty("code").GetString()!)
        );
    }

    [Fact]
    public async Task Campaigns_have_seven_entries_with_measures_and_places()
    {
        using var answer = await demo.GetJsonAsync("/api/campaigns");
        var campaigns = answer.RootElement.GetProperty("campaigns").EnumerateArray().ToList();
        Assert.Equal(7, campaigns.Count);
        var gambling = campaigns.Single(c => c.GetProperty("code").GetString() == "gambling");
        Assert.Equal("大溪沟派出所", gambling.GetProperty("lead")[0].GetString());
        Assert.Equal(3, gambling.GetProperty("measures").GetArrayLength());
        Assert.Equal(6, gambling.GetProperty("places").GetArrayLength());
        // A measure that names nobody is the lead's.
        Assert.Equal(
            "党政办",
            campaigns[0].GetProperty("measures")[0].GetProperty("bodies")[0].GetString()
        );
    }

    [Fact]
    public async Task An_administrator_hands_a_duty_over_and_the_past_stays()
    {
        const string path = $"/api/duties/TEST1?street={Street}";
        async Task<JsonElement> PutAsync(object body, int status = 200)
        {
            using var response = await demo.Client.PutAsync(path, JsonContent.Create(body));
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode == status, text);
            return JsonDocument.Parse(text).RootElement.Clone();
        }

        var first = await PutAsync(
            new
            {
                category = "site_dust",
                area = "500103011014001",
                body = "B06",
                role = "lead",
                from = "2024-01-01",
            }
        );
        Assert.Equal("added", first.GetProperty("outcome").GetString());
        var second = await PutAsync(
            new
            {
                category = "site_dust",
                area = "500103011014001",
                body = "B05",
                role = "lead",
                from = "2025-01-01",
            }
        );
        Assert.Equal("changed", second.GetProperty("outcome").GetString());
        Assert.Equal(
            ["B06 2024-01-01 2024-12-31", "B05 2025-01-01 "],
            second
                .GetProperty("versions")
                .EnumerateArray()
                .Select(v =>
                    $"{v.GetProperty("body").GetString()} {v.GetProperty("from").GetString()} {v.GetProperty("to").GetString()}"
                )
        );
        using var ended = await demo.Client.PostAsync(
            $"/api/duties/TEST1/end?street={Street}",
            JsonContent.Create(new { on = "2025-06-30" })
        );
        Assert.Equal(HttpStatusCode.OK, ended.StatusCode);
        foreach (
            var (day, lead) in ((string, string)[])
                [("2024-03-01", "B06"), ("2025-06-30", "B05"), ("2025-07-01", "B03")]
        )
        {
            Assert.Equal(
                lead,
                (
                    await demo.ScalarAsync<string>(
                        "SELECT body_code FROM duties_at(@s, '500103011014', '500103011014001', 'site_dust', @d::date) WHERE role = 'lead' AND rank = 1",
                        ("s", Street),
                        ("d", day)
                    )
                )
            );
        }

        using var again = await demo.Client.PostAsync(
            $"/api/duties/TEST1/end?street={Street}",
            JsonContent.Create(new { on = "2025-07-30" })
        );
        await ServiceFixture.ProblemAsync(again, 404, "not-found", "ending twice");
    }

    [Theory]
    [InlineData("""{"body":"B06"}""", 400, "role")]
    [InlineData("""{"body":"B06","role":"boss"}""", 400, "role")]
    [InlineData("""{"body":"NONE","role":"lead"}""", 422, "body")]
    [InlineData("""{"body":"B06","role":"lead","category":"nonsense"}""", 422, "category")]
    [InlineData("""{"body":"B06","role":"lead","area":"9"}""", 422, "area")]
    [InlineData("""{"body":"B06","role":"lead","level":"grid"}""", 422, "area")]
    [InlineData(
        """{"body":"B06","role":"lead","from":"2024-02-01","to":"2024-01-01"}""",
        422,
        "to"
    )]
    [InlineData("""{"body":"B06","role":"lead","from":"soon"}""", 400, "from")]
    [InlineData("""{"body":"B06","role":"lead","colour":"red"}""", 400, "colour")]
    public async Task Duties_that_cannot_be_are_refused_with_the_field(
        string body,
        int status,
        string field
    )
    {
        using var response = await demo.Client.PutAsync(
            $"/api/duties/BAD?street={Street}",
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );
        var problem = await ServiceFixture.ProblemAsync(
            response,
            status,
            status == 400 ? "invalid-body" : "unacceptable",
            body
        );
        Assert.Contains(
            problem.GetProperty("errors").EnumerateArray(),
            e => e.GetProperty("field").GetString() == field
        );
    }

    [Fact]
    public async Task Bodies_and_people_are_kept_by_administrators_of_the_street_only()
    {
        await demo.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES ('elsewhere', 'Elsewhere') ON CONFLICT DO NOTHING"
        );
        using var admin = await demo.SignInAsAsync("bodies-admin", Role.Admin);
        using var auditor = await demo.SignInAsAsync("bodies-auditor", Role.Auditor);
        var body = JsonContent.Create(new { name = "测试专班", kind = "task_force" });
        var person = JsonContent.Create(
            new
            {
                name = "测试网格长",
                role = "grid_chief",
                area = "500103011014002",
            }
        );
        foreach (
            var (path, content) in ((string, JsonContent)[])
                [($"/api/bodies/T1?street={{0}}", body), ($"/api/people/T1?street={{0}}", person)]
        )
        {
            var here = string.Format(CultureInfo.InvariantCulture, path, Street);
            using var done = await admin.PutAsync(here, content);
            Assert.True(done.IsSuccessStatusCode, await done.Content.ReadAsStringAsync());
            using var refused = await auditor.PutAsync(here, content);
            await ServiceFixture.ProblemAsync(refused, 403, "forbidden", here);
            using var other = await admin.PutAsync(
                string.Format(CultureInfo.InvariantCulture, path, "elsewhere"),
                content
            );
            await ServiceFixture.ProblemAsync(other, 404, "street-unknown", "elsewhere");
        }

        using var list = JsonDocument.Parse(
            await auditor.GetStringAsync($"/api/people?street={Street}&area=500103011014002")
        );
        Assert.Contains(
            list.RootElement.GetProperty("people").EnumerateArray(),
            p => p.GetProperty("name").GetString() == "测试网格长"
        );
        using var kind = await admin.PutAsync(
            $"/api/bodies/T2?street={Street}",
            JsonContent.Create(new { name = "x", kind = "nonsense" })
        );
        await ServiceFixture.ProblemAsync(kind, 422, "unacceptable", "kind");
        using var stranger = await demo.SignInAsAsync("stranger", Role.Admin, street: "elsewhere");
        using var nothing = JsonDocument.Parse(await stranger.GetStringAsync("/api/bodies"));
        Assert.Empty(nothing.RootElement.GetProperty("bodies").EnumerateArray());
    }

    [Fact]
    public async Task Duties_come_by_upload_too_without_a_coordinate_system_and_from_merged_cells()
    {
        var book = new ResponsibilityWorkbook()
            .Row("编号", "类别", "范围", "责任单位", "角色", "起", "止")
            .Row("UP1", "工地扬尘", "500103011018001", "规建办", "牵头", "2019-01-01", "2019-06-30")
            .Row("UP2", null, null, "执法大队", "配合", "2019-01-01", "2019-06-30")
            .Merge("B2:B3")
            .Merge("C2:C3")
            .Save();
        try
        {
            using var content = new ByteArrayContent(await File.ReadAllBytesAsync(book));
            content.Headers.ContentType = new(
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            );
            using var response = await demo.Client.PostAsync(
                $"/api/imports/duties?street={Street}&filename=duties.xlsx",
                content
            );
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, text);
            using var report = JsonDocument.Parse(text);
            Assert.Equal(2, report.RootElement.GetProperty("added").GetInt32());
        }
        finally
        {
            File.Delete(book);
        }

        using var then = await demo.GetJsonAsync(
            $"/api/duties?street={Street}&area=500103011018001&at=2019-06-30"
        );
        Assert.Equal(
            ["UP1 site_dust B03 lead", "UP2 site_dust B09 cooperating"],
            then.RootElement.GetProperty("duties")
                .EnumerateArray()
                .Select(d =>
                    $"{d.GetProperty("code").GetString()} {d.GetProperty("category").GetString()} {d.GetProperty("body").GetString()} {d.GetProperty("role").GetString()}"
                )
        );
        using var after = await demo.GetJsonAsync(
            $"/api/duties?street={Street}&area=500103011018001&at=2019-07-01"
        );
        Assert.Empty(after.RootElement.GetProperty("duties").EnumerateArray());
    }

    [Fact]
    public async Task Twenty_changes_of_a_duty_at_once_leave_one_clean_history()
    {
        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(async i =>
                {
                    using var response = await demo.Client.PutAsync(
                        $"/api/duties/RACE?street={Street}",
                        JsonContent.Create(
                            new
                            {
                                category = "site_dust",
                                area = "500103011018002",
                                body = i % 2 == 0 ? "B05" : "B06",
                                role = "lead",
                                from = $"2018-{(i % 5) + 1:00}-01",
                            }
                        )
                    );
                    return (int)response.StatusCode;
                })
        );
        Assert.All(statuses, s => Assert.Equal(200, s));
        // One version at a time, without a gap, from the first start on.
        Assert.Equal(
            0,
            await demo.ScalarAsync<long>(
                """
                SELECT count(*) FROM generate_series('2018-01-01'::date, '2018-12-31'::date, '1 day') day
                WHERE (SELECT count(*) FROM duties d WHERE d.street_code = @s AND d.code = 'RACE' AND d.superseded_at = 'infinity'
                       AND d.valid_from <= day AND day < d.valid_until) <> 1
                """,
                ("s", Street)
            )
        );
    }
}
