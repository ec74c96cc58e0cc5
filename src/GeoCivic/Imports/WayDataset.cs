using GeoCivic.Imports.Reading;
using static GeoCivic.Imports.CommonFields;

namespace GeoCivic.Imports;

/// <summary>Ways that people walk on. Columns of OpenStreetMap extracts are understood as they are.</summary>
internal static class WayDataset
{
    // A building's passage is on the ground, and nobody walks in a culvert.
    private static readonly Dictionary<string, string[]> Tunnels = new(StringComparer.Ordinal)
    {
        ["true"] = ["avalanche_protector"],
        ["false"] = ["building_passage", "covered", "culvert", "flooded"],
    };

    private static readonly Dictionary<string, string[]> Bridges = new(StringComparer.Ordinal)
    {
        ["true"] = ["viaduct", "boardwalk", "cantilever", "movable", "trestle", "simple_brunnel"],
        ["false"] = ["aqueduct", "low_water_crossing", "abandoned"],
    };

    private static readonly Dictionary<string, string[]> Feet = new(StringComparer.Ordinal)
    {
        ["true"] = ["designated", "permissive", "official", "destination", "customers"],
        ["false"] = ["private", "discouraged"],
    };

    /// <summary>Ways.</summary>
    public static readonly Dataset Ways = new(
        "ways",
        "ways",
        GeometryKinds.AnyLine,
        [
            // An extract's own column code is a number of its kind; osm_id tells its ways apart.
            Code with
            {
                Before = ["osm_id"],
            },
            OptionalName,
            new("kind", "kind", FieldKind.Text, false, "类型", "highway", "fclass", "railway")
            {
                MaxLength = 64,
            },
            new("layer", "layer", FieldKind.Whole, false, "层", "层次"),
            new("bridge", "bridge", FieldKind.YesNo, false, "桥", "桥梁") { Values = Bridges },
            new("tunnel", "tunnel", FieldKind.YesNo, false, "隧道") { Values = Tunnels },
            new("walkable", "walkable", FieldKind.YesNo, false, "可步行", "步行", "foot")
            {
                Values = Feet,
            },
            Accuracy,
            EnteredDatum,
        ]
    );
}
