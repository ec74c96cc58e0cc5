using System.Runtime.CompilerServices;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>Which rows of the table are given out.</summary>
/// <param name="Verdicts">Codes of verdicts, or all.</param>
/// <param name="Text">Part of a name or code of a school or venue.</param>
/// <param name="After">The last row of the page before.</param>
internal sealed record ComplianceFilter(string[]? Verdicts, string? Text, RowKey? After)
{
    /// <summary>Whether a row is asked for.</summary>
    public bool Passes(ComplianceRow row)
    {
        return (After is not { } after || row.Key.IsAfter(after))
            && Verdicts?.Contains(row.Decision.Verdict.ToName(), StringComparer.Ordinal) != false
            && (
                Text is null
                || Holds(row.School.Name)
                || Holds(row.School.Code)
                || Holds(row.Venue.Name)
                || Holds(row.Venue.Code)
            );

        bool Holds(string value) => value.Contains(Text, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A page of the table.</summary>
/// <param name="filter">Which rows.</param>
/// <param name="limit">Most rows.</param>
/// <param name="names">Chinese names of categories by code.</param>
internal sealed class ComplianceList(
    ComplianceFilter filter,
    int limit,
    IReadOnlyDictionary<string, string> names
)
{
    /// <summary>The last row of the page when more follow; known when the rows were read.</summary>
    public RowKey? Next { get; private set; }

    /// <summary>The rows; what is behind the page is not measured.</summary>
    public async IAsyncEnumerable<ComplianceCell> CellsAsync(
        ComplianceRows compliance,
        ComplianceQuestion question,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        RowKey last = default;
        var count = 0;
        await foreach (var school in compliance.OfAsync(question, cancellationToken))
        {
            foreach (var row in school.Rows.Where(filter.Passes))
            {
                if (count == limit)
                {
                    Next = last;
                    yield break;
                }

                count++;
                last = row.Key;
                yield return new ComplianceCell(
                    row,
                    names.GetValueOrDefault(row.Venue.Category, row.Venue.Category)
                );
            }
        }
    }
}
