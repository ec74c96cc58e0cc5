namespace NetTopologySuite.Features;

/// <summary>Additions to <see cref="IFeature"/>.</summary>
public static class FeatureExtensions
{
    /// <summary>
    /// The identifier of a feature: its own where it is <see cref="IUnique"/>, else the attribute of the given name, else null.
    /// </summary>
    public static object? GetOptionalId(this IFeature feature, string idPropertyName)
    {
        ArgumentNullException.ThrowIfNull(feature);
        return feature is IUnique unique
            ? unique.Id
            : feature.Attributes?.GetOptionalValue(idPropertyName);
    }
}
