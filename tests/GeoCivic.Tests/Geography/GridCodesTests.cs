using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Geography;

/// <summary>Grid codes are issued once (feature A1).</summary>
public sealed class GridCodesTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    [Fact]
    public async Task The_next_free_code_is_issued_never_twice_and_the_1000th_is_refused()
    {
        const string Community = "500103011014";
        await using var count = demo.Database.CreateCommand(
            $"SELECT count(*) FROM areas WHERE level = 'grid' AND code LIKE '{Community}%'"
        );
        var used = (int)(long)(await count.ExecuteScalarAsync())!;
        var first = await GridCodes.IssueAsync(demo.Database, Community, CancellationToken.None);
        Assert.Equal($"{Community}{used + 1:000}", first);

        var several = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => GridCodes.IssueAsync(demo.Database, Community, CancellationToken.None))
        );
        Assert.Equal(8, several.Append(first).Distinct(StringComparer.Ordinal).Count() - 1);

        await using var fill = demo.Database.CreateCommand(
            $"INSERT INTO areas SELECT '500103011', 'grid', '{Community}' || to_char(n, 'FM000') FROM generate_series(1, 998) n ON CONFLICT DO NOTHING"
        );
        await fill.ExecuteNonQueryAsync();
        Assert.Equal(
            $"{Community}999",
            await GridCodes.IssueAsync(demo.Database, Community, CancellationToken.None)
        );
        var refusal = await Assert.ThrowsAsync<ProblemException>(() =>
            GridCodes.IssueAsync(demo.Database, Community, CancellationToken.None)
        );
        Assert.Equal("grid-codes-exhausted", refusal.Kind.Code);
    }

    [Fact]
    public async Task Rows_of_areas_cannot_be_deleted()
    {
        await using var command = demo.Database.CreateCommand(
            "DELETE FROM areas WHERE level = 'grid'"
        );
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => command.ExecuteNonQueryAsync());
    }
}
