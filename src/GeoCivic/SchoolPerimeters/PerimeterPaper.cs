using GeoCivic.Exports;
using GeoCivic.Http;

namespace GeoCivic.SchoolPerimeters;

/// <summary>
/// What sheets about surroundings of schools look like on paper: title 小二, headings 小四, text 五号, tables and notes 小五.
/// </summary>
internal static class PerimeterPaper
{
    /// <summary>The paper.</summary>
    public static readonly DocxPaper Paper = new(
        36,
        24,
        21,
        18,
        new DocxMargins(1134, 1134, 1418, 1418)
    );

    /// <summary>Gives a document out.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="file">The document.</param>
    /// <param name="name">English name of the file without its extension.</param>
    /// <param name="title">Its Chinese name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task AnswerAsync(
        HttpResponse response,
        byte[] file,
        string name,
        string title,
        CancellationToken cancellationToken
    )
    {
        response.Headers.CacheControl = "no-store";
        response.SaveAs(name, title, "docx");
        response.ContentType = DocxPaper.MediaType;
        response.ContentLength = file.Length;
        await response.Body.WriteAsync(file, cancellationToken);
    }
}
