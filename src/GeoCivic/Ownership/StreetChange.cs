using System.Text.Json.Nodes;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Imports.Reading;
using Npgsql;

namespace GeoCivic.Ownership;

/// <summary>One administrator's change to a street's bodies, people or duties: a transaction that waits for others of the street.</summary>
internal sealed class StreetChange : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _street;
    private readonly CancellationToken _cancellationToken;

    private StreetChange(
        NpgsqlConnection connection,
        NpgsqlTransaction transaction,
        string street,
        CancellationToken cancellationToken
    )
    {
        _connection = connection;
        _transaction = transaction;
        _street = street;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Starts a change.</summary>
    /// <exception cref="ProblemException">The caller cannot see the street, or does not administer all of it.</exception>
    public static async Task<StreetChange> BeginAsync(
        NpgsqlDataSource source,
        Caller caller,
        string street,
        CancellationToken cancellationToken
    )
    {
        await Streets.RequireTouchedAsync(source, street, caller.Scope, cancellationToken);
        caller.Require(street, community: null, grid: null, Role.Admin);
        var connection = await source.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = new NpgsqlCommand(
                Sql.Load("Ownership/lock_street.sql"),
                connection
            ).With("street", street);
            await command.ExecuteScalarAsync(cancellationToken);
            return new StreetChange(connection, transaction, street, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>A command inside the change.</summary>
    public NpgsqlCommand Command(string sql) => new(sql, _connection, _transaction);

    /// <summary>Keeps the change.</summary>
    public Task CommitAsync() => _transaction.CommitAsync(_cancellationToken);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>The code of a path as it is stored.</summary>
    /// <exception cref="ProblemException">It is no code.</exception>
    public static string Code(string code) =>
        StrictCode.TryParse(code, out var clean, out var reason)
            ? clean
            : throw ProblemException.Unacceptable("code", reason!);

    /// <summary>Makes sure that a code list has an entry.</summary>
    /// <param name="list">The list's table, one of this slice's own names.</param>
    /// <param name="field">The field that is refused.</param>
    /// <param name="code">The entry.</param>
    public async Task RequireListedAsync(string list, string field, string code)
    {
        await using var command = Command($"SELECT EXISTS (SELECT FROM {list} WHERE code = @code)")
            .With("code", code);
        if (!(bool)(await command.ExecuteScalarAsync(_cancellationToken))!)
        {
            throw ProblemException.Unacceptable(field, $"'{code}' is not in the list {list}");
        }
    }

    /// <summary>The level and code of an area as tables keep them: both null for the whole street.</summary>
    public async Task<(string? Level, string? Area)> AreaAsync(string? level, string? area)
    {
        if (area is null || (area == _street && level is null or "street"))
        {
            return level is null or "street"
                ? (null, null)
                : throw ProblemException.Unacceptable(
                    "area",
                    "is missing; a community or grid needs its code"
                );
        }

        await using var command = Command(Sql.Load("Ownership/find_area.sql"))
            .With("street", _street)
            .With("area", area)
            .With("level", level);
        var levels = await command.ExecuteScalarAsync(_cancellationToken) as string[] ?? [];
        return levels.Length switch
        {
            1 => (levels[0], area),
            0 => throw ProblemException.Unacceptable(
                "area",
                $"the street has no {level ?? "community or grid"} '{area}'"
            ),
            _ => throw ProblemException.Unacceptable(
                "level",
                "is needed: a community and a grid have this code"
            ),
        };
    }

    /// <summary>Enters a version by one of the SQL functions and tells what became of it.</summary>
    /// <exception cref="ProblemException">The validity does not fit the versions that are there; 404 when none is.</exception>
    public async Task<string> EnterAsync(NpgsqlCommand command, string field)
    {
        var outcome =
            await command.ExecuteScalarAsync(_cancellationToken) as string
            ?? throw new ProblemException(
                Problems.NotFound,
                "No version with this code is in force on that day."
            );
        return outcome is "added" or "changed" or "unchanged"
            ? outcome
            : throw ProblemException.Unacceptable(field, outcome);
    }

    /// <summary>Keeps the change and answers with what became of it and all versions of the code.</summary>
    /// <param name="list">The list of these records, for this code.</param>
    /// <param name="member">Member of the list's answer that holds them.</param>
    /// <param name="outcome">What <see cref="EnterAsync"/> told.</param>
    public async Task<IResult> AnswerAsync(NpgsqlCommand list, string member, string outcome)
    {
        var versions = JsonNode.Parse(
            (string)(await list.ExecuteScalarAsync(_cancellationToken))!
        )!;
        await CommitAsync();
        return Results.Json(new { outcome, versions = versions[member] });
    }

    /// <summary>Ends what is kept in versions: the call <c>{on}</c>, its last day.</summary>
    /// <param name="file">The SQL that ends it.</param>
    /// <param name="code">The code in the path.</param>
    /// <param name="context">The request.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="source">The database.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="answer">Answers with the versions, given the change, the street and the outcome.</param>
    public static async Task<IResult> EndAsync(
        string file,
        string code,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock,
        Func<StreetChange, string, string, Task<IResult>> answer
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        var body = await BodyReader.OfAsync(context.Request);
        var on = body.Day("on", required: true);
        body.Done();
        await using var change = await BeginAsync(source, caller, street, context.RequestAborted);
        await using var command = change
            .Command(Sql.Load(file))
            .With("street", street)
            .With("code", code)
            .With("on", on)
            .With("today", BeijingTime.Today(clock));
        var outcome = await change.EnterAsync(command, "on");
        return await answer(change, street, outcome);
    }
}
