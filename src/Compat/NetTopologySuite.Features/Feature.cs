using NetTopologySuite.Geometries;

namespace NetTopologySuite.Features;

/// <summary>An <see cref="IFeature"/> held in memory.</summary>
public class Feature : IFeature
{
    private Envelope? boundingBox;

    /// <summary>A feature without geometry and attributes.</summary>
    public Feature() { }

    /// <summary>A feature with the given parts.</summary>
    public Feature(Geometry? geometry, IAttributesTable? attributes)
    {
        Geometry = geometry;
        Attributes = attributes;
    }

    /// <summary>Whether features and collections without a box of their own answer with the one of their geometry. Off by default.</summary>
    public static bool ComputeBoundingBoxWhenItIsMissing { get; set; }

    /// <inheritdoc/>
    public Geometry? Geometry { get; set; }

    /// <inheritdoc/>
    public Envelope? BoundingBox
    {
        get =>
            boundingBox ?? (ComputeBoundingBoxWhenItIsMissing ? Geometry?.EnvelopeInternal : null);
        set => boundingBox = value;
    }

    /// <inheritdoc/>
    public IAttributesTable? Attributes { get; set; }
}
