namespace NetTopologySuite.Features;

/// <summary>Something with an identifier of its own, beside its attributes.</summary>
public interface IUnique
{
    /// <summary>The identifier, usually text or a number.</summary>
    object? Id { get; }
}
