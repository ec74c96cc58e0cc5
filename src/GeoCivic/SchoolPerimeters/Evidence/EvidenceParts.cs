using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>Paragraphs, tables and the picture of the evidence sheet.</summary>
internal static class EvidenceParts
{
    // Half points.
    private const string TitleSize = "36";
    private const string TextSize = "21";
    private const string NoteSize = "18";

    // Between the margins: twentieths of a point, and English Metric Units (914,400 an inch).
    private const int Width = 9070;
    private const long PictureWidth = 9070L * 635;

    public static Paragraph Title(string text) => Centred(Line(text, TitleSize, "黑体"));

    public static Paragraph Middle(string text) => Centred(Line(text, TextSize, "楷体"));

    public static Paragraph Heading(string text) =>
        new(
            new ParagraphProperties(
                new KeepNext(),
                new SpacingBetweenLines { Before = "160", After = "60" }
            ),
            Line(text, "24", "黑体")
        );

    public static Paragraph Text(string text) =>
        new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "20", After = "40" }),
            Line(text, TextSize)
        );

    public static Paragraph Note(string text) =>
        new(
            new ParagraphProperties(new SpacingBetweenLines { Before = "20", After = "20" }),
            Line(text, NoteSize)
        );

    /// <summary>A table whose header is repeated on every page.</summary>
    public static Table Table(string[] headers, int[] shares, IEnumerable<string[]> rows)
    {
        var sum = shares.Sum();
        int[] widths = [.. shares.Select(s => Width * s / sum)];
        return new Table([
            new TableProperties(
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = Number(widths.Sum()) },
                new TableBorders(
                    new TopBorder { Val = BorderValues.Single, Size = 4 },
                    new LeftBorder { Val = BorderValues.Single, Size = 4 },
                    new BottomBorder { Val = BorderValues.Single, Size = 4 },
                    new RightBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 },
                    new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }
                ),
                new TableLayout { Type = TableLayoutValues.Fixed }
            ),
            new TableGrid(widths.Select(w => new GridColumn { Width = Number(w) })),
            Row(headers, widths, header: true),
            .. rows.Select(row => Row(row, widths, header: false)),
        ]);
    }

    /// <summary>The picture, as wide as the page, with a text for those who do not see it.</summary>
    public static Paragraph Picture(string part, int width, int height, string description)
    {
        var tall = PictureWidth * height / width;
        return Centred(
            new Run(
                new Drawing(
                    new Wp.Inline(
                        new Wp.Extent { Cx = PictureWidth, Cy = tall },
                        new Wp.DocProperties
                        {
                            Id = 1,
                            Name = "map",
                            Description = description,
                        },
                        new A.Graphic(
                            new A.GraphicData(
                                new Pic.Picture(
                                    new Pic.NonVisualPictureProperties(
                                        new Pic.NonVisualDrawingProperties { Id = 1, Name = "map" },
                                        new Pic.NonVisualPictureDrawingProperties()
                                    ),
                                    new Pic.BlipFill(
                                        new A.Blip { Embed = part },
                                        new A.Stretch(new A.FillRectangle())
                                    ),
                                    new Pic.ShapeProperties(
                                        new A.Transform2D(
                                            new A.Offset { X = 0, Y = 0 },
                                            new A.Extents { Cx = PictureWidth, Cy = tall }
                                        ),
                                        new A.PresetGeometry
                                        {
                                            Preset = A.ShapeTypeValues.Rectangle,
                                        }
                                    )
                                )
                            )
                            {
                                Uri = "http://schemas.openxmlformats.org/drawingml/2006/picture",
                            }
                        )
                    )
                    {
                        DistanceFromTop = 0,
                        DistanceFromBottom = 0,
                        DistanceFromLeft = 0,
                        DistanceFromRight = 0,
                    }
                )
            )
        );
    }

    /// <summary>A4 upright.</summary>
    public static SectionProperties Page() =>
        new(
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin
            {
                Top = 1134,
                Bottom = 1134,
                Left = 1418,
                Right = 1418,
                Header = 851,
                Footer = 851,
                Gutter = 0,
            }
        );

    /// <summary>What text looks like where nothing else is said.</summary>
    public static Styles Styles() =>
        new(
            new DocDefaults(
                new RunPropertiesDefault(
                    new RunPropertiesBaseStyle(
                        Fonts("仿宋"),
                        new FontSize { Val = TextSize },
                        new FontSizeComplexScript { Val = TextSize },
                        new Languages { Val = "en-US", EastAsia = "zh-CN" }
                    )
                ),
                new ParagraphPropertiesDefault()
            )
        );

    private static TableRow Row(string[] texts, int[] widths, bool header) =>
        new([
            header
                ? new TableRowProperties(new CantSplit(), new TableHeader())
                : new TableRowProperties(new CantSplit()),
            .. texts.Select(
                (text, i) =>
                    new TableCell(
                        new TableCellProperties(
                            new TableCellWidth
                            {
                                Type = TableWidthUnitValues.Dxa,
                                Width = Number(widths[i]),
                            }
                        ),
                        new Paragraph(Line(text, TextSize, header ? "黑体" : "仿宋"))
                    )
            ),
        ]);

    private static Paragraph Centred(Run run) =>
        new(
            new ParagraphProperties(
                new SpacingBetweenLines { After = "80" },
                new Justification { Val = JustificationValues.Center }
            ),
            run
        );

    private static Run Line(string text, string size, string font = "仿宋") =>
        new(
            new RunProperties(
                Fonts(font),
                new FontSize { Val = size },
                new FontSizeComplexScript { Val = size }
            ),
            new Text(text) { Space = SpaceProcessingModeValues.Preserve }
        );

    private static RunFonts Fonts(string font) =>
        new()
        {
            Ascii = "Times New Roman",
            HighAnsi = "Times New Roman",
            EastAsia = font,
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
