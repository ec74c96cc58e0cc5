using NetTopologySuite.Geometries;

namespace NetTopologySuite.IO;

/// <summary>
/// Writes a geometry as PostGIS's extended well-known binary (EWKB), little-endian.
/// Stands in for the class of the same name in the package NetTopologySuite.IO.PostGIS,
/// with what Npgsql.NetTopologySuite calls, as a thin layer over <see cref="WKBWriter"/>.
/// </summary>
/// <remarks>
/// Z and M are written when the geometry really has them (a value other than NaN at any vertex), not when its
/// coordinate sequences merely have room: NTS gives every point room for Z, and a column of type
/// <c>geometry(Point, 4326)</c> refuses three dimensions. An empty geometry is therefore written in two dimensions.
/// One instance may be used by several threads at a time.
/// </remarks>
public sealed class PostGisWriter
{
    /// <summary>Writes the geometry and leaves the stream open.</summary>
    public void Write(Geometry geometry, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // Through an array, because WKBWriter closes a stream it is given.
        stream.Write(Write(geometry));
    }

    /// <summary>The bytes of the geometry.</summary>
    public byte[] Write(Geometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        var used = new UsedOrdinates();
        geometry.Apply(used);
        // An SRID of 0 or below means "unknown" on both sides; PostGIS has no SRID in the bytes then.
        var hasSrid = geometry.SRID > 0;
        return new WKBWriter(ByteOrder.LittleEndian, hasSrid, used.HasZ, used.HasM).Write(geometry);
    }

    /// <summary>Finds out whether any vertex has a Z or an M value.</summary>
    private sealed class UsedOrdinates : IEntireCoordinateSequenceFilter
    {
        public bool HasZ { get; private set; }

        public bool HasM { get; private set; }

        public bool Done => HasZ && HasM;

        public bool GeometryChanged => false;

        public void Filter(CoordinateSequence seq)
        {
            HasZ |= seq.HasZ && Any(seq, static (s, i) => s.GetZ(i));
            HasM |= seq.HasM && Any(seq, static (s, i) => s.GetM(i));
        }

        private static bool Any(
            CoordinateSequence sequence,
            Func<CoordinateSequence, int, double> ordinate
        )
        {
            for (var i = 0; i < sequence.Count; i++)
            {
                if (!double.IsNaN(ordinate(sequence, i)))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
