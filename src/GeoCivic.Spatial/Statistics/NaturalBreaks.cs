namespace GeoCivic.Spatial.Statistics;

/// <summary>
/// Natural breaks: the classes of sorted values with the least sum of squared deviations from their class means
/// (W. D. Fisher, On Grouping for Maximum Homogeneity, Journal of the American Statistical Association 53, 1958, pp. 789–798;
/// G. F. Jenks, Optimal Data Classification for Choropleth Maps, 1977).
/// </summary>
/// <remarks>
/// Exact, by Fisher's dynamic programme over the distinct values. The best start of a class never moves back when its end
/// moves on (Aggarwal et al., Algorithmica 2, 1987), so each stage is solved by halving: O(k n log n) instead of O(k n²).
/// Above <see cref="MostExact"/> distinct values, they are first gathered into that many intervals of equal width, each
/// standing at the mean of its values; that depends on the values alone, so the answer is the same each time.
/// </remarks>
public static class NaturalBreaks
{
    /// <summary>Up to so many distinct values the answer is exact.</summary>
    public const int MostExact = 65_536;

    /// <summary>
    /// Upper bounds of the classes, each the greatest value of its class. Of equally good partitions the one whose last class
    /// begins earliest is taken, and so on downwards.
    /// </summary>
    /// <param name="values">Finite values in any order.</param>
    /// <param name="classes">How many classes; fewer when there are fewer distinct values.</param>
    public static IReadOnlyList<double> Bounds(IEnumerable<double> values, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        var groups = Gather([.. values.Order()]);
        var n = groups.Count;
        if (n <= classes)
        {
            return [.. groups.Select(g => g.Greatest)];
        }

        var cost = new Costs(groups);
        var best = new double[n];
        for (var j = 0; j < n; j++)
        {
            best[j] = cost.Of(0, j);
        }

        // starts[k][j]: where the last of k + 1 classes over the first j + 1 groups begins.
        var starts = new int[classes][];
        starts[0] = new int[n];
        for (var k = 1; k < classes; k++)
        {
            var next = new double[n];
            starts[k] = new int[n];
            Stage(cost, best, next, starts[k], (k, n - 1), (k, n - 1));
            best = next;
        }

        var bounds = new double[classes];
        var end = n - 1;
        for (var k = classes - 1; k >= 0; k--)
        {
            bounds[k] = groups[end].Greatest;
            end = starts[k][end] - 1;
        }

        return bounds;
    }

    /// <summary>One more class: solves the middle, which bounds where the starts of both halves lie.</summary>
    private static void Stage(
        Costs cost,
        double[] before,
        double[] after,
        int[] starts,
        (int First, int Last) ends,
        (int First, int Last) among
    )
    {
        if (ends.First > ends.Last)
        {
            return;
        }

        var end = (ends.First + ends.Last) / 2;
        var (least, at) = (double.PositiveInfinity, among.First);
        for (var start = among.First; start <= Math.Min(end, among.Last); start++)
        {
            var sum = before[start - 1] + cost.Of(start, end);
            if (sum < least)
            {
                (least, at) = (sum, start);
            }
        }

        (after[end], starts[end]) = (least, at);
        Stage(cost, before, after, starts, (ends.First, end - 1), (among.First, at));
        Stage(cost, before, after, starts, (end + 1, ends.Last), (at, among.Last));
    }

    private static List<Group> Gather(double[] sorted)
    {
        var distinct = new List<Group>();
        foreach (var value in sorted)
        {
            if (distinct.Count > 0 && distinct[^1].Greatest == value)
            {
                distinct[^1] = distinct[^1] with { N = distinct[^1].N + 1 };
            }
            else
            {
                distinct.Add(new Group(value, value, 1));
            }
        }

        if (distinct.Count <= MostExact)
        {
            return distinct;
        }

        var (least, width) = (sorted[0], (sorted[^1] - sorted[0]) / MostExact);
        var few = new List<Group>();
        var interval = -1;
        foreach (var group in distinct)
        {
            var own = Math.Min((int)((group.Greatest - least) / width), MostExact - 1);
            if (own == interval)
            {
                var last = few[^1];
                var n = last.N + group.N;
                few[^1] = new Group(
                    last.Mean + ((group.Mean - last.Mean) * group.N / n),
                    group.Greatest,
                    n
                );
            }
            else
            {
                few.Add(group);
                interval = own;
            }
        }

        return few;
    }

    /// <summary>Values that always stay together.</summary>
    private readonly record struct Group(double Mean, double Greatest, long N);

    /// <summary>Squared deviations of runs of groups from their mean, by sums over all before.</summary>
    private sealed class Costs
    {
        private readonly double[] _n;
        private readonly double[] _sum;
        private readonly double[] _squares;

        internal Costs(List<Group> groups)
        {
            var count = groups.Count;
            (_n, _sum, _squares) = (
                new double[count + 1],
                new double[count + 1],
                new double[count + 1]
            );
            // Around the mean: differences of the great sums of far-off values would leave few digits.
            var all = groups.Sum(g => (double)g.N);
            var centre = groups.Sum(g => g.Mean * (g.N / all));
            for (var i = 0; i < count; i++)
            {
                var v = groups[i].Mean - centre;
                _n[i + 1] = _n[i] + groups[i].N;
                _sum[i + 1] = _sum[i] + (v * groups[i].N);
                _squares[i + 1] = _squares[i] + (v * v * groups[i].N);
            }
        }

        internal double Of(int first, int last)
        {
            var n = _n[last + 1] - _n[first];
            var sum = _sum[last + 1] - _sum[first];
            return Math.Max(0, _squares[last + 1] - _squares[first] - (sum * sum / n));
        }
    }
}
