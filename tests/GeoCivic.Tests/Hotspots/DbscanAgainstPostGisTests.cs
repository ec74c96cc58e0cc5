using GeoCivic.Spatial.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Tests.Hotspots;

/// <summary>The clusters and the metres in memory against those of PostGIS.</summary>
public sealed class DbscanAgainstPostGisTests(PostGisFixture database)
    : IClassFixture<PostGisFixture>
{
    // PostGIS gives a border point to whichever cluster comes first, so the core points' partition and the noise are compared.
    [Fact]
    public async Task Core_points_and_noise_are_those_of_st_cluster_dbscan()
    {
        var random = new Random(20261122);
        await using var connection = await database.DataSource.OpenConnectionAsync();
        for (var round = 0; round < 24; round++)
        {
            var n = round < 20 ? random.Next(2, 900) : 12_000;
            var side = random.Next(1, 6) * 12 * Math.Sqrt(n);
            var middles = Enumerable
                .Range(0, 12)
                .Select(_ => (X: random.NextDouble() * side, Y: random.NextDouble() * side))
                .ToArray();
            // Half at random, half around a few middles, a tenth twice at the same place.
            var x = new double[n];
            var y = new double[n];
            for (var i = 0; i < n; i++)
            {
                var middle = middles[random.Next(12)];
                (x[i], y[i]) =
                    i > 0 && i % 10 == 0 ? (x[i - 1], y[i - 1])
                    : i % 2 == 0 ? (random.NextDouble() * side, random.NextDouble() * side)
                    : (
                        middle.X + ((random.NextDouble() - 0.5) * 90),
                        middle.Y + ((random.NextDouble() - 0.5) * 90)
                    );
            }

            var eps = 3 + (random.NextDouble() * 30);
            var minPoints = random.Next(1, 12);
            var found = Dbscan.Of(x, y, eps, minPoints);
            var theirs = await AskAsync(connection, x, y, eps, minPoints);

            var ofOurs = new Dictionary<int, int>();
            var ofTheirs = new Dictionary<int, int>();
            for (var i = 0; i < n; i++)
            {
                Assert.Equal(theirs[i] is null, found.Labels[i] == Dbscan.Noise);
                if (found.Core[i])
                {
                    ofOurs.TryAdd(found.Labels[i], theirs[i]!.Value);
                    ofTheirs.TryAdd(theirs[i]!.Value, found.Labels[i]);
                    Assert.Equal(ofOurs[found.Labels[i]], theirs[i]);
                    Assert.Equal(ofTheirs[theirs[i]!.Value], found.Labels[i]);
                }
            }

            Assert.Equal(found.Sizes.Count, ofOurs.Count);
        }
    }

    private static async Task<int?[]> AskAsync(
        NpgsqlConnection connection,
        double[] x,
        double[] y,
        double eps,
        int minPoints
    )
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT ST_ClusterDBSCAN(ST_MakePoint(p.x, p.y), @eps, @min) OVER ()
            FROM unnest(@x, @y) WITH ORDINALITY AS p (x, y, n) ORDER BY p.n
            """,
            connection
        );
        command.Parameters.AddWithValue("x", x);
        command.Parameters.AddWithValue("y", y);
        command.Parameters.AddWithValue("eps", eps);
        command.Parameters.Add(new("min", NpgsqlDbType.Integer) { Value = minPoints });
        var labels = new List<int?>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            labels.Add(await rows.IsDBNullAsync(0) ? null : rows.GetInt32(0));
        }

        return [.. labels];
    }

    [Fact]
    public async Task Metres_of_the_frame_are_metres_on_the_ellipsoid()
    {
        // 4,000 pairs up to 300 m apart in a city 50 km across, around places from the equator to 50° N.
        var random = new Random(7);
        foreach (var lat in (double[])[0, 18.25, 29.56, 43.9, 50])
        {
            var frame = new MetreFrame(new(106.55, lat));
            var pairs = Enumerable
                .Range(0, 800)
                .Select(i =>
                {
                    // The farthest pairs lie at the frame's edges, 25 km off in each direction.
                    var east =
                        (i % 2 == 0 ? Math.Sign(random.NextDouble() - 0.5) : random.NextDouble())
                        * 25_000;
                    var north = ((random.NextDouble() * 2) - 1) * 25_000;
                    var turn = random.NextDouble() * 2 * Math.PI;
                    var far = random.NextDouble() * 300;
                    return (
                        A: frame.Inverse(east, north),
                        B: frame.Inverse(
                            east + (far * Math.Cos(turn)),
                            north + (far * Math.Sin(turn))
                        ),
                        Metres: far
                    );
                })
                .ToArray();
            await using var command = database.DataSource.CreateCommand(
                """
                SELECT ST_Distance(ST_MakePoint(p.a, p.b)::geography, ST_MakePoint(p.c, p.d)::geography)
                FROM unnest(@a, @b, @c, @d) WITH ORDINALITY AS p (a, b, c, d, n) ORDER BY p.n
                """
            );
            command.Parameters.AddWithValue("a", pairs.Select(p => p.A.Lon).ToArray());
            command.Parameters.AddWithValue("b", pairs.Select(p => p.A.Lat).ToArray());
            command.Parameters.AddWithValue("c", pairs.Select(p => p.B.Lon).ToArray());
            command.Parameters.AddWithValue("d", pairs.Select(p => p.B.Lat).ToArray());
            await using var rows = await command.ExecuteReaderAsync();
            foreach (var (_, _, metres) in pairs)
            {
                Assert.True(await rows.ReadAsync());
                // 8 parts in a million at the edge; ST_Distance itself is good to some micrometres.
                Assert.Equal(rows.GetDouble(0), metres, (metres * 8e-6) + 2e-5);
            }
        }
    }
}
