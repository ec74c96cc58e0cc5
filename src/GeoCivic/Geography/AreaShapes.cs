using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Http;
using GeoCivic.Spatial;
using Npgsql;

namespace GeoCivic.Geography;

/// <summary>An area in force, ready to be written into answers.</summary>
/// <param name="Code">Code.</param>
/// <param name="Name">Name.</param>
/// <param name="Parent">Code of the parent.</param>
/// <param name="AreaM2">Surface, geodesic square metres.</param>
/// <param name="Centre">Centroid, degrees.</param>
/// <param name="Feature">
/// The GeoJSON feature in UTF-8 up to and with the comma after its last property: further properties and two closing
/// braces make it whole.
/// </param>
/// <param name="FeatureWithoutShape">The same with a null geometry.</param>
public sealed record AreaShape(
    string Code,
    string Name,
    string? Parent,
    double AreaM2,
    LonLat Centre,
    byte[] Feature,
    byte[] FeatureWithoutShape
);

/// <summary>The areas of one level of one street, in code order.</summary>
/// <param name="Street">Street.</param>
/// <param name="Shapes">The areas.</param>
/// <param name="Places">Place of each code in <paramref name="Shapes"/>.</param>
public sealed record StreetAreas(
    string Street,
    IReadOnlyList<AreaShape> Shapes,
    IReadOnlyDictionary<string, int> Places
);

/// <summary>
/// The areas in force, written as GeoJSON once per boundary change: of a choropleth only the numbers change from call to
/// call, and writing the rest is most of its work.
/// </summary>
public sealed class AreaShapes
{
    // Chinese names stay readable; answers are JSON of their own content type, never part of a page.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly PerRevision<StreetAreas> _grids = new(
        (connection, street, stop) => LoadAsync(connection, "grid", street, stop)
    );
    private readonly PerRevision<StreetAreas> _communities = new(
        (connection, street, stop) => LoadAsync(connection, "community", street, stop)
    );

    /// <summary>The areas of a level in force in the snapshot of the caller's transaction, streets in code order.</summary>
    /// <param name="connection">Inside a repeatable-read transaction, so that shapes and numbers belong together.</param>
    /// <param name="level"><c>community</c> or <c>grid</c>.</param>
    /// <param name="street">Only this street, or null for all.</param>
    /// <param name="scope">Streets that the caller may know of.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<StreetAreas>> InForceAsync(
        NpgsqlConnection connection,
        string level,
        string? street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var all = new List<StreetAreas>();
        var made = level == "grid" ? _grids : _communities;
        await foreach (
            var (_, areas) in made.InForceAsync(connection, street, scope, cancellationToken)
        )
        {
            all.Add(areas);
        }

        return all;
    }

    private static async Task<StreetAreas> LoadAsync(
        NpgsqlConnection connection,
        string level,
        string street,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            Database.Sql.Load("Geography/area_shapes.sql"),
            connection
        )
            .With("street", street)
            .With("level", level);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var shapes = new List<AreaShape>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var code = rows.GetString(0);
            var name = rows.GetString(1);
            var parent = await rows.IsDBNullAsync(2, cancellationToken) ? null : rows.GetString(2);
            var areaM2 = rows.GetDouble(3);
            var shape = rows.GetString(4);
            byte[] Head(string? geometry) =>
                FeatureHead(street, level, code, name, parent, areaM2, geometry);
            shapes.Add(
                new AreaShape(
                    code,
                    name,
                    parent,
                    areaM2,
                    new LonLat(rows.GetDouble(5), rows.GetDouble(6)),
                    Head(shape),
                    Head(geometry: null)
                )
            );
        }

        return new StreetAreas(
            street,
            shapes,
            shapes
                .Select((s, place) => (s.Code, place))
                .ToDictionary(p => p.Code, p => p.place, StringComparer.Ordinal)
        );
    }

    /// <summary>A feature up to and with the comma after its last property.</summary>
    internal static byte[] FeatureHead(
        string street,
        string level,
        string code,
        string name,
        string? parent,
        double areaM2,
        string? geometry
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "Feature"u8);
            json.WriteString("id"u8, code);
            json.WritePropertyName("geometry"u8);
            if (geometry is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteRawValue(geometry);
            }

            json.WriteStartObject("properties"u8);
            json.WriteString("code"u8, code);
            json.WriteString("name"u8, name);
            json.WriteString("level"u8, level);
            json.WriteString("parent"u8, parent);
            json.WriteString("street"u8, street);
            json.WriteNumber("area_m2"u8, Math.Round(areaM2, 1));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return [.. buffer.WrittenSpan[..^2], (byte)','];
    }
}
