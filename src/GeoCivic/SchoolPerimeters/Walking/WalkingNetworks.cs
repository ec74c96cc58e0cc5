using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Spatial.Walking;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Walking;

/// <summary>
/// The walking networks of the ways of all streets, made when they are first asked for and kept until any way changes: each
/// use reads the ways' revisions (one short query), so that nothing is older than the last commit.
/// </summary>
/// <remarks>
/// A network is of a square of a tenth of a degree and of the ways around it, far enough that no way of 4.5 km between
/// places of an area leaves it. An area that is larger than the margins allow has a network of its own.
/// </remarks>
public sealed class WalkingNetworks(NpgsqlDataSource source)
{
    private const double Tile = 0.1;

    // An area of at most 3.3 km to each side of its middle, and beyond it 3.3 km of latitude and, up to 45°, 2.3 km of longitude.
    private const double Around = 0.03;
    private const double Margin = 0.06;
    private const int MostKept = 12;

    private readonly Lock _lock = new();
    private readonly Dictionary<Box, Kept> _kept = [];
    private long _uses;

    private readonly record struct Box(double West, double South, double East, double North);

    private sealed record Kept(long Revision, Lazy<Task<WalkingNetwork>> Network)
    {
        public long Used { get; set; }
    }

    /// <summary>The network around an area; null when no way is loaded there that people walk on.</summary>
    /// <param name="area">WGS-84 degrees.</param>
    /// <param name="cancellationToken">Ends the wait; the network is made all the same.</param>
    public async Task<WalkingNetwork?> AroundAsync(
        Envelope area,
        CancellationToken cancellationToken
    )
    {
        var (revision, here) = await StateAsync(area, cancellationToken);
        if (!here)
        {
            return null;
        }

        var box = BoxOf(area);
        Lazy<Task<WalkingNetwork>> network;
        lock (_lock)
        {
            if (
                !_kept.TryGetValue(box, out var kept)
                || kept.Revision != revision
                || kept.Network is { IsValueCreated: true, Value.IsFaulted: true }
            )
            {
                _kept[box] = kept = new Kept(revision, new(() => MakeAsync(box)));
                if (_kept.Count > MostKept)
                {
                    _kept.Remove(
                        _kept
                            .MinBy(k =>
                                ReferenceEquals(k.Value, kept) ? long.MaxValue : k.Value.Used
                            )
                            .Key
                    );
                }
            }

            kept.Used = ++_uses;
            network = kept.Network;
        }

        return await network.Value.WaitAsync(cancellationToken);
    }

    /// <summary>How often ways have changed, and whether some are loaded in an area.</summary>
    public async Task<(long Revision, bool Loaded)> StateAsync(
        Envelope area,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/network_state.sql"))
            .With("area", Area(area.MinX, area.MinY, area.MaxX, area.MaxY));
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return (row.GetInt64(0), row.GetBoolean(1));
    }

    private static Box BoxOf(Envelope area)
    {
        var (west, south) = (Floor(area.Centre.X), Floor(area.Centre.Y));
        var middle = Math.Abs(area.Centre.Y) <= 45;
        if (middle && area.Width <= 2 * Around && area.Height <= 2 * Around)
        {
            return new Box(
                west - Margin,
                south - Margin,
                west + Tile + Margin,
                south + Tile + Margin
            );
        }

        // At 80° north a margin of 0.15 degree of longitude still is 2.9 km.
        var wide = middle ? Margin : 3 * Margin;
        return new Box(
            Floor(area.MinX - wide),
            Floor(area.MinY - Margin),
            Floor(area.MaxX + wide) + Tile,
            Floor(area.MaxY + Margin) + Tile
        );
    }

    private static double Floor(double degrees) => Math.Round(Math.Floor(degrees / Tile) * Tile, 6);

    private static Geometry Area(double west, double south, double east, double north) =>
        new GeometryFactory(new PrecisionModel(), 4326).ToGeometry(
            new Envelope(west, east, south, north)
        );

    private async Task<WalkingNetwork> MakeAsync(Box box)
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Walking/ways_around.sql"))
            .With("area", Area(box.West, box.South, box.East, box.North));
        return WalkingNetwork.Build(await ReadAsync(command, CancellationToken.None));
    }

    /// <summary>Ways as the query <c>ways_around.sql</c> gives them.</summary>
    internal static async Task<List<Way>> ReadAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var ways = new List<Way>();
        while (await rows.ReadAsync(cancellationToken))
        {
            ways.Add(
                new Way(
                    rows.GetString(0),
                    rows.GetString(1),
                    rows.GetFieldValue<LineString>(4),
                    rows.GetInt32(2),
                    rows.GetDouble(3)
                )
            );
        }

        return ways;
    }
}
