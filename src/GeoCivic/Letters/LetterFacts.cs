using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>What a letter about a task quotes, as it stands at this moment.</summary>
internal sealed record LetterFacts
{
    public required string Street { get; init; }
    public required string Code { get; init; }
    public required string Category { get; init; }
    public string? Community { get; init; }
    public string? Grid { get; init; }
    public string? Point { get; init; }
    public string? Building { get; init; }
    public string? Floor { get; init; }
    public string? SubPlace { get; init; }
    public string? Name { get; init; }
    public string? Description { get; init; }
    public required DateTime FoundAt { get; init; }
    public required string BodyCode { get; init; }
    public required string Body { get; init; }
    public required bool Leads { get; init; }
    public required DateTime DispatchedAt { get; init; }

    /// <summary>The deadline that runs now.</summary>
    public DateTime? DueAt { get; init; }
    public DateTime? ReplyDueAt { get; init; }
    public string? ReplyExplanation { get; init; }
    public DateTime? RectifyDueAt { get; init; }
    public string? RectifyExplanation { get; init; }

    /// <summary>The leader who follows the matter, by title.</summary>
    public string? Leader { get; init; }
    public string? Lead { get; init; }
    public string? Cooperating { get; init; }
    public string? NoticeNumber { get; init; }

    /// <summary>Number of the first reminder about the deadline that runs.</summary>
    public string? ReminderNumber { get; init; }

    /// <summary>Where it is, from the community to the floor. Names of grids mostly begin with their community's.</summary>
    public string Place =>
        string.Concat(
            Community is not null && Grid?.StartsWith(Community, StringComparison.Ordinal) is true
                ? null
                : Community,
            Grid,
            Point,
            Building,
            Floor is null ? null : $"{Floor}层",
            SubPlace
        );

    /// <summary>Reads them within a transaction.</summary>
    /// <exception cref="InvalidOperationException">There is no such task.</exception>
    public static async Task<LetterFacts> ReadAsync(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string street,
        Guid issue,
        int task,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Sql.Load("Letters/letter_facts.sql"),
            connection,
            transaction
        )
            .With("street", street)
            .With("issue", issue)
            .With("task", task);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException($"Issue {issue} has no task {task}.");
        }

        return new LetterFacts
        {
            Street = row.GetString(row.GetOrdinal("street_name")),
            Code = row.GetString(row.GetOrdinal("code")),
            Category = row.GetString(row.GetOrdinal("category")),
            Community = Text("community"),
            Grid = Text("grid"),
            Point = Text("point"),
            Building = Text("building"),
            Floor = Text("floor"),
            SubPlace = Text("sub_place"),
            Name = Text("name"),
            Description = Text("description"),
            FoundAt = row.GetDateTime(row.GetOrdinal("found_at")),
            BodyCode = row.GetString(row.GetOrdinal("body_code")),
            Body = row.GetString(row.GetOrdinal("body")),
            Leads = row.GetString(row.GetOrdinal("role")) == "lead",
            DispatchedAt = row.GetDateTime(row.GetOrdinal("dispatched_at")),
            DueAt = Instant("due_at"),
            ReplyDueAt = Instant("reply_due_at"),
            ReplyExplanation = Text("reply_explanation"),
            RectifyDueAt = Instant("rectify_due_at"),
            RectifyExplanation = Text("rectify_explanation"),
            Leader = Text("leader"),
            Lead = Text("lead"),
            Cooperating = Text("cooperating"),
            NoticeNumber = Text("notice_number"),
            ReminderNumber = Text("reminder_number"),
        };

        DateTime? Instant(string name)
        {
            var at = row.GetOrdinal(name);
            return row.IsDBNull(at) ? null : row.GetDateTime(at);
        }

        string? Text(string name)
        {
            var at = row.GetOrdinal(name);
            return row.IsDBNull(at) ? null : row.GetString(at);
        }
    }
}
