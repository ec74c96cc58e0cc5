using GeoCivic.Imports.Reading;
using NetTopologySuite.IO;
using Npgsql;

namespace GeoCivic.Imports;

/// <summary>Projected coordinate systems, transformed to WGS-84 by PostGIS (PROJ) in batches.</summary>
internal static class ProjTransform
{
    /// <summary>Whether PostGIS knows the system.</summary>
    public static async Task<bool> KnowsAsync(
        NpgsqlDataSource source,
        int epsg,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            "SELECT EXISTS (SELECT FROM spatial_ref_sys WHERE srid = $1)"
        );
        command.Parameters.Add(new() { Value = epsg });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Transforms the rows of a batch; rows that PROJ refuses leave the batch.</summary>
    public static async Task ToWgs84Async(
        NpgsqlDataSource source,
        int epsg,
        List<StagedRow> batch,
        Action<long, RowFault, string?> refuse,
        CancellationToken cancellationToken
    )
    {
        if (batch.Count == 0)
        {
            return;
        }

        var writer = new WKBWriter();
        var wkb = batch.Select(r => writer.Write(r.Geometry)).ToArray();
        byte[]?[] moved;
        try
        {
            moved = await RunAsync(source, epsg, wkb, cancellationToken);
        }
        catch (PostgresException)
        {
            // One coordinate outside the projection fails the statement: find it by going one by one.
            moved = new byte[]?[wkb.Length];
            for (var i = 0; i < wkb.Length; i++)
            {
                try
                {
                    moved[i] = (await RunAsync(source, epsg, [wkb[i]], cancellationToken))[0];
                }
                catch (PostgresException)
                {
                    moved[i] = null;
                }
            }
        }

        var reader = new WKBReader();
        var kept = new List<StagedRow>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (moved[i] is { } bytes)
            {
                batch[i].Geometry = reader.Read(bytes);
                kept.Add(batch[i]);
            }
            else
            {
                refuse(
                    batch[i].Line,
                    new RowFault(
                        RowFault.GeometryField,
                        $"cannot be transformed from EPSG:{epsg}; is this the system of the file?",
                        Malformed: false
                    ),
                    (string)batch[i].Values[0]!
                );
            }
        }

        batch.Clear();
        batch.AddRange(kept);
    }

    private static async Task<byte[]?[]> RunAsync(
        NpgsqlDataSource source,
        int epsg,
        byte[][] wkb,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(Database.Sql.Load("Imports/transform.sql"));
        command.Parameters.Add(new() { ParameterName = "wkb", Value = wkb });
        command.Parameters.Add(new() { ParameterName = "epsg", Value = epsg });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var result = new byte[]?[wkb.Length];
        for (var i = 0; await rows.ReadAsync(cancellationToken); i++)
        {
            result[i] = await rows.IsDBNullAsync(0, cancellationToken)
                ? null
                : rows.GetFieldValue<byte[]>(0);
        }

        return result;
    }
}
