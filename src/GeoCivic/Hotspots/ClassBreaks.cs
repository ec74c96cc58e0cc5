using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Hotspots;

/// <summary>One class of a choropleth: values above <paramref name="From"/> up to and including <paramref name="To"/>.</summary>
public sealed record ValueClass(double From, double To, int N);

/// <summary>Classes of a choropleth.</summary>
public static class ClassBreaks
{
    /// <summary>
    /// Upper bounds of quantile classes over the values above zero (zero is a class of its own on the map). The k-th
    /// bound is the smallest value that at least k/n of the values do not exceed (inverse of the empirical
    /// distribution function; type 1 of Hyndman and Fan, The American Statistician 50, 1996). Equal bounds fall
    /// together, so there may be fewer classes.
    /// </summary>
    /// <param name="values">The values of all areas.</param>
    /// <param name="classes">The most classes wanted.</param>
    public static IReadOnlyList<double> Quantiles(IEnumerable<double> values, int classes)
    {
        var sorted = values.Where(v => v > 0).Order().ToArray();
        if (sorted.Length == 0)
        {
            return [];
        }

        return
        [
            .. Enumerable
                .Range(1, classes)
                .Select(k => sorted[(((sorted.Length * k) + classes - 1) / classes) - 1])
                .Distinct(),
        ];
    }

    /// <summary>
    /// Upper bounds of classes of equal width from zero to the greatest value; some may hold no value.
    /// </summary>
    /// <param name="values">The values of all areas.</param>
    /// <param name="classes">How many.</param>
    public static IReadOnlyList<double> EqualIntervals(IEnumerable<double> values, int classes)
    {
        var most = values.DefaultIfEmpty(0).Max();
        return most > 0
            ? [.. Enumerable.Range(1, classes - 1).Select(k => most * k / classes), most]
            : [];
    }

    /// <summary>Upper bounds of the natural classes of the values above zero (Fisher 1958, Jenks 1977).</summary>
    /// <param name="values">The values of all areas.</param>
    /// <param name="classes">The most classes wanted.</param>
    public static IReadOnlyList<double> Natural(IEnumerable<double> values, int classes) =>
        NaturalBreaks.Bounds(values.Where(v => v > 0), classes);

    /// <summary>Names of the methods; the first is the standard.</summary>
    public static readonly IReadOnlyList<string> Methods = ["quantile", "equal", "natural"];

    /// <summary>Upper bounds by the name of a method.</summary>
    public static IReadOnlyList<double> Of(
        string method,
        IReadOnlyCollection<double> values,
        int classes
    ) =>
        method switch
        {
            "equal" => EqualIntervals(values, classes),
            "natural" => Natural(values, classes),
            _ => Quantiles(values, classes),
        };

    /// <summary>The classes with their number of areas.</summary>
    public static IReadOnlyList<ValueClass> Classes(
        IReadOnlyCollection<double> values,
        IReadOnlyList<double> breaks
    )
    {
        var result = new List<ValueClass>(breaks.Count);
        var from = 0d;
        foreach (var to in breaks)
        {
            var above = from;
            result.Add(new ValueClass(from, to, values.Count(v => v > above && v <= to)));
            from = to;
        }

        return result;
    }
}
