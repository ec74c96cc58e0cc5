using GeoCivic.Accounts;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Letters;

/// <summary>The street that a call of an office is about.</summary>
internal static class StreetOfCall
{
    /// <summary>Reads the parameter, which is required.</summary>
    public static string Street(this QueryReader query)
    {
        var street = query.Text("street", 64);
        if (street is null)
        {
            query.Fault("street", "is required");
        }

        return street ?? "";
    }

    /// <summary>Makes sure that the caller holds something in a street that there is.</summary>
    /// <exception cref="ProblemException">It is unknown, or none of the caller's.</exception>
    public static async Task RequireStreetAsync(
        this Caller caller,
        NpgsqlDataSource source,
        string street,
        CancellationToken cancellationToken
    )
    {
        if (!caller.Scope.Touches(street))
        {
            throw new ProblemException(Problems.StreetUnknown, $"There is no street '{street}'.");
        }

        await Streets.RequireAsync(source, street, cancellationToken);
    }
}
