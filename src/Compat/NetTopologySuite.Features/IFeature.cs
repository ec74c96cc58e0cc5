using NetTopologySuite.Geometries;

namespace NetTopologySuite.Features;

/// <summary>A geometry with attributes.</summary>
public interface IFeature
{
    /// <summary>The geometry; null for a feature without a place.</summary>
    Geometry? Geometry { get; set; }

    /// <summary>The bounding box, in the units of the geometry.</summary>
    Envelope? BoundingBox { get; set; }

    /// <summary>The attributes; null for none.</summary>
    IAttributesTable? Attributes { get; set; }
}
