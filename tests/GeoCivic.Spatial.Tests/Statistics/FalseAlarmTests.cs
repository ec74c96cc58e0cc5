using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

/// <summary>On maps made by chance alone, how often the statistics cry wolf.</summary>
public sealed class FalseAlarmTests
{
    [Theory]
    [InlineData(1, 20, 20, 4000, 300)]
    [InlineData(2, 13, 7, 400, 1000)]
    [InlineData(3, 13, 7, 91, 1000)]
    [InlineData(4, 6, 5, 30, 2000)]
    public void Gi_star_alarms_as_often_as_it_promises(
        int seed,
        int columns,
        int rows,
        int events,
        int maps
    )
    {
        var random = new Random(seed);
        var weights = Lattice.Queen(columns, rows).WithSelf();
        long cells = 0;
        long below = 0;
        int alarmed = 0;
        for (int map = 0; map < maps; map++)
        {
            var result = GetisOrd.GiStar(Lattice.Thrown(random, columns * rows, events), weights);
            cells += result.P.Length;
            below += result.P.Count(p => p < 0.05);
            alarmed += result.Q.Any(q => q <= 0.05) ? 1 : 0;
        }

        // 5 % of the cells; counts are whole numbers, so that it is somewhat less where there are few. The cells of one map
        // overlap, hence the width: four standard errors of as many independent cells as there are maps × a sixth.
        double share = below / (double)cells;
        double width = 4 * Math.Sqrt(0.05 * 0.95 / (cells / 6.0));
        Assert.InRange(share, 0.042 - width, 0.05 + width);
        // On a map without any pattern every discovery is false, so that the rate of false discoveries is the share of maps
        // with one: 5 %, within three standard errors of a share.
        Assert.InRange(alarmed / (double)maps, 0, 0.05 + (3 * Math.Sqrt(0.05 * 0.95 / maps)));
    }

    [Theory]
    [InlineData(11, 12, 12, 700, 60)]
    public void Local_moran_alarms_as_often_as_it_promises(
        int seed,
        int columns,
        int rows,
        int events,
        int maps
    )
    {
        var random = new Random(seed);
        var weights = Lattice.Queen(columns, rows);
        long below = 0;
        int alarmed = 0;
        for (int map = 0; map < maps; map++)
        {
            double[] values = Lattice.Thrown(random, columns * rows, events);
            var result = LocalMoran.Of(values, weights, 199, seed: map);
            below += result.P.Count(p => p <= 0.05);
            alarmed += result.Q.Any(q => q <= 0.05) ? 1 : 0;
        }

        double share = below / (double)(maps * columns * rows);
        Assert.InRange(share, 0.035, 0.055);
        Assert.InRange(alarmed / (double)maps, 0, 0.05 + (3 * Math.Sqrt(0.05 * 0.95 / maps)));
    }
}
