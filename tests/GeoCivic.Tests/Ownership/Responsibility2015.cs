using GeoCivic.Imports.Reading;

namespace GeoCivic.Tests.Ownership;

/// <summary>The table of 2015 from <c>data/reference</c>, and a workbook laid out like it.</summary>
internal static class Responsibility2015
{
    /// <summary>The sheet's row of the first requirement.</summary>
    public const int FirstRow = 5;

    private static readonly string[] Separators = ["\n", "、", "  ", "\n\n"];

    /// <summary>The lines of the file.</summary>
    public static List<Line> Lines()
    {
        using var file = SourceFile.Open(
            Path.Combine(RepositoryFiles.Root, "data", "reference", "responsibility_2015.csv"),
            "responsibility_2015.csv",
            new SourceOptions("utf-8")
        );
        var lines = new List<Line>();
        foreach (var row in file.ReadRows(CancellationToken.None))
        {
            string Of(string column) => row[column] ?? "";
            lines.Add(
                new Line(
                    new Printed(Of("level2_code"), Of("level2_name"), Of("level2_cell")),
                    new Printed(Of("level3_code"), Of("level3_name"), Of("level3_cell")),
                    Of("item"),
                    Of("requirement"),
                    Several(Of("methods")),
                    Of("methods_cell"),
                    Several(Of("bodies")),
                    Of("bodies_cell")
                )
            );
        }
        return lines;
    }

    /// <summary>The workbook: every spanned cell is a real merge with the one above.</summary>
    public static string Save(IReadOnlyList<Line> lines)
    {
        var book = new ResponsibilityWorkbook().Header();
        var columns = ((char Letter, Func<Line, string> Cell)[])
            [
                ('A', l => l.Two.Cell),
                ('B', l => l.Three.Cell),
                ('D', l => l.MethodsCell),
                ('E', l => l.BodiesCell),
            ];
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            book.Row(
                line.Two.Text,
                // Some cells of the original have no break between code and name.
                i % 4
                == 0
                    ? line.Three.Text?.Replace("\n", "", StringComparison.Ordinal)
                    : line.Three.Text,
                line.Item + line.Requirement,
                Text(line.Methods, line.MethodsCell, "\n"),
                Text(line.Bodies, line.BodiesCell, Separators[i % Separators.Length])
            );
            foreach (var (letter, cell) in columns)
            {
                var end = i + 1;
                while (end < lines.Count && cell(lines[end]) == "spanned")
                {
                    end++;
                }
                if (cell(line) != "spanned" && end > i + 1)
                {
                    book.Merge($"{letter}{FirstRow + i}:{letter}{FirstRow + end - 1}");
                }
            }
        }
        return book.Save();
    }

    private static string[] Several(string values) =>
        values.Split('|', StringSplitOptions.RemoveEmptyEntries);

    private static string? Text(string[] values, string cell, string separator) =>
        cell switch
        {
            "printed" => string.Join(separator, values),
            "blank" => "",
            _ => null,
        };

    /// <summary>A task cell.</summary>
    internal sealed record Printed(string Code, string Name, string Cell)
    {
        public string? Text => Cell == "printed" ? $"{Code}\n{Name}" : null;
    }

    /// <summary>A line of the file.</summary>
    internal sealed record Line(
        Printed Two,
        Printed Three,
        string Item,
        string Requirement,
        string[] Methods,
        string MethodsCell,
        string[] Bodies,
        string BodiesCell
    );
}
