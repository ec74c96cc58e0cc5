using System.Text;
using Npgsql;

namespace GeoCivic.Http;

/// <summary>Answers with JSON text that the database made.</summary>
public static class JsonText
{
    /// <summary>The first column of the first row as the answer, or a 404.</summary>
    public static async Task<IResult> OneAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken,
        string contentType = "application/json"
    )
    {
        var text = await command.ExecuteScalarAsync(cancellationToken) as string;
        return text is null
            ? throw new ProblemException(Problems.NotFound, "Nothing has this code or id.")
            : Results.Text(text, contentType, Encoding.UTF8);
    }
}
