using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using GeoCivic.Accounts;
using GeoCivic.Tests.Http;
using Npgsql;

namespace GeoCivic.Tests.Letters;

public sealed class LetterBookTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly DateTimeOffset At = new(2026, 2, 10, 9, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateTimeOffset Due = new(2026, 2, 13, 0, 0, 0, TimeSpan.FromHours(8));

    private async Task<int[]> NumbersAsync(string street, string kind = "notice") =>
        await service.ScalarAsync<int[]>(
            "SELECT coalesce(array_agg(seq ORDER BY seq), '{}') FROM letters WHERE street_code = @street AND kind = @kind",
            ("street", street),
            ("kind", kind)
        );

    [Fact]
    public async Task Twenty_letters_at_once_get_the_numbers_one_to_twenty()
    {
        var street = await LetterStreet.CreateAsync(service, "twenty");
        var issues = new List<Guid>();
        for (var i = 0; i < 25; i++)
        {
            issues.Add(await street.DispatchedAsync($"i{i}", At, Due));
        }

        // Every fifth step is undone after its letter had its number.
        await Task.WhenAll(
            issues.Select((issue, i) => street.NoticeAsync(issue, At, undo: i % 5 == 4))
        );
        Assert.Equal(Enumerable.Range(1, 20), await NumbersAsync("twenty"));
    }

    [Fact]
    public async Task Each_year_of_Beijing_each_street_and_each_kind_counts_for_itself()
    {
        var one = await LetterStreet.CreateAsync(service, "years-1");
        var two = await LetterStreet.CreateAsync(service, "years-2");
        var issue = await one.DispatchedAsync("a", At, Due);
        // 23:30 UTC on 31 December is the new year in Beijing.
        await one.NoticeAsync(issue, new DateTimeOffset(2026, 12, 31, 15, 59, 59, TimeSpan.Zero));
        await one.NoticeAsync(issue, new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));
        await one.NoticeAsync(issue, new DateTimeOffset(2026, 12, 31, 23, 30, 0, TimeSpan.Zero));
        await two.NoticeAsync(await two.DispatchedAsync("a", At, Due), At);
        Assert.Equal(
            ["years-1问函〔2026〕1号", "years-1问函〔2027〕1号", "years-1问函〔2027〕2号"],
            await service.ScalarAsync<string[]>(
                "SELECT array_agg(number ORDER BY number) FROM letters WHERE street_code = 'years-1'"
            )
        );
        Assert.Equal((int[])[1], await NumbersAsync("years-2"));
    }

    [Fact]
    public async Task A_letter_that_went_out_is_neither_removed_nor_rewritten()
    {
        var street = await LetterStreet.CreateAsync(service, "kept");
        await street.NoticeAsync(await street.DispatchedAsync("a", At, Due), At);
        foreach (
            var sql in (string[])
                [
                    "DELETE FROM letters WHERE street_code = 'kept'",
                    "UPDATE letters SET number = 'x' WHERE street_code = 'kept'",
                    "UPDATE letters SET paragraphs = ARRAY['x'] WHERE street_code = 'kept'",
                ]
        )
        {
            var fault = await Assert.ThrowsAsync<PostgresException>(() =>
                service.ExecuteAsync(sql)
            );
            Assert.Equal(PostgresErrorCodes.RestrictViolation, fault.SqlState);
        }
    }

    [Fact]
    public async Task A_notice_says_what_where_and_until_when_and_opens_as_a_document()
    {
        var street = await LetterStreet.CreateAsync(service, "words");
        var issue = await street.DispatchedAsync("W-1", At, Due);
        await street.NoticeAsync(issue, At);
        using var list = await service.GetJsonAsync($"/api/letters?street=words&issue={issue}");
        var summary = list.RootElement.GetProperty("letters").EnumerateArray().Single();
        Assert.Equal("words问函〔2026〕1号", summary.GetProperty("number").GetString());
        var id = summary.GetProperty("id").GetString();
        using var letter = await service.GetJsonAsync($"/api/letters/{id}");
        var root = letter.RootElement;
        Assert.Equal("问题通知函", root.GetProperty("title").GetString());
        Assert.Equal("城管中队", root.GetProperty("to").GetString());
        Assert.Equal("2026-02-10", root.GetProperty("date").GetString());
        var text = string.Join(
            '\n',
            root.GetProperty("paragraphs").EnumerateArray().Select(p => p.GetString())
        );
        Assert.Contains("2026年2月12日（星期四）24时前", text, StringComparison.Ordinal);
        Assert.Contains("两个工作日。", text, StringComparison.Ordinal);
        var facts = root.GetProperty("facts")
            .EnumerateArray()
            .ToDictionary(
                f => f.GetProperty("label").GetString()!,
                f => f.GetProperty("value").GetString()
            );
        Assert.Equal("W-1", facts["问题编号"]);
        Assert.Equal("街边小赌", facts["问题类别"]);
        Assert.Equal("社区甲网格A1", facts["所在位置"]);
        Assert.Equal("聚众赌博", facts["问题描述"]);

        using var response = await service.Client.GetAsync($"/api/letters/{id}.docx");
        Assert.Equal(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            response.Content.Headers.ContentType?.MediaType
        );
        Assert.Equal(
            "问题通知函words问函〔2026〕1号.docx",
            response.Content.Headers.ContentDisposition?.FileNameStar
        );
        using var document = WordprocessingDocument.Open(
            await response.Content.ReadAsStreamAsync(),
            false
        );
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(e => e.Description));
        Assert.Contains(
            "words问函〔2026〕1号",
            document.MainDocumentPart!.Document.InnerText,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_letter_is_there_only_for_those_who_see_its_issue()
    {
        var street = await LetterStreet.CreateAsync(service, "mine");
        await LetterStreet.CreateAsync(service, "other");
        await street.NoticeAsync(await street.DispatchedAsync("a", At, Due), At);
        var id = await service.ScalarAsync<Guid>(
            "SELECT letter_id FROM letters WHERE street_code = 'mine'"
        );
        using var stranger = await service.SignInAsAsync("stranger", Role.Supervisor, "other");
        foreach (var path in (string[])[$"/api/letters/{id}", $"/api/letters/{id}.docx"])
        {
            using var refused = await stranger.GetAsync(path);
            await ServiceFixture.ProblemAsync(refused, 404, "not-found", path);
        }

        Assert.DoesNotContain(
            id.ToString(),
            await stranger.GetStringAsync("/api/letters"),
            StringComparison.Ordinal
        );
        using var neighbour = await service.SignInAsAsync("neighbour", Role.Worker, "mine", "B1");
        using var answer = await neighbour.GetAsync($"/api/letters/{id}");
        await ServiceFixture.ProblemAsync(answer, 404, "not-found", "another grid");
        using var worker = await service.SignInAsAsync("worker", Role.Worker, "mine", "A1");
        (await worker.GetAsync($"/api/letters/{id}")).EnsureSuccessStatusCode();
        foreach (var bad in (string[])["nonsense", Guid.NewGuid().ToString()])
        {
            await service.GetProblemAsync($"/api/letters/{bad}", 404, "not-found");
            await service.GetProblemAsync($"/api/letters/{bad}.docx", 404, "not-found");
        }
    }
}
