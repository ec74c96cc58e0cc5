using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Http;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.WhatIf;

/// <summary>A record that is to be changed.</summary>
/// <param name="Kind">What it is, in English.</param>
/// <param name="Street">Its street.</param>
/// <param name="Code">Its code.</param>
/// <param name="Revision">What the change was worked out from before the lock; null: nothing was.</param>
internal sealed record PlaceRecord(string Kind, string Street, string Code, int? Revision = null);

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

    /// <summary>The tag of a revision (RFC 9110, 8.8.3).</summary>
    public static string TagOf(int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"\"{revision}\"");

    /// <summary>
    /// Locks a record until the transaction ends: one that the caller sees, holds as a planner or administrator, and has
    /// read at its present revision.
    /// </summary>
    /// <param name="command">
    /// Selects it for update; its first columns are revision, community and grid, the others are the reader's.
    /// </param>
    /// <param name="record">What it is, for answers.</param>
    /// <param name="match">The tag that the caller sent.</param>
    /// <param name="caller">Who changes.</param>
    /// <param name="read">Reads the record; may refuse it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">404 when there is none to see, 403 when it is not held, 412 when it changed.</exception>
    public static async Task<T> LockAsync<T>(
        NpgsqlCommand command,
        PlaceRecord record,
        string match,
        Caller caller,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        command.With("street", record.Street).With("code", record.Code);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            throw new ProblemException(
                Problems.NotFound,
                $"There is no {record.Kind} '{record.Code}' that you may see."
            );
        }

        caller.Require(
            record.Street,
            row.IsDBNull(1) ? null : row.GetString(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            Role.Planner,
            Role.Admin
        );
        var revision = row.GetInt32(0);
        return match == TagOf(revision) && (record.Revision ?? revision) == revision
            ? read(row)
            : throw new ProblemException(
                Problems.Stale,
                $"The {record.Kind} is at revision {revision}."
            );
    }
}
