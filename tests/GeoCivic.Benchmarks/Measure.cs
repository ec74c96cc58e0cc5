using System.Diagnostics;

namespace GeoCivic.Benchmarks;

/// <summary>Wall-clock times of repeated runs.</summary>
internal static class Measure
{
    /// <summary>The database of the environment.</summary>
    internal static string ConnectionString()
    {
        string? connection = Environment.GetEnvironmentVariable("ConnectionStrings__GeoCivic");
        return string.IsNullOrWhiteSpace(connection)
            ? throw new InvalidOperationException(
                "Set ConnectionStrings__GeoCivic to a PostGIS database whose user may create schemas."
            )
            : connection;
    }

    /// <summary>The times of <paramref name="repetitions"/> runs after <paramref name="warmUps"/> unmeasured ones.</summary>
    internal static Timing Run(int warmUps, int repetitions, Action action)
    {
        var times = new List<TimeSpan>(repetitions);
        for (int i = 0; i < warmUps + repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            if (i >= warmUps)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return Timing.Of(times);
    }

    /// <inheritdoc cref="Run(int, int, Action)"/>
    internal static async Task<Timing> RunAsync(int warmUps, int repetitions, Func<Task> action)
    {
        var times = new List<TimeSpan>(repetitions);
        for (int i = 0; i < warmUps + repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            await action();
            if (i >= warmUps)
            {
                times.Add(Stopwatch.GetElapsedTime(start));
            }
        }

        return Timing.Of(times);
    }
}

/// <summary>The best and the median of several runs.</summary>
internal sealed record Timing(TimeSpan Best, TimeSpan Median)
{
    /// <summary>One thing after the other.</summary>
    public static Timing operator +(Timing a, Timing b) =>
        new(a.Best + b.Best, a.Median + b.Median);

    internal static Timing Of(List<TimeSpan> times)
    {
        times.Sort();
        return new Timing(times[0], times[times.Count / 2]);
    }
}
