using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Exports;
using GeoCivic.Http;

namespace GeoCivic.SchoolPerimeters;

/// <summary>A column of a table that is given out as CSV or as a sheet.</summary>
/// <param name="Header">Chinese header.</param>
/// <param name="Value">Null, text, <see cref="double"/>, <see cref="bool"/>, <see cref="DateOnly"/> or an instant in UTC.</param>
/// <param name="Width">Width on a sheet, in characters.</param>
internal sealed record TableColumn<T>(string Header, Func<T, object?> Value, double Width = 12);

/// <summary>Gives rows out as CSV with a byte order mark or as a sheet. The last two columns are longitude and latitude.</summary>
internal static class PerimeterTable
{
    /// <summary>Writes the answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="format"><c>csv</c> or <c>xlsx</c>.</param>
    /// <param name="name">English name of the file without its extension.</param>
    /// <param name="title">Chinese name of the file and of the sheet.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task AnswerAsync<T>(
        HttpResponse response,
        string format,
        string name,
        string title,
        IReadOnlyList<TableColumn<T>> columns,
        IEnumerable<T> rows,
        CancellationToken cancellationToken
    )
    {
        response.Headers.CacheControl = "no-store";
        response.SaveAs(name, title, format);
        if (format == "csv")
        {
            response.ContentType = "text/csv; charset=utf-8";
            await WriteCsvAsync(response.Body, columns, rows);
            return;
        }

        // A zip made of a stream that cannot go back holds sizes behind the data, which not every office program reads.
        using var file = new MemoryStream();
        await using (
            var sheet = new XlsxSheet(
                file,
                title,
                [.. columns.Select(c => new XlsxColumn(c.Header, c.Width))],
                filters: true
            )
        )
        {
            foreach (var row in rows)
            {
                sheet.Write([
                    .. columns.Select(c =>
                        c.Value(row) is bool truth ? YesOrNo(truth) : c.Value(row)
                    ),
                ]);
            }

            sheet.Complete();
        }

        response.ContentType = XlsxSheet.MediaType;
        response.ContentLength = file.Length;
        file.Position = 0;
        await file.CopyToAsync(response.Body, cancellationToken);
    }

    private static async Task WriteCsvAsync<T>(
        Stream body,
        IReadOnlyList<TableColumn<T>> columns,
        IEnumerable<T> rows
    )
    {
        string[] headers = [.. columns.Select(c => c.Header)];
        await using var csv = new CsvExport(body, headers[..^2], headers[^2..]);
        foreach (var row in rows)
        {
            await csv.WriteAsync([.. columns.Select(c => Text(c.Value(row)))]);
        }

        await csv.CompleteAsync();
    }

    private static string? Text(object? value) =>
        value switch
        {
            null => null,
            bool truth => YesOrNo(truth),
            double number => number.ToString("0.#######", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime instant => (instant + BeijingTime.Offset).ToString(
                "yyyy-MM-dd HH:mm:ss",
                CultureInfo.InvariantCulture
            ),
            var text => (string)text,
        };

    private static string YesOrNo(bool truth) => truth ? "是" : "否";
}
