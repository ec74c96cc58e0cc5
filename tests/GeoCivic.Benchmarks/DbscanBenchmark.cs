using GeoCivic.Spatial;
using GeoCivic.Spatial.Statistics;
using Npgsql;

namespace GeoCivic.Benchmarks;

/// <summary>
/// 200,000 points of a city, half of them around 400 places, half anywhere: <see cref="Dbscan"/> on one core against PostGIS
/// <c>ST_ClusterDBSCAN</c> over the same metres, with the same radius and number. The partition of core points and the
/// noise must be the same.
/// </summary>
internal static class DbscanBenchmark
{
    private const int Points = 200_000;
    private const double Side = 12_000;
    private const int Places = 400;

    internal static async Task RunAsync(TextWriter output)
    {
        var random = new Random(20261122);
        var frame = new MetreFrame(new LonLat(106.55, 29.56));
        var (lons, lats) = City(random, frame);
        var x = new double[Points];
        var y = new double[Points];
        void Project()
        {
            for (var i = 0; i < Points; i++)
            {
                (x[i], y[i]) = frame.Forward(lons[i], lats[i]);
            }
        }

        Project();
        await using var source = NpgsqlDataSource.Create(Measure.ConnectionString());
        await using var connection = await source.OpenConnectionAsync();
        await LoadAsync(connection, x, y);
        await output.WriteLineAsync(
            $"dbscan: {Points:N0} points on {Side / 1000:N0} km × {Side / 1000:N0} km, half of them around {Places} places"
        );
        await output.WriteLineAsync(
            $"{"", -42} {"clusters", 9} {"noise", 9} {"best ms", 9} {"median ms", 10} {"ratio", 7}"
        );
        foreach (var (eps, minPoints) in ((double, int)[])[(40, 8), (20, 5), (80, 20)])
        {
            var found = Dbscan.Of(x, y, eps, minPoints);
            var ours = Measure.Run(1, 7, () => found = Dbscan.Of(x, y, eps, minPoints));
            var whole = Measure.Run(
                1,
                7,
                () =>
                {
                    Project();
                    found = Dbscan.Of(x, y, eps, minPoints);
                }
            );
            int?[] labels = [];
            var theirs = await Measure.RunAsync(
                0,
                3,
                async () => await CountAsync(connection, eps, minPoints)
            );
            labels = await LabelsAsync(connection, eps, minPoints);
            Compare(found, labels);
            await RowAsync($"PostGIS, eps {eps} m, {minPoints} points", theirs);
            await RowAsync("GeoCivic, one core", ours);
            await RowAsync("GeoCivic, degrees to metres and clusters", whole);

            Task RowAsync(string name, Timing time) =>
                output.WriteLineAsync(
                    $"{name, -42} {found.Sizes.Count, 9:N0} {found.NoiseCount, 9:N0} {time.Best.TotalMilliseconds, 9:F1} {time.Median.TotalMilliseconds, 10:F1} {theirs.Best / time.Best, 7:F1}"
                );
        }

        await output.WriteLineAsync(
            "ratio = how many times as fast as PostGIS, best times; PostGIS returns two numbers only, so that no transfer is counted"
        );
    }

    private static (double[] Lons, double[] Lats) City(Random random, MetreFrame frame)
    {
        double Anywhere() => (random.NextDouble() - 0.5) * Side;
        var places = Enumerable
            .Range(0, Places)
            .Select(_ => (X: Anywhere(), Y: Anywhere()))
            .ToArray();
        var lons = new double[Points];
        var lats = new double[Points];
        for (var i = 0; i < Points; i++)
        {
            var place = places[random.Next(Places)];
            double Around() => (random.NextDouble() + random.NextDouble() - 1) * 150;
            var at =
                i % 2 == 0
                    ? frame.Inverse(place.X + Around(), place.Y + Around())
                    : frame.Inverse(Anywhere(), Anywhere());
            // As they are stored.
            (lons[i], lats[i]) = (Math.Round(at.Lon, 7), Math.Round(at.Lat, 7));
        }

        return (lons, lats);
    }

    private static async Task LoadAsync(NpgsqlConnection connection, double[] x, double[] y)
    {
        await using var create = new NpgsqlCommand(
            """
            CREATE TEMP TABLE dbscan_points (n integer PRIMARY KEY, geom geometry(Point) NOT NULL);
            INSERT INTO dbscan_points SELECT p.n, ST_MakePoint(p.x, p.y) FROM unnest(@x, @y) WITH ORDINALITY AS p (x, y, n);
            """,
            connection
        );
        create.Parameters.AddWithValue("x", x);
        create.Parameters.AddWithValue("y", y);
        await create.ExecuteNonQueryAsync();
        await using var analyze = new NpgsqlCommand("ANALYZE dbscan_points", connection);
        await analyze.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(
        NpgsqlConnection connection,
        string sql,
        double eps,
        int minPoints
    )
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        command.Parameters.AddWithValue("eps", eps);
        command.Parameters.AddWithValue("min", minPoints);
        return command;
    }

    private static async Task CountAsync(NpgsqlConnection connection, double eps, int minPoints)
    {
        await using var command = Command(
            connection,
            "SELECT max(c), count(c) FROM (SELECT ST_ClusterDBSCAN(geom, @eps, @min) OVER () AS c FROM dbscan_points) q",
            eps,
            minPoints
        );
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<int?[]> LabelsAsync(
        NpgsqlConnection connection,
        double eps,
        int minPoints
    )
    {
        await using var command = Command(
            connection,
            "SELECT c FROM (SELECT n, ST_ClusterDBSCAN(geom, @eps, @min) OVER () AS c FROM dbscan_points) q ORDER BY n",
            eps,
            minPoints
        );
        await using var rows = await command.ExecuteReaderAsync();
        var labels = new List<int?>(Points);
        while (await rows.ReadAsync())
        {
            labels.Add(await rows.IsDBNullAsync(0) ? null : rows.GetInt32(0));
        }

        return [.. labels];
    }

    private static void Compare(Dbscan found, int?[] theirs)
    {
        var ofOurs = new Dictionary<int, int>();
        var ofTheirs = new Dictionary<int, int>();
        for (var i = 0; i < theirs.Length; i++)
        {
            var same =
                theirs[i] is null == (found.Labels[i] == Dbscan.Noise)
                && (
                    !found.Core[i]
                    || (
                        (
                            ofOurs.TryAdd(found.Labels[i], theirs[i]!.Value)
                            || ofOurs[found.Labels[i]] == theirs[i]
                        )
                        && (
                            ofTheirs.TryAdd(theirs[i]!.Value, found.Labels[i])
                            || ofTheirs[theirs[i]!.Value] == found.Labels[i]
                        )
                    )
                );
            if (!same)
            {
                throw new InvalidOperationException(
                    $"Point {i}: PostGIS says {theirs[i]}, GeoCivic {found.Labels[i]}."
                );
            }
        }
    }
}
