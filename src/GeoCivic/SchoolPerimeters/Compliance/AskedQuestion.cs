using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Compliance;

/// <summary>What every question about surroundings of schools begins with: who asks, which street, which day.</summary>
internal static class AskedQuestion
{
    /// <summary>Reads the parameters <c>street</c> and <c>on</c>; without a day it is today (Beijing time).</summary>
    public static ComplianceQuestion Question(
        this QueryReader query,
        Caller caller,
        TimeProvider clock
    ) =>
        new(caller.Scope, query.Day("on") ?? BeijingTime.Today(clock))
        {
            Street = query.Text("street", 64),
        };

    /// <summary>Ends the reading, and makes sure that the caller holds something in the street that is asked for.</summary>
    /// <exception cref="ProblemException">A parameter is at fault, or there is no such street for the caller.</exception>
    public static async Task DoneAsync(
        this QueryReader query,
        ComplianceQuestion question,
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        query.Done();
        if (question.Street is { } street)
        {
            await Streets.RequireTouchedAsync(source, street, question.Scope, cancellationToken);
        }
    }
}
