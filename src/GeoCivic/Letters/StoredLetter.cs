using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>A letter of the book.</summary>
/// <param name="Street">Its street.</param>
/// <param name="Sheet">What stands on it.</param>
/// <param name="Summary">What lists say of it.</param>
internal sealed record StoredLetter(string Street, LetterSheet Sheet, JsonObject Summary)
{
    /// <summary>The id of a path.</summary>
    /// <exception cref="ProblemException">It names no letter.</exception>
    public static Guid Key(string id) =>
        Guid.TryParse(id, out var key)
            ? key
            : throw new ProblemException(Problems.NotFound, "There is no letter with this id.");

    /// <summary>Reads a letter that the caller may see.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public static async Task<StoredLetter> FindAsync(
        NpgsqlDataSource source,
        string id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Letters/get_letter.sql"))
            .With("id", Key(id))
            .With(caller.Scope);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw new ProblemException(Problems.NotFound, "There is no letter with this id.");
        }

        string? Text(string name) =>
            row.IsDBNull(row.GetOrdinal(name)) ? null : row.GetString(row.GetOrdinal(name));
        var labels = row.GetFieldValue<string[]>(row.GetOrdinal("labels"));
        var entries = row.GetFieldValue<string[]>(row.GetOrdinal("entries"));
        return new StoredLetter(
            Text("street_code")!,
            new LetterSheet(
                LetterKinds.Title(Text("kind")!),
                Text("number") ?? "（草稿，未编号）",
                Text("subject")!,
                Text("to_title")!,
                row.GetFieldValue<string[]>(row.GetOrdinal("paragraphs")),
                [.. labels.Zip(entries)],
                Text("copy_to"),
                Text("from_title")!,
                ChineseDate.DayOf(row.GetDateTime(row.GetOrdinal("dated")))
            ),
            JsonNode.Parse(Text("summary")!)!.AsObject()
        );
    }

    /// <summary>The answer of a call: what lists say, and the words.</summary>
    public JsonObject ToJson()
    {
        var json = Summary.DeepClone().AsObject();
        json["title"] = Sheet.Title;
        json["to"] = Sheet.To;
        json["from"] = Sheet.From;
        json["copy_to"] = Sheet.CopyTo;
        json["date"] = $"{Sheet.Date:yyyy-MM-dd}";
        json["paragraphs"] = new JsonArray([.. Sheet.Paragraphs.Select(p => (JsonNode)p)]);
        json["facts"] = new JsonArray([
            .. Sheet.Facts.Select(f =>
                (JsonNode)new JsonObject { ["label"] = f.Label, ["value"] = f.Value }
            ),
        ]);
        return json;
    }
}
