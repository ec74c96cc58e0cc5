using NetTopologySuite.Geometries;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Http;

/// <summary>Typed parameters for embedded SQL; null is a value of the type.</summary>
public static class Query
{
    /// <summary>Adds a text.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, string? value) =>
        Add(command, name, NpgsqlDbType.Text, value);

    /// <summary>Adds several texts.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, string[]? value) =>
        Add(command, name, NpgsqlDbType.Array | NpgsqlDbType.Text, value);

    /// <summary>Adds a day.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, DateOnly? value) =>
        Add(command, name, NpgsqlDbType.Date, value);

    /// <summary>Adds an instant (UTC).</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, DateTime? value) =>
        Add(command, name, NpgsqlDbType.TimestampTz, value);

    /// <summary>Adds a truth value.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, bool? value) =>
        Add(command, name, NpgsqlDbType.Boolean, value);

    /// <summary>Adds a whole number.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, int? value) =>
        Add(command, name, NpgsqlDbType.Integer, value);

    /// <summary>Adds a number.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, double? value) =>
        Add(command, name, NpgsqlDbType.Double, value);

    /// <summary>Adds an id.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, Guid? value) =>
        Add(command, name, NpgsqlDbType.Uuid, value);

    /// <summary>Adds several ids.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, Guid[]? value) =>
        Add(command, name, NpgsqlDbType.Array | NpgsqlDbType.Uuid, value);

    /// <summary>Adds a geometry in WGS-84.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, string name, Geometry? value)
    {
        if (value is not null)
        {
            value.SRID = 4326;
        }

        return Add(command, name, NpgsqlDbType.Geometry, value);
    }

    /// <summary>
    /// Runs a query that is asked often. Its statements stay planned on each connection of the pool after the first time;
    /// only for texts whose plan does not depend on the values.
    /// </summary>
    public static async Task<NpgsqlDataReader> ReadPreparedAsync(
        this NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        await command.PrepareAsync(cancellationToken);
        return await command.ExecuteReaderAsync(cancellationToken);
    }

    /// <summary>A pattern for ILIKE that matches the text itself.</summary>
    public static string? Contains(string? text) => text is null ? null : $"%{Escape(text)}%";

    /// <summary>The text with the wildcards of LIKE taken literally.</summary>
    public static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);

    private static NpgsqlCommand Add(
        NpgsqlCommand command,
        string name,
        NpgsqlDbType type,
        object? value
    )
    {
        command.Parameters.Add(new NpgsqlParameter(name, type) { Value = value ?? DBNull.Value });
        return command;
    }
}
