using NetTopologySuite.Geometries;

namespace NetTopologySuite.IO;

/// <summary>
/// Reads a geometry from PostGIS's extended well-known binary (EWKB).
/// Stands in for the class of the same name in the package NetTopologySuite.IO.PostGIS,
/// with what Npgsql.NetTopologySuite calls, as a thin layer over <see cref="WKBReader"/>.
/// </summary>
/// <remarks>One instance may be used by several threads at a time.</remarks>
public sealed class PostGisReader
{
    // WKBReader keeps no state between calls, so one serves all connections of a data source.
    private readonly WKBReader reader;

    /// <summary>A reader with the defaults of <see cref="NtsGeometryServices.Instance"/>, keeping every ordinate.</summary>
    public PostGisReader()
        : this(
            NtsGeometryServices.Instance.DefaultCoordinateSequenceFactory,
            NtsGeometryServices.Instance.DefaultPrecisionModel,
            Ordinates.XYZM
        ) { }

    /// <summary>A reader that makes its geometries with the given parts.</summary>
    /// <param name="coordinateSequenceFactory">Makes the coordinate sequences.</param>
    /// <param name="precisionModel">Precision model of the geometries made.</param>
    /// <param name="handleOrdinates">Ordinates to keep beside X and Y, as far as the factory can hold them.</param>
    public PostGisReader(
        CoordinateSequenceFactory coordinateSequenceFactory,
        PrecisionModel precisionModel,
        Ordinates handleOrdinates
    )
    {
        ArgumentNullException.ThrowIfNull(coordinateSequenceFactory);
        ArgumentNullException.ThrowIfNull(precisionModel);

        // PostGIS leaves the SRID out of the bytes when it is 0, "unknown"; NTS would otherwise say -1.
        var services = new NtsGeometryServices(coordinateSequenceFactory, precisionModel, srid: 0);
        reader = new WKBReader(services);
        HandleOrdinates = Ordinates.XY | (handleOrdinates & coordinateSequenceFactory.Ordinates);
        reader.HandleOrdinates = HandleOrdinates;
    }

    /// <summary>The ordinates this reader keeps; others in the input are dropped.</summary>
    public Ordinates HandleOrdinates { get; }

    /// <summary>Reads one geometry and closes the stream.</summary>
    /// <exception cref="ParseException">The bytes are not a well-formed geometry.</exception>
    /// <exception cref="EndOfStreamException">The bytes end within the geometry.</exception>
    public Geometry Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return reader.Read(stream);
    }

    /// <summary>Reads one geometry.</summary>
    /// <exception cref="ParseException">The bytes are not a well-formed geometry.</exception>
    public Geometry Read(byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return reader.Read(data);
    }
}
