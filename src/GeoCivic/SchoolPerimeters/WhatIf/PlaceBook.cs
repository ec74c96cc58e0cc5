using GeoCivic.Accounts;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>What all changes of schools and venues share.</summary>
internal static class PlaceBook
{
    /// <summary>Says, until the transaction ends, who changes; the history keeps it.</summary>
    public static async Task AsAsync(
        NpgsqlConnection connection,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT set_config('geocivic.account', @account, true)",
            connection
        ).With("account", caller.AccountId.ToString());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Refuses a place that the caller does not hold as a planner or administrator; one in no grid needs the whole street.</summary>
    public static async Task RequireHeldAsync(
        NpgsqlConnection connection,
        string street,
        Geometry place,
        DateOnly on,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT p.community_code, p.grid_code FROM grid_of(@street, @geom, @on) p",
            connection
        )
            .With("street", street)
            .With("geom", place)
            .With("on", on);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var any = await row.ReadAsync(cancellationToken);
        caller.Require(
            street,
            any && !row.IsDBNull(0) ? row.GetString(0) : null,
            any && !row.IsDBNull(1) ? row.GetString(1) : null,
            Role.Planner,
            Role.Admin
        );
    }
}
