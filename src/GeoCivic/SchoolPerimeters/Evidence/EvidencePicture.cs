using DocumentFormat.OpenXml.Wordprocessing;
using GeoCivic.Exports;
using A = DocumentFormat.OpenXml.Drawing;
using Pic = DocumentFormat.OpenXml.Drawing.Pictures;
using Wp = DocumentFormat.OpenXml.Drawing.Wordprocessing;

namespace GeoCivic.SchoolPerimeters.Evidence;

/// <summary>The picture of the evidence sheet.</summary>
internal static class EvidencePicture
{
    /// <summary>The picture, a little narrower than the page so that the verdict stands below it, with a text for those who do not see it.</summary>
    public static Paragraph Of(string part, int width, int height, string description)
    {
        // An English Metric Unit is the 635th part of a twentieth of a point.
        var wide = PerimeterPaper.Paper.Width * 635L * 85 / 100;
        var tall = wide * height / width;
        return new Paragraph(
            DocxPaper.Centred(80),
            new Run(
                new Drawing(
                    new Wp.Inline(
                        new Wp.Extent { Cx = wide, Cy = tall },
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
                                            new A.Extents { Cx = wide, Cy = tall }
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
}
