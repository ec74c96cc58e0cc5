namespace GeoCivic.Http;

/// <summary>Answers that are saved as files.</summary>
public static class Attachment
{
    /// <summary>Names the file that an answer is saved as (RFC 6266): in Chinese, and in ASCII for who cannot read that.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="ascii">Name in ASCII, without its extension.</param>
    /// <param name="chinese">Name in Chinese, without its extension.</param>
    /// <param name="extension">Extension, without its dot.</param>
    public static void SaveAs(
        this HttpResponse response,
        string ascii,
        string chinese,
        string extension
    ) =>
        response.Headers.ContentDisposition =
            $"attachment; filename=\"{ascii}.{extension}\"; filename*=UTF-8''{Uri.EscapeDataString($"{chinese}.{extension}")}";
}
