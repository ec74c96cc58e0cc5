using GeoCivic.Imports;

namespace GeoCivic.Commands;

/// <summary>An import report for people.</summary>
internal static class ImportReportText
{
    private const int MostRows = 1000;

    public static void Write(ImportReport report, TextWriter text)
    {
        foreach (var row in report.Rows.Take(MostRows))
        {
            // Many reasons say the place themselves.
            var place =
                row.Lon is { } lon
                && row.Lat is { } lat
                && !row.Reason.Contains(" at ", StringComparison.Ordinal)
                    ? FormattableString.Invariant($" at {lon:0.#######},{lat:0.#######}")
                    : "";
            var value = row.Value is null ? "" : $" ('{row.Value}')";
            var code = row.Code is null ? "" : $" ({row.Code})";
            text.WriteLine($"{row.Place}{code}: {row.Field}{value}: {row.Reason}{place}");
        }

        if (report.Rows.Count > MostRows)
        {
            text.WriteLine(
                $"… and {report.Rows.Count - MostRows} more refused rows (--json has them all)"
            );
        }

        foreach (var warning in report.Warnings)
        {
            text.WriteLine($"note: {warning.Message}");
            foreach (var detail in (warning.Details ?? []).Take(20))
            {
                text.WriteLine($"      {detail}");
            }
        }

        text.WriteLine(
            $"read {report.Read}, added {report.Added}, changed {report.Changed}, unchanged {report.Unchanged}, refused {report.Refused}"
        );
        if (report.Placement is { } placement)
        {
            text.WriteLine(
                $"placed: inside a grid {placement.Inside}, snapped {placement.Snapped}, orphans {placement.Orphan}"
            );
        }

        foreach (
            var (dataset, moved) in report.Moved
                ?? new Dictionary<string, MovedCounts>(StringComparer.Ordinal)
        )
        {
            if (moved.Examined > 0)
            {
                text.WriteLine(
                    $"{dataset}: {moved.Examined} near changed boundaries; {moved.ChangedGrid} changed grid, {moved.NewlyPlaced} newly placed, {moved.BecameOrphan} became orphans"
                );
            }
        }

        text.WriteLine(
            report switch
            {
                { Committed: true } => "Imported.",
                { DryRun: true } => "Dry run: nothing was written.",
                _ =>
                    "Nothing was written because rows were refused; correct them, or use --skip-bad-rows to import the others.",
            }
        );
    }
}
