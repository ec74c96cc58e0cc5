using System.Net.Http.Headers;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Ownership;

/// <summary>A responsibility table goes in as it is and comes out as it was.</summary>
public sealed class ResponsibilityStoreTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static async Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        byte[] content,
        string query
    )
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue(Xlsx);
        return await client.PostAsync($"/api/responsibility?{query}", body);
    }

    private async Task<JsonElement> UploadAsync(byte[] content, string query)
    {
        using var response = await SendAsync(service.Client, content, query);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }

    private static byte[] Table()
    {
        var path = Responsibility2015.Save(Responsibility2015.Lines());
        try
        {
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task The_table_is_previewed_stored_once_and_read_again_with_its_findings()
    {
        await service.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES ('lianhe', '联合街道'), ('other', 'Other')"
        );
        var content = Table();
        var preview = await UploadAsync(content, "street=lianhe&dryRun=true&filename=分解表.xlsx");
        Assert.Equal(57, preview.GetProperty("rows").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, preview.GetProperty("id").ValueKind);
        Assert.Equal(
            0,
            await service.ScalarAsync<long>("SELECT count(*) FROM responsibility_tables")
        );

        var first = await UploadAsync(content, "street=lianhe&filename=分解表.xlsx");
        Assert.True(first.GetProperty("stored").GetBoolean());
        var again = await UploadAsync(content, "street=lianhe&filename=分解表.xlsx");
        Assert.False(again.GetProperty("stored").GetBoolean());
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());

        using var stored = await service.GetJsonAsync("/api/responsibility?street=lianhe");
        Assert.True(
            JsonElement.DeepEquals(
                first.GetProperty("rows"),
                stored.RootElement.GetProperty("rows")
            )
        );
        Assert.Equal(
            first.GetProperty("findings").GetArrayLength(),
            stored.RootElement.GetProperty("findings").GetArrayLength()
        );
        // Ⅲ-19 is there under both of its parents; only rows with a field visit are spatial.
        Assert.Equal(
            4,
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM responsibility_rows WHERE inner_code = 'Ⅲ-19'"
            )
        );
        Assert.Equal(
            11,
            await service.ScalarAsync<long>(
                "SELECT count(*) FROM responsibility_rows WHERE spatial"
            )
        );
    }

    [Fact]
    public async Task Workers_may_not_upload_and_other_streets_do_not_see_the_table()
    {
        await service.ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES ('rs1', 'One'), ('rs2', 'Two')"
        );
        using var worker = await service.SignInAsAsync("rs-worker", Role.Worker, "rs1");
        using var refused = await SendAsync(worker, Table(), "street=rs1");
        await ServiceFixture.ProblemAsync(refused, 403, "forbidden", "upload");
        using var supervisor = await service.SignInAsAsync("rs-sup", Role.Supervisor, "rs2");
        using var other = await SendAsync(supervisor, Table(), "street=rs1");
        await ServiceFixture.ProblemAsync(other, 404, "street-unknown", "upload");
        using var none = await service.GetJsonAsync("/api/responsibility?street=rs1");
        Assert.Equal(JsonValueKind.Null, none.RootElement.GetProperty("id").ValueKind);
        Assert.Empty(none.RootElement.GetProperty("rows").EnumerateArray());
        using var text = await SendAsync(service.Client, "名称,要求"u8.ToArray(), "street=rs1");
        Assert.Equal(415, (int)text.StatusCode);
    }
}
