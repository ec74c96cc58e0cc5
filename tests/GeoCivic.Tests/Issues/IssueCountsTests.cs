using System.Globalization;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using static GeoCivic.Tests.Imports.TestStreet;

namespace GeoCivic.Tests.Issues;

/// <summary>The maintained counts equal counting the rows, whatever was written.</summary>
public sealed class IssueCountsTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task After_random_writes_the_counts_equal_the_rows()
    {
        await CreateAsync(service, "counts");
        var random = new Random(17);
        string[] categories = ["stall_occupying", "uncivil_pets", "illegal_parking"];
        for (var round = 0; round < 6; round++)
        {
            var rows = string.Concat(
                Enumerable
                    .Range(0, 200)
                    .Select(_ => random.Next(400))
                    .Distinct()
                    .Select(n =>
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"I{n},{categories[random.Next(3)]},2026-03-01 08:00,{(random.Next(2) == 0 ? "open" : "closed")},{Lon((random.NextDouble() * 2.5) - 0.25):F7},{Lat((random.NextDouble() * 2.5) - 0.25):F7}\n"
                        )
                    )
            );
            Committed(
                await service.ImportAsync(
                    Datasets.Issues,
                    "code,category,found_at,state,lon,lat\n" + rows,
                    "i.csv",
                    "counts"
                )
            );
            await EqualAsync();
            await service.ExecuteAsync(
                $"UPDATE issues SET is_open = NOT is_open, category = 'illegal_parking' WHERE street_code = 'counts' AND abs(hashtext(code || {round})) % 5 = 0"
            );
            await EqualAsync();
            await service.ExecuteAsync(
                $"DELETE FROM issues WHERE street_code = 'counts' AND abs(hashtext(code || {round})) % 7 = 0"
            );
            await EqualAsync();
            var x = 0.5 + random.NextDouble();
            Committed(
                await service.ImportAsync(
                    Datasets.Grids,
                    Grids(Box(0, 0, x, 1), Box(0, 1, 1, 2), Box(x, 0, 2, 1), Box(1, 1, 2, 2)),
                    "g.csv",
                    "counts"
                )
            );
            await EqualAsync();
        }
    }

    [Fact]
    public async Task Parallel_writers_do_not_lose_counts()
    {
        await CreateAsync(service, "parallel");
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(writer =>
                    service.ExecuteAsync(
                        $"""
                        INSERT INTO issues (street_code, id, code, category, state, is_open, found_at, geom, placement, grid_code, community_code)
                        SELECT 'parallel', gen_random_uuid(), '{writer}-' || n, CASE n % 2 WHEN 0 THEN 'uncivil_pets' ELSE 'stall_occupying' END,
                               'open', true, now(), ST_SetSRID(ST_MakePoint(106.5505, 29.5605), 4326), 'inside', CASE n % 3 WHEN 0 THEN 'A1' ELSE 'A2' END, 'A'
                        FROM generate_series(1, 300) n
                        """
                    )
                )
        );
        Assert.Equal(
            2400,
            await service.ScalarAsync<long>(
                "SELECT sum(total)::bigint FROM grid_issue_counts WHERE street_code = 'parallel'"
            )
        );
        await EqualAsync();
    }

    private async Task EqualAsync()
    {
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                """
                SELECT count(*) FROM (
                    SELECT street_code, category, coalesce(grid_code, '') AS grid_code, count(*) FILTER (WHERE is_open) AS open, count(*) AS total
                    FROM issues GROUP BY 1, 2, 3
                ) r
                FULL JOIN (SELECT * FROM category_issue_counts WHERE total <> 0 OR open <> 0) c USING (street_code, category, grid_code)
                WHERE r.open IS DISTINCT FROM c.open OR r.total IS DISTINCT FROM c.total
                """
            )
        );
        Assert.Equal(
            0,
            await service.ScalarAsync<long>(
                """
                SELECT count(*) FROM (
                    SELECT street_code, coalesce(grid_code, '') AS grid_code, count(*) FILTER (WHERE is_open) AS open, count(*) AS total
                    FROM issues GROUP BY 1, 2
                ) r
                FULL JOIN (SELECT * FROM grid_issue_counts WHERE total <> 0 OR open <> 0) c USING (street_code, grid_code)
                WHERE r.open IS DISTINCT FROM c.open OR r.total IS DISTINCT FROM c.total
                """
            )
        );
    }
}
