namespace GeoCivic.Bulletins;

/// <summary>One indicator's part of a score.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Figure">Its figure; null where there is none.</param>
/// <param name="Points">Points of 100; null where it has no value and is left out.</param>
internal sealed record ScorePart(Indicator Indicator, BulletinFigure? Figure, double? Points);

/// <summary>Takes a score apart: the figures kept with the bulletin and the formula it names give it again.</summary>
internal static class ScoreParts
{
    /// <summary>The parts of a score.</summary>
    public static IEnumerable<ScorePart> Of(BulletinSheet sheet, BulletinFigure score) =>
        sheet
            .Formula.Of(score.Subject)
            .Select(indicator =>
            {
                var figure = sheet.Content.Find(
                    BulletinFigure.KeyOf(score.Subject, score.Code, indicator.Code)
                );
                return new ScorePart(
                    indicator,
                    figure,
                    figure?.Value is { } value ? indicator.Points(value) : null
                );
            });
}
