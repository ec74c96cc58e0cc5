using GeoCivic.Imports.Reading;

namespace GeoCivic.Assessments;

/// <summary>
/// Reads an assessment tree from a table (CSV or xlsx): one row a node, headers in English or Chinese in any order.
/// </summary>
internal static class TreeReader
{
    private const int MostLevels = 6;

    private static readonly (string Field, string[] Headers, bool Required)[] Columns =
    [
        ("level", ["level", "级别", "层级"], true),
        ("code", ["code", "编号", "代码"], true),
        ("parent", ["parent", "上级", "上级编号"], true),
        ("name", ["name", "名称", "内容"], true),
        ("methods", ["methods", "method", "测评方法", "方法"], false),
        ("weight", ["weight", "权重"], false),
        ("veto", ["veto", "一票否决"], false),
        ("point_types", ["point_types", "点位类型"], false),
        ("points", ["points", "点位", "点位编号"], false),
        ("households", ["households", "户数"], false),
        ("basis", ["basis", "依据"], false),
    ];

    // The words of the assessment system for its first four levels.
    private static readonly string[] LevelNames = ["大项", "子项", "小项", "指标"];

    private static readonly Dictionary<string, string> MethodNames = new(StringComparer.Ordinal)
    {
        ["documents"] = "documents",
        ["网上申报"] = "documents",
        ["材料审核"] = "documents",
        ["field_visit"] = "field_visit",
        ["实地考察"] = "field_visit",
        ["survey"] = "survey",
        ["问卷调查"] = "survey",
        ["入户调查"] = "survey",
    };

    private static readonly char[] Separators = ['、', ',', '，', ';', '；', '/', '\n'];

    /// <summary>Reads all rows; faults are collected.</summary>
    /// <exception cref="SourceFileException">The file as a whole is refused.</exception>
    public static (List<TreeRow> Rows, List<TreeFault> Faults) Read(
        string path,
        string fileName,
        CancellationToken cancellationToken
    )
    {
        using var source = SourceFile.Open(path, fileName, new SourceOptions());
        if (!source.IsTable)
        {
            throw new SourceFileException(
                415,
                "unsupported-format",
                "An assessment tree is a table. Send CSV or xlsx."
            );
        }

        var places = Places(source.Columns);
        var rows = new List<TreeRow>();
        var faults = new List<TreeFault>();
        foreach (var row in source.ReadRows(cancellationToken))
        {
            if (row.Fault is { } fault)
            {
                faults.Add(new TreeFault(row.Line, fault.Field, fault.Reason));
            }
            else
            {
                var cells = new Cells(row, places, faults);
                if (Take(cells) is { } taken)
                {
                    rows.Add(taken);
                }
            }
        }

        return (rows, faults);
    }

    private static Dictionary<string, int> Places(IReadOnlyList<string> header)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, names, _) in Columns)
        {
            for (var i = 0; i < header.Count && !places.ContainsKey(field); i++)
            {
                if (names.Contains(header[i].Trim(), StringComparer.OrdinalIgnoreCase))
                {
                    places[field] = i;
                }
            }
        }

        string[] missing =
        [
            .. Columns.Where(c => c.Required && !places.ContainsKey(c.Field)).Select(c => c.Field),
        ];
        return missing.Length == 0
            ? places
            : throw new SourceFileException(
                422,
                "columns-missing",
                $"The table has no column for {string.Join(", ", missing)}.",
                new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["columns"] = header,
                    ["missing"] = missing,
                }
            );
    }

    private static TreeRow? Take(Cells cells)
    {
        var level = ReadLevel(cells);
        var code = cells.Text("code", 64, required: true);
        var parent = cells.Text("parent", 64);
        var name = cells.Text("name", 500, required: true);
        if (level == 1 && parent is not null)
        {
            cells.Fault("parent", "is given, but level 1 has nothing above it");
        }
        else if (level > 1 && parent is null)
        {
            cells.Fault("parent", "is empty");
        }

        var row = new TreeRow(cells.Line, code ?? "", level ?? 0, parent, name ?? "")
        {
            Basis = cells.Text("basis", 500),
            Methods = ReadMethods(cells),
            Weight = cells.Number("weight", 1e-6, 1e6) ?? 1,
            Veto = ReadVeto(cells),
            PointTypes = List(cells, "point_types"),
            Points = List(cells, "points"),
            Households = (int?)cells.Number("households", 0, 1e6),
        };
        return code is null || level is null ? null : row;
    }

    private static int? ReadLevel(Cells cells)
    {
        if (cells.Text("level", 20, required: true) is not { } text)
        {
            return null;
        }

        var named = Array.IndexOf(LevelNames, text);
        if (named >= 0)
        {
            return named + 1;
        }

        if (text.Length == 1 && text[0] is >= '1' and <= (char)('0' + MostLevels))
        {
            return text[0] - '0';
        }

        cells.Fault(
            "level",
            $"must be 1 to {MostLevels} or one of {string.Join("、", LevelNames)}"
        );
        return null;
    }

    private static string[] ReadMethods(Cells cells)
    {
        var methods = new List<string>();
        foreach (var word in List(cells, "methods"))
        {
            if (MethodNames.TryGetValue(word, out var method))
            {
                methods.Add(method);
            }
            else
            {
                cells.Fault(
                    "methods",
                    $"'{RowFault.Shorten(word)}' is none of {string.Join("、", MethodNames.Keys)}"
                );
            }
        }

        return [.. methods.Distinct(StringComparer.Ordinal)];
    }

    private static bool ReadVeto(Cells cells)
    {
        switch (cells.Text("veto", 20)?.ToLowerInvariant())
        {
            case null or "否" or "no" or "false" or "0":
                return false;
            case "是" or "yes" or "true" or "1" or "√":
                return true;
            default:
                cells.Fault("veto", "must be 是 or 否 (yes or no)");
                return false;
        }
    }

    private static string[] List(Cells cells, string field) =>
        cells
            .Text(field, 100_000)
            ?.Split(
                Separators,
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
            .Distinct(StringComparer.Ordinal)
            .ToArray()
        ?? [];

    /// <summary>The cells of one row.</summary>
    private sealed class Cells(
        SourceRow row,
        Dictionary<string, int> places,
        List<TreeFault> faults
    )
    {
        public long Line => row.Line;

        public void Fault(string field, string reason) =>
            faults.Add(new TreeFault(row.Line, field, reason));

        public string? Text(string field, int maxLength, bool required = false)
        {
            var raw = places.TryGetValue(field, out var place) ? row.ValueAt(place) : null;
            if (raw is not null)
            {
                // A cell may list its entries line by line.
                if (!StrictText.TryClean(raw, maxLength, out var text, out var reason, lines: true))
                {
                    Fault(field, reason!);
                    return null;
                }

                if (!string.IsNullOrEmpty(text))
                {
                    return text;
                }
            }

            if (required)
            {
                Fault(field, "is empty");
            }

            return null;
        }

        public double? Number(string field, double min, double max)
        {
            if (Text(field, 40) is not { } text)
            {
                return null;
            }

            if (!StrictNumber.TryParse(text, out var number) || !(number >= min && number <= max))
            {
                Fault(
                    field,
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"must be a number between {min} and {max}"
                    )
                );
                return null;
            }

            return number;
        }
    }
}
