namespace GeoCivic.Assessments;

/// <summary>What an importer announces about a tree, so that a table with rows lost on the way is not taken for it.</summary>
/// <param name="Levels">Rows of each level from the top, or null.</param>
/// <param name="Points">Different evaluation points attached, or null.</param>
/// <param name="Households">Households asked, or null.</param>
internal sealed record Announced(int[]? Levels, int? Points, int? Households);

/// <summary>A number that differs from what was announced.</summary>
internal sealed record Figure(string Name, long Expected, long Found);

/// <summary>Checks that rows are one tree, and its numbers.</summary>
internal static class TreeCheck
{
    /// <summary>Codes that are there twice, parents that are missing or of the wrong level, points on inner rows.</summary>
    public static void Check(IReadOnlyList<TreeRow> rows, List<TreeFault> faults)
    {
        var byCode = new Dictionary<string, TreeRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            if (!byCode.TryAdd(row.Code, row))
            {
                faults.Add(
                    new TreeFault(row.Line, "code", $"is that of line {byCode[row.Code].Line} too")
                );
            }
        }

        var inner = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.Parent is not null))
        {
            inner.Add(row.Parent!);
            if (!byCode.TryGetValue(row.Parent!, out var parent))
            {
                faults.Add(new TreeFault(row.Line, "parent", "is the code of no row"));
            }
            else if (parent.Level != row.Level - 1)
            {
                faults.Add(
                    new TreeFault(
                        row.Line,
                        "parent",
                        $"is of level {parent.Level}, not {row.Level - 1}"
                    )
                );
            }
        }

        foreach (var row in rows.Where(r => inner.Contains(r.Code)))
        {
            if (row.Points.Length + row.PointTypes.Length > 0)
            {
                faults.Add(
                    new TreeFault(
                        row.Line,
                        "points",
                        "are looked at for the rows below; attach them there"
                    )
                );
            }

            if (row.Veto)
            {
                faults.Add(
                    new TreeFault(row.Line, "veto", "belongs to a row with nothing below it")
                );
            }
        }

        if (rows.Count > 0 && !rows.Any(r => r.Level == 1))
        {
            faults.Add(new TreeFault(rows[0].Line, "level", "of no row is 1"));
        }
    }

    /// <summary>Rows of each level, from the top.</summary>
    public static int[] Levels(IReadOnlyCollection<TreeRow> rows) =>
        rows.Count == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(1, rows.Max(r => r.Level))
                    .Select(level => rows.Count(r => r.Level == level)),
            ];

    /// <summary>Where the tree differs from what was announced.</summary>
    public static List<Figure> Compare(
        Announced announced,
        int[] levels,
        long points,
        long households
    )
    {
        var differ = new List<Figure>();
        void Add(string name, long? expected, long found)
        {
            if (expected is { } number && number != found)
            {
                differ.Add(new Figure(name, number, found));
            }
        }

        if (announced.Levels is { } expected)
        {
            for (var i = 0; i < Math.Max(expected.Length, levels.Length); i++)
            {
                Add(
                    $"level {i + 1}",
                    i < expected.Length ? expected[i] : 0,
                    i < levels.Length ? levels[i] : 0
                );
            }
        }

        Add("points", announced.Points, points);
        Add("households", announced.Households, households);
        return differ;
    }
}
