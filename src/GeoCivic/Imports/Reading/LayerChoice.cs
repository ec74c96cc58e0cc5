namespace GeoCivic.Imports.Reading;

/// <summary>Which layer is read of a file that may hold several.</summary>
internal static class LayerChoice
{
    private const int Shown = 20;

    /// <summary>The layer of a name; without a name, the only one.</summary>
    /// <param name="layers">Names of the layers, one at least.</param>
    /// <param name="wanted">The name; null: none was said.</param>
    /// <param name="file">What the file is called in a refusal.</param>
    /// <param name="otherwise">What else the sender may do about several layers.</param>
    /// <returns>The place of the layer among them.</returns>
    /// <exception cref="SourceFileException">422: several, or none of the name; its extension <c>layers</c> lists them.</exception>
    internal static int Of(
        IReadOnlyList<string> layers,
        string? wanted,
        string file,
        string otherwise = ""
    )
    {
        if (wanted is null)
        {
            return layers.Count == 1
                ? 0
                : throw Refused(
                    "several-layers",
                    $"The {file} holds {layers.Count} layers ({List(layers)}). Say which one with --layer (HTTP: layer=){otherwise}.",
                    layers
                );
        }

        for (var i = 0; i < layers.Count; i++)
        {
            if (string.Equals(layers[i], wanted, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw Refused(
            "unknown-layer",
            $"The {file} has no layer '{RowFault.Shorten(wanted)}'; it has {List(layers)}.",
            layers
        );
    }

    /// <summary>Names of layers, the first of many.</summary>
    internal static string List(IReadOnlyList<string> layers) =>
        string.Join(", ", layers.Take(Shown).Select(RowFault.Shorten))
        + (layers.Count > Shown ? ", …" : "");

    private static SourceFileException Refused(
        string code,
        string detail,
        IReadOnlyList<string> layers
    ) =>
        new(
            422,
            code,
            detail,
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["layers"] = layers.ToList() }
        );
}
