using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;
using NpgsqlTypes;

namespace GeoCivic.Bulletins;

/// <summary>Keeps the content of an issued bulletin, and reads it as it was kept.</summary>
internal static class ContentStore
{
    /// <summary>Writes figures, records and which belong together; the bulletin must still be a draft.</summary>
    public static async Task SaveAsync(
        NpgsqlConnection connection,
        string street,
        Guid id,
        BulletinContent content,
        CancellationToken cancellationToken
    )
    {
        await CopyAsync(
            connection,
            "bulletin_figures (street_code, bulletin_id, figure_key, sort, subject, code, name, measure, value, previous, base, rank, grade)",
            street,
            id,
            content.Figures.Select(
                (f, i) =>
                    (object?[])
                        [
                            f.Key,
                            i,
                            f.Subject,
                            f.Code,
                            f.Name,
                            f.Measure,
                            f.Value,
                            f.Previous,
                            f.Base,
                            f.Rank,
                            f.Grade,
                        ]
            ),
            cancellationToken
        );
        await CopyAsync(
            connection,
            "bulletin_records (street_code, bulletin_id, record_no, kind, issue_id, point_code, code, title, category_name, community_name, body_name, state, state_name, started_at, due_at, ended_at, days, shift, expected, made)",
            street,
            id,
            content.Records.Select(
                (r, i) =>
                    (object?[])
                        [
                            i,
                            r.Kind,
                            r.Issue,
                            r.Point,
                            r.Code,
                            r.Title,
                            r.CategoryName,
                            r.CommunityName,
                            r.BodyName,
                            r.State,
                            r.StateName,
                            r.StartedAt,
                            r.DueAt,
                            r.EndedAt,
                            r.Days,
                            r.Shift,
                            r.Expected,
                            r.Made,
                        ]
            ),
            cancellationToken
        );
        await CopyAsync(
            connection,
            "bulletin_figure_records (street_code, bulletin_id, figure_key, sort, record_no)",
            street,
            id,
            content.Figures.SelectMany(f =>
                content.Behind[f.Key].Select((record, i) => (object?[])[f.Key, i, record])
            ),
            cancellationToken
        );
    }

    /// <summary>Reads the content of an issued bulletin.</summary>
    public static async Task<BulletinContent> ReadAsync(
        NpgsqlConnection connection,
        string street,
        Guid id,
        CancellationToken cancellationToken
    )
    {
        var figures = new List<BulletinFigure>();
        var behind = new Dictionary<string, int[]>(StringComparer.Ordinal);
        await using (var command = Command(connection, "get_figures", street, id))
        await using (var r = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await r.ReadAsync(cancellationToken))
            {
                figures.Add(
                    new BulletinFigure(
                        r.GetString(0),
                        r.GetString(1),
                        r.GetString(2),
                        r.GetString(3),
                        r.GetString(4),
                        r.IsDBNull(5) ? null : r.GetDouble(5),
                        r.IsDBNull(6) ? null : r.GetDouble(6),
                        r.IsDBNull(7) ? null : r.GetDouble(7),
                        r.IsDBNull(8) ? null : r.GetInt32(8),
                        r.GetValue(9) as string
                    )
                );
                behind[r.GetString(0)] = r.GetFieldValue<int[]>(10);
            }
        }

        var records = new List<BulletinRecord>();
        await using (var command = Command(connection, "get_records", street, id))
        await using (var r = await command.ExecuteReaderAsync(cancellationToken))
        {
            DateTime? At(int i) => r.IsDBNull(i) ? null : r.GetDateTime(i);
            int? Number(int i) => r.IsDBNull(i) ? null : r.GetInt32(i);
            while (await r.ReadAsync(cancellationToken))
            {
                records.Add(
                    new BulletinRecord(
                        r.GetString(0),
                        r.IsDBNull(1) ? null : r.GetGuid(1),
                        r.GetValue(2) as string,
                        r.GetString(3),
                        r.GetValue(4) as string,
                        r.GetValue(5) as string,
                        r.GetValue(6) as string,
                        r.GetValue(7) as string,
                        r.GetString(8),
                        r.GetString(9),
                        At(10),
                        At(11),
                        At(12),
                        Number(13),
                        r.GetValue(14) as string,
                        Number(15),
                        Number(16)
                    )
                );
            }
        }

        return new BulletinContent(figures, records, behind);
    }

    private static NpgsqlCommand Command(
        NpgsqlConnection connection,
        string file,
        string street,
        Guid id
    ) =>
        new NpgsqlCommand(Sql.Load($"Bulletins/{file}.sql"), connection)
            .With("street", street)
            .With("id", id);

    private static async Task CopyAsync(
        NpgsqlConnection connection,
        string target,
        string street,
        Guid id,
        IEnumerable<object?[]> rows,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            $"COPY {target} FROM STDIN (FORMAT binary)",
            cancellationToken
        );
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(street, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(id, NpgsqlDbType.Uuid, cancellationToken);
            foreach (var value in row)
            {
                await (
                    value switch
                    {
                        null => copy.WriteNullAsync(cancellationToken),
                        string text => copy.WriteAsync(text, NpgsqlDbType.Text, cancellationToken),
                        int number => copy.WriteAsync(
                            number,
                            NpgsqlDbType.Integer,
                            cancellationToken
                        ),
                        double number => copy.WriteAsync(
                            number,
                            NpgsqlDbType.Double,
                            cancellationToken
                        ),
                        Guid uuid => copy.WriteAsync(uuid, NpgsqlDbType.Uuid, cancellationToken),
                        DateTime instant => copy.WriteAsync(
                            instant,
                            NpgsqlDbType.TimestampTz,
                            cancellationToken
                        ),
                        _ => throw new InvalidOperationException(
                            $"{target} has no column of {value.GetType()}."
                        ),
                    }
                );
            }
        }

        await copy.CompleteAsync(cancellationToken);
    }
}
