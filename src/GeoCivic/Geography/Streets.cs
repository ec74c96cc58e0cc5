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
}
