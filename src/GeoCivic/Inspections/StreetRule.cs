using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Inspections;

/// <summary>What the calls share by which a street's administrator sets its own rules.</summary>
internal static class StreetRule
{
    /// <summary>Reads the one parameter <c>street</c> and checks that the caller administers it.</summary>
    /// <exception cref="ProblemException">400 not given; 404 not visible; 403 visible but not administered.</exception>
    public static async Task<string> ReadAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source
    )
    {
        var query = new QueryReader(context.Request);
        var street = query.Street();
        query.Done();
        await using var exists = source
            .CreateCommand(Sql.Load("Inspections/street_exists.sql"))
            .With("street", street);
        if (
            !caller.Scope.Touches(street)
            || await exists.ExecuteScalarAsync(context.RequestAborted) is not true
        )
        {
            throw new ProblemException(Problems.NotFound, "There is no such street.");
        }

        caller.Require(street, community: null, grid: null, Role.Admin);
        return street;
    }

    /// <summary>Whether a text can be a code.</summary>
    public static bool IsCode(string text) =>
        text.Length is >= 1 and <= 64
        && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.');
}
