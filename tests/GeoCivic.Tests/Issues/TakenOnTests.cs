using System.Net;
using System.Net.Http.Json;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;

namespace GeoCivic.Tests.Issues;

/// <summary>A nightly file of another system goes on coming in while people here work on some of its issues.</summary>
public sealed class TakenOnTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static string File(string state) =>
        "code,category,found_at,state,wkt\n"
        + $"I1,uncivil_pets,2026-01-05T08:00:00+08:00,{state},POINT({TestStreet.At(0.5, 0.5)})\n"
        + $"I2,uncivil_pets,2026-01-05T08:00:00+08:00,{state},POINT({TestStreet.At(0.5, 0.5)})\n";

    [Fact]
    public async Task A_file_leaves_alone_what_people_here_have_taken_on()
    {
        await TestStreet.CreateAsync(service, "S");
        var first = await service.ImportAsync(Datasets.Issues, File("reported"), "i.csv", "S");
        Assert.Equal(2, first.Added);
        var id = await service.ScalarAsync<Guid>("SELECT id FROM issues WHERE code = 'I1'");
        using var filed = await service.Client.PostAsJsonAsync(
            $"/api/issues/{id}/transitions",
            new { id = Guid.CreateVersion7(), to = "filed" }
        );
        Assert.Equal(HttpStatusCode.OK, filed.StatusCode);

        var second = await service.ImportAsync(Datasets.Issues, File("rejected"), "i.csv", "S");
        Assert.True(second.Committed);
        Assert.Equal(
            (0, 1, 1, 0),
            (second.Added, second.Changed, second.Unchanged, second.Refused)
        );
        Assert.Equal("issues-taken-on", Assert.Single(second.Warnings).Code);
        Assert.Equal(
            "filed rejected",
            await service.ScalarAsync<string>(
                "SELECT string_agg(state, ' ' ORDER BY code) FROM issues"
            )
        );
    }
}
