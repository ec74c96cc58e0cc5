using GeoCivic.Accounts;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>Look-ups of streets.</summary>
public static class Streets
{
    /// <summary>Makes sure that a street exists.</summary>
    /// <exception cref="ProblemException">It does not.</exception>
    public static async Task RequireAsync(
        NpgsqlDataSource source,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand("SELECT 1 FROM streets WHERE street_code = @street")
            .With("street", street);
        if (await command.ExecuteScalarAsync(cancellationToken) is null)
        {
            throw new ProblemException(Problems.StreetUnknown, $"There is no street '{street}'.");
        }
    }

    /// <summary>Makes sure that a street exists and that the caller holds the whole of it.</summary>
    /// <exception cref="ProblemException">It does not, or the caller may not know.</exception>
    public static Task RequireAsync(
        NpgsqlDataSource source,
        string street,
        Scope scope,
        CancellationToken cancellationToken
    ) =>
        scope.CoversStreet(street)
            ? RequireAsync(source, street, cancellationToken)
            : throw new ProblemException(Problems.StreetUnknown, $"There is no street '{street}'.");

    /// <summary>Makes sure that a street exists and that the caller holds something in it.</summary>
    /// <exception cref="ProblemException">It does not, or the caller may not know.</exception>
    public static Task RequireTouchedAsync(
        NpgsqlDataSource source,
        string street,
        Scope scope,
        CancellationToken cancellationToken
    ) =>
        scope.Touches(street)
            ? RequireAsync(source, street, cancellationToken)
            : throw new ProblemException(Problems.StreetUnknown, $"There is no street '{street}'.");
}
