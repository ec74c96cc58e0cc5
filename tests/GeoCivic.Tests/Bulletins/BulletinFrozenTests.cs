using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Issues;
using Npgsql;

namespace GeoCivic.Tests.Bulletins;

/// <summary>What was issued stays, whatever is corrected afterwards; and who may do what.</summary>
public sealed class BulletinFrozenTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string On = "2026-03-04";
    private static readonly DateTime Monday = BeijingTime.StartOf(new DateOnly(2026, 3, 2));

    private static PlantedIssue[] Issues() =>
        [
            .. Enumerable
                .Range(0, 6)
                .Select(n => new PlantedIssue($"F{n}", n % 2 == 0 ? "A" : "B", "uncivil_pets")
                {
                    Found = Monday.AddHours(n),
                    Entered = Monday.AddHours(n).AddMinutes(3),
                    FileDue = Monday.AddDays(1),
                    Filed = Monday.AddHours(9),
                    Dispatched = Monday.AddHours(10),
                    Body = "CG",
                    ReplyDue = Monday.AddHours(n < 3 ? 14 : 90),
                    Replied = n == 0 ? Monday.AddHours(12) : null,
                }),
            new PlantedIssue("M1", "A", "illegal_parking")
            {
                Imported = true,
                Found = Monday,
                Entered = Monday,
            },
        ];

    /// <summary>The text of every part of a document or workbook, in a fixed order: what it means, without the zip around it.</summary>
    private static async Task<string> MeaningAsync(HttpClient who, string id, string format)
    {
        var bytes = await who.GetByteArrayAsync($"/api/bulletins/{id}/file?format={format}");
        using var memory = new MemoryStream(bytes);
        using OpenXmlPackage package =
            format == "docx"
                ? WordprocessingDocument.Open(memory, isEditable: false)
                : SpreadsheetDocument.Open(memory, isEditable: false);
        Assert.Empty(
            new OpenXmlValidator(FileFormatVersions.Office2016)
                .Validate(package)
                .Select(e => $"{e.Path?.XPath}: {e.Description}")
        );
        using var zip = new ZipArchive(new MemoryStream(bytes));
        var text = new StringBuilder();
        // Ids of relationships are made anew each time; sheets are named by them.
        foreach (
            var entry in zip
                .Entries.Where(e =>
                    e.FullName.EndsWith(".xml", StringComparison.Ordinal)
                    && !e.FullName.Contains("workbook.xml", StringComparison.Ordinal)
                    && !e.FullName.Contains("Content_Types", StringComparison.Ordinal)
                )
                .OrderBy(e => e.FullName, StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(entry.Open());
            text.Append(entry.FullName)
                .AppendLine(
                    System.Text.RegularExpressions.Regex.Replace(
                        await reader.ReadToEndAsync(),
                        "r:id=\"[^\"]*\"",
                        "",
                        System.Text.RegularExpressions.RegexOptions.None,
                        TimeSpan.FromSeconds(1)
                    )
                );
        }

        return text.ToString();
    }

    private static async Task<string> EverythingAsync(HttpClient who, string id)
    {
        var bulletin = await BulletinCalls.GetAsync(who, id);
        var text = new StringBuilder(bulletin.GetRawText());
        foreach (var figure in bulletin.GetProperty("figures").EnumerateArray())
        {
            text.AppendLine(
                (
                    await BulletinCalls.RecordsAsync(
                        who,
                        id,
                        figure.GetProperty("key").GetString()!
                    )
                ).GetRawText()
            );
        }

        return text + await MeaningAsync(who, id, "docx") + await MeaningAsync(who, id, "xlsx");
    }

    [Fact]
    public async Task An_issued_bulletin_says_the_same_after_every_correction_and_a_new_one_replaces_it()
    {
        using var who = await service.SignInAsAsync("frozen-sup", Role.Supervisor, street: null);
        var street = await PlantedStreet.CreateAsync(service, "frozen");
        await street.PlantAsync(Issues());
        var draft = await BulletinCalls.DraftedAsync(
            who,
            "frozen",
            "weekly",
            On,
            note: ["下周整治背街小巷。", "每日巡查。"]
        );
        var before = await BulletinCalls.GetAsync(who, draft);
        Assert.Equal(
            (7, 2),
            (
                BulletinCalls.Value(before, "found"),
                BulletinCalls.Value(before, "body/CG/late_replies")
            )
        );
        Assert.Equal(JsonValueKind.Null, before.GetProperty("number").ValueKind);
        var issued = await IssueStory.SendAsync(
            who,
            HttpMethod.Post,
            $"/api/bulletins/{draft}/issue",
            new { },
            200
        );
        var number = issued.GetProperty("number").GetString();
        Assert.Matches("^frozen周通报〔20[0-9]{2}〕1号$", number);
        var then = await EverythingAsync(who, draft);
        Assert.Contains("下周整治背街小巷。", then, StringComparison.Ordinal);
        Assert.Contains("逾期答复", then, StringComparison.Ordinal);

        // Everything it was made of changes: files overwrite, tasks end, issues merge and move, names and formula change.
        var report = await service.ImportAsync(
            Datasets.Issues,
            "code,name,category,found_at,state,wkt\nM1,改名,uncivil_pets,2026-01-05T08:00:00+08:00,rejected,POINT(106.5515 29.5615)\n",
            "m.csv",
            "frozen"
        );
        Assert.True(report.Committed);
        await service.ExecuteAsync(
            """
            UPDATE issue_tasks SET state = 'done', done_at = dispatched_at, due_at = due_at + INTERVAL '9 days' WHERE street_code = 'frozen';
            UPDATE task_deadlines SET met_at = started_at, due_at = due_at + INTERVAL '9 days' WHERE street_code = 'frozen';
            UPDATE issues SET state = 'merged', is_open = false, merged_into = (SELECT id FROM issues WHERE street_code = 'frozen' AND code = 'F0'),
                closed_at = found_at, description = '改写', lead_body = 'WY' WHERE street_code = 'frozen' AND code IN ('F1', 'F2');
            UPDATE issues SET covert = true, found_at = found_at - INTERVAL '40 days' WHERE street_code = 'frozen' AND code = 'F3';
            UPDATE bodies SET name = '改名中队' WHERE street_code = 'frozen' AND code = 'CG';
            UPDATE area_versions SET name = '改名社区' WHERE street_code = 'frozen' AND code = 'A';
            UPDATE streets SET name = '改名街道' WHERE street_code = 'frozen';
            UPDATE accounts SET display_name = '改名岗' WHERE user_name = 'frozen-sup';
            """
        );
        await PutFormulaAsync(who, 1, excellent: 99);
        Assert.Equal(then, await EverythingAsync(who, draft));
        // The corrections are there, only not in it.
        var live = await IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            $"/api/bulletins/preview?street=frozen&on={On}",
            null,
            200
        );
        Assert.Equal(
            (5, 0),
            (BulletinCalls.Value(live, "found"), BulletinCalls.Value(live, "body/CG/late_replies"))
        );
        Assert.Equal(
            99,
            live.GetProperty("formula").GetProperty("grades").GetProperty("excellent").GetDouble()
        );

        // A second one for the period has to say that it corrects the first; then both say so of each other.
        var another = new
        {
            id = Guid.NewGuid(),
            street = "frozen",
            kind = "weekly",
            on = On,
        };
        await IssueStory.SendAsync(
            who,
            HttpMethod.Post,
            "/api/bulletins",
            another,
            409,
            "bulletin-period-issued"
        );
        var next = await BulletinCalls.IssuedAsync(who, "frozen", on: On, replaces: draft);
        Assert.Contains(
            $"本通报更正并代替{number}",
            await MeaningAsync(who, next, "docx"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            next,
            (await BulletinCalls.GetAsync(who, draft)).GetProperty("replaced_by").GetString()
        );
        Assert.Equal(5, BulletinCalls.Value(await BulletinCalls.GetAsync(who, next), "found"));
        await IssueStory.SendAsync(
            who,
            HttpMethod.Delete,
            $"/api/bulletins/{draft}",
            null,
            409,
            "bulletin-issued"
        );
    }

    private static async Task<JsonElement> PutFormulaAsync(
        HttpClient who,
        int version,
        double excellent,
        int status = 200,
        string? code = null
    ) =>
        await IssueStory.SendAsync(
            who,
            HttpMethod.Put,
            "/api/grading-formula?street=frozen",
            new
            {
                version,
                min_tasks = 2,
                excellent,
                good = 75,
                fair = 60,
                communities = new[]
                {
                    new
                    {
                        indicator = "cancellation_rate",
                        weight = 1.0,
                        zero_at = 0.0,
                        full_at = 1.0,
                    },
                },
                bodies = new[]
                {
                    new
                    {
                        indicator = "late_replies",
                        weight = 2.0,
                        zero_at = 9.0,
                        full_at = 0.0,
                    },
                },
            },
            status,
            code
        );

    [Fact]
    public async Task The_database_keeps_what_was_issued()
    {
        using var who = await service.SignInAsAsync("kept-sup", Role.Supervisor, street: null);
        var street = await PlantedStreet.CreateAsync(service, "kept");
        await street.PlantAsync(Issues());
        await BulletinCalls.IssuedAsync(who, "kept", on: On);
        foreach (
            var sql in new[]
            {
                "UPDATE bulletins SET note = 'x' WHERE street_code = 'kept'",
                "UPDATE bulletins SET status = 'draft' WHERE street_code = 'kept'",
                "DELETE FROM bulletins WHERE street_code = 'kept'",
                "TRUNCATE bulletins CASCADE",
                "UPDATE bulletin_figures SET value = 0 WHERE street_code = 'kept'",
                "DELETE FROM bulletin_figure_records WHERE street_code = 'kept'",
                "DELETE FROM bulletin_records WHERE street_code = 'kept'",
                "INSERT INTO bulletin_records (street_code, bulletin_id, record_no, kind, code, state, state_name) SELECT street_code, bulletin_id, 99999, 'issue', 'x', 'x', 'x' FROM bulletins WHERE street_code = 'kept'",
                "UPDATE grading_indicators SET weight = 1",
                "DELETE FROM grading_formulas",
            }
        )
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() =>
                service.ExecuteAsync(sql)
            );
            Assert.True(
                fault.SqlState == PostgresErrorCodes.RestrictViolation,
                $"{sql}: {fault.Message}"
            );
        }
    }

    [Fact]
    public async Task Sending_twice_and_issuing_at_once_make_one_bulletin_and_no_gap()
    {
        using var who = await service.SignInAsAsync("once-sup", Role.Supervisor, street: null);
        await PlantedStreet.CreateAsync(service, "once");
        var order = new
        {
            id = Guid.NewGuid(),
            street = "once",
            kind = "monthly",
            on = "2026-03-01",
        };
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    IssueStory.SendAsync(who, HttpMethod.Post, "/api/bulletins", order, 201)
                )
        );
        await IssueStory.SendAsync(
            who,
            HttpMethod.Post,
            "/api/bulletins",
            order with
            {
                on = "2026-02-01",
            },
            409,
            "id-in-use"
        );
        var other = await BulletinCalls.DraftedAsync(who, "once", "monthly", "2026-03-01");
        // Two drafts of one period, each issued several times at once: one of them goes out, once.
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async n =>
                {
                    using var response = await who.PostAsync(
                        $"/api/bulletins/{(n % 2 == 0 ? order.id.ToString() : other)}/issue",
                        JsonContent.Create(new { })
                    );
                    return (n % 2, response.StatusCode);
                })
        );
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Single(
            answers.Where(a => a.StatusCode == HttpStatusCode.OK).Select(a => a.Item1).Distinct()
        );
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(
            1,
            await service.ScalarAsync<int>(
                "SELECT last FROM bulletin_books WHERE street_code = 'once' AND kind = 'monthly'"
            )
        );
        await BulletinCalls.IssuedAsync(who, "once", "monthly", "2026-02-01");
        Assert.Equal(
            (int[])[1, 2],
            await service.ScalarAsync<int[]>(
                "SELECT array_agg(seq ORDER BY seq) FROM bulletins WHERE street_code = 'once' AND status = 'issued'"
            )
        );
    }

    [Fact]
    public async Task Drafts_are_the_supervisors_and_what_cannot_be_is_refused()
    {
        using var who = await service.SignInAsAsync("strict-sup", Role.Supervisor, street: null);
        await PlantedStreet.CreateAsync(service, "strict");
        using var handler = await service.SignInAsAsync(
            "strict-handler",
            Role.Handler,
            "strict",
            body: "CG"
        );
        using var part = await service.SignInAsAsync(
            "strict-part",
            Role.Supervisor,
            "strict",
            "A1"
        );
        var draft = await BulletinCalls.DraftedAsync(who, "strict", "half_monthly", "2026-02-16");
        await IssueStory.SendAsync(
            handler,
            HttpMethod.Get,
            $"/api/bulletins/{draft}",
            null,
            404,
            "not-found"
        );
        await IssueStory.SendAsync(
            part,
            HttpMethod.Get,
            $"/api/bulletins/{draft}",
            null,
            404,
            "not-found"
        );
        await IssueStory.SendAsync(
            part,
            HttpMethod.Get,
            "/api/bulletins?street=strict",
            null,
            404,
            "street-unknown"
        );
        await IssueStory.SendAsync(
            handler,
            HttpMethod.Post,
            $"/api/bulletins/{draft}/issue",
            new { },
            403,
            "forbidden"
        );
        var list = await IssueStory.SendAsync(
            handler,
            HttpMethod.Get,
            "/api/bulletins?street=strict",
            null,
            200
        );
        Assert.Empty(list.GetProperty("bulletins").EnumerateArray());
        Assert.Equal(
            1,
            (
                await IssueStory.SendAsync(
                    who,
                    HttpMethod.Get,
                    "/api/bulletins?street=strict",
                    null,
                    200
                )
            )
                .GetProperty("bulletins")
                .GetArrayLength()
        );
        await IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            $"/api/bulletins/{draft}/records?figure=nothing",
            null,
            404,
            "not-found"
        );
        await IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            "/api/bulletins/preview?street=strict&on=2026-03-05",
            null,
            422,
            "unacceptable"
        );
        await IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            "/api/bulletins/preview?street=strict&on=2199-03-06",
            null,
            422,
            "unacceptable"
        );
        var foreign = new
        {
            id = Guid.NewGuid(),
            street = "strict",
            kind = "weekly",
            on = On,
            replaces = draft,
        };
        await IssueStory.SendAsync(
            who,
            HttpMethod.Post,
            "/api/bulletins",
            foreign,
            422,
            "unacceptable"
        );
        await IssueStory.SendAsync(
            who,
            HttpMethod.Put,
            "/api/bulletin-schedule?street=strict",
            new { weekday = 8 },
            422,
            "unacceptable"
        );
        using var thursday = await who.PutAsync(
            "/api/bulletin-schedule?street=strict",
            JsonContent.Create(new { weekday = 4 })
        );
        Assert.Equal(HttpStatusCode.NoContent, thursday.StatusCode);
        var preview = await IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            "/api/bulletins/preview?street=strict&on=2026-03-05",
            null,
            200
        );
        Assert.Equal("2026-02-26", preview.GetProperty("from").GetString());
        await IssueStory.SendAsync(who, HttpMethod.Delete, $"/api/bulletins/{draft}", null, 204);
        await IssueStory.SendAsync(
            who,
            HttpMethod.Get,
            $"/api/bulletins/{draft}",
            null,
            404,
            "not-found"
        );
    }
}
