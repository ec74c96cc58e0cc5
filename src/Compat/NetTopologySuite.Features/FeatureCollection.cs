using System.Collections.ObjectModel;
using NetTopologySuite.Geometries;

namespace NetTopologySuite.Features;

/// <summary>Features in order, with a bounding box of their own where one was given.</summary>
public class FeatureCollection : Collection<IFeature>
{
    private Envelope? boundingBox;

    /// <summary>An empty collection.</summary>
    public FeatureCollection() { }

    /// <summary>A collection of the given features.</summary>
    public FeatureCollection(IEnumerable<IFeature> features)
        : base([.. features]) { }

    /// <summary>
    /// The box that was set; else, if <see cref="Feature.ComputeBoundingBoxWhenItIsMissing"/> is on, the one around
    /// all features (null when none of them has a place).
    /// </summary>
    public Envelope? BoundingBox
    {
        get => boundingBox ?? (Feature.ComputeBoundingBoxWhenItIsMissing ? Around(this) : null);
        set => boundingBox = value;
    }

    private static Envelope? Around(IEnumerable<IFeature> features)
    {
        var box = new Envelope();
        foreach (var feature in features)
        {
            if ((feature.BoundingBox ?? feature.Geometry?.EnvelopeInternal) is { } part)
            {
                box.ExpandToInclude(part);
            }
        }

        return box.IsNull ? null : box;
    }
}
