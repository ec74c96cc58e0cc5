using System.Buffers.Binary;
using System.Globalization;
using NetTopologySuite.Geometries;

namespace GeoCivic.Imports.Reading;

/// <summary>
/// One geometry of a GeoPackage: a header, then well-known binary (OGC 12-128r18, clause 2.1.3, "GeoPackage SQL Geometry
/// Binary Format").
/// </summary>
internal static class GeoPackageGeometry
{
    private const byte BigEndian = 0;
    private const int HeaderBytes = 8;

    /// <summary>Reads the content of a geometry column.</summary>
    /// <param name="blob">The bytes.</param>
    /// <param name="system">The srs_id of the layer.</param>
    /// <param name="limits">Bounds on vertices.</param>
    /// <param name="flattened">Whether heights or measures were left out.</param>
    /// <param name="fault">What is wrong.</param>
    /// <returns>The geometry in file coordinates; null with a fault.</returns>
    /// <exception cref="SourceFileException">413: more vertices than a geometry may have.</exception>
    internal static Geometry? Read(
        ReadOnlySpan<byte> blob,
        long system,
        SourceLimits limits,
        out bool flattened,
        out RowFault? fault
    )
    {
        flattened = false;
        if (blob.Length < HeaderBytes || !blob.StartsWith("GP"u8))
        {
            return Refuse("The value is not a geometry of a GeoPackage.", out fault);
        }

        if (blob[2] != 0)
        {
            return Refuse(
                $"The geometry is of version {blob[2]} of the format; 0 is read.",
                out fault
            );
        }

        var flags = blob[3];
        if ((flags & 0b10_0000) != 0)
        {
            return Refuse(
                "The geometry is of an extended type, which is not read. Convert it to points, lines or areas.",
                out fault,
                malformed: false
            );
        }

        var own =
            (flags & 1) == BigEndian
                ? BinaryPrimitives.ReadInt32BigEndian(blob[4..])
                : BinaryPrimitives.ReadInt32LittleEndian(blob[4..]);
        // Some programs write 0 or -1 (undefined) here and the system beside the layer alone.
        if (own > 0 && system > 0 && own != system)
        {
            return Refuse(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The geometry is in srs_id {own} but its layer in {system}."
                ),
                out fault
            );
        }

        var envelope = ((flags >> 1) & 0b111) switch
        {
            0 => 0,
            1 => 4,
            2 or 3 => 6,
            4 => 8,
            _ => -1,
        };
        var from = HeaderBytes + (envelope * sizeof(double));
        if (envelope < 0 || from > blob.Length)
        {
            return Refuse("The header of the geometry is damaged.", out fault);
        }

        if ((flags & 0b1_0000) != 0)
        {
            return Refuse("The geometry is empty.", out fault, malformed: false);
        }

        var reading = new WellKnownBinary(blob[from..], limits);
        var geometry = reading.Read(out fault);
        flattened = reading.HasMore;
        return geometry;
    }

    private static Geometry? Refuse(string reason, out RowFault? fault, bool malformed = true)
    {
        fault = new RowFault(RowFault.GeometryField, reason, malformed);
        return null;
    }
}
