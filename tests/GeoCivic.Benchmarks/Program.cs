using GeoCivic.Benchmarks;

// Usage: GeoCivic.Benchmarks [NAME…]; without a name, all. Each prints a table whose ratios compare with a baseline
// measured in the same run.
var benchmarks = new Dictionary<string, Func<TextWriter, Task>>(StringComparer.Ordinal)
{
    ["locator"] = LocatorBenchmark.RunAsync,
    ["import"] = ImportBenchmark.RunAsync,
    ["dbscan"] = DbscanBenchmark.RunAsync,
    ["perimeters"] = PerimetersBenchmark.RunAsync,
    ["check"] = CheckBenchmark.RunAsync,
    ["choropleth"] = ChoroplethBenchmark.RunAsync,
    // Last: it takes the indexes off the issues.
    ["counts"] = CountsBenchmark.RunAsync,
    ["gi"] = GiStarBenchmark.RunAsync,
};

foreach (string name in args.Length == 0 ? [.. benchmarks.Keys] : args)
{
    if (!benchmarks.TryGetValue(name, out Func<TextWriter, Task>? run))
    {
        await Console.Error.WriteLineAsync(
            $"No benchmark '{name}'; there are: {string.Join(", ", benchmarks.Keys)}."
        );
        return 2;
    }

    await run(Console.Out);
    await Console.Out.WriteLineAsync();
}

return 0;
