using System.Text.Json;

namespace GeoCivic.Tests.Tiles;

/// <summary>The tests' own decoder against the published fixtures, so that what it says of our tiles can be believed.</summary>
public sealed class VectorTileTests
{
    // Announces half a billion points and holds one. The fixtures call it valid, the specification (4.3.1) does not.
    private const string Gigantic = "057";

    private static IEnumerable<(string Id, string Folder, JsonElement Validity)> Fixtures() =>
        Directory
            .EnumerateDirectories(RepositoryFiles.Shared("mvt-fixtures", "fixtures"))
            .Select(folder =>
            {
                using var info = JsonDocument.Parse(
                    File.ReadAllBytes(Path.Combine(folder, "info.json"))
                );
                return (
                    Path.GetFileName(folder),
                    folder,
                    info.RootElement.GetProperty("validity").Clone()
                );
            });

    public static TheoryData<string> Valid() =>
        [
            .. Fixtures()
                .Where(f => f.Validity.GetProperty("v2").GetBoolean() && f.Id != Gigantic)
                .Select(f => f.Id)
                .Order(StringComparer.Ordinal),
        ];

    public static TheoryData<string> Fatal() =>
        [
            .. Fixtures()
                .Where(f =>
                    !f.Validity.GetProperty("v2").GetBoolean()
                    && f.Validity.TryGetProperty("error", out var error)
                    && error.GetString() == "fatal"
                )
                .Select(f => f.Id)
                .Append(Gigantic)
                .Order(StringComparer.Ordinal),
        ];

    private static byte[] Bytes(string id) =>
        File.ReadAllBytes(RepositoryFiles.Shared("mvt-fixtures", "fixtures", id, "tile.mvt"));

    [Theory]
    [MemberData(nameof(Valid))]
    public void A_valid_tile_is_read_as_its_description_says(string id)
    {
        using var told = JsonDocument.Parse(
            File.ReadAllBytes(RepositoryFiles.Shared("mvt-fixtures", "fixtures", id, "tile.json"))
        );
        var expected = told.RootElement.TryGetProperty("layers", out var layers)
            ? layers.EnumerateArray().ToList()
            : [];
        var read = VectorTile.Decode(Bytes(id));
        Assert.Equal(
            expected.Select(l => l.GetProperty("name").GetString()),
            read.Select(l => l.Name)
        );
        foreach (var (layer, features) in read.Zip(expected.Select(l => l.GetProperty("features"))))
        {
            Assert.Equal(features.GetArrayLength(), layer.Features.Count);
            foreach (var (feature, raw) in layer.Features.Zip(features.EnumerateArray()))
            {
                var tags = raw.TryGetProperty("tags", out var t) ? t.GetArrayLength() : 0;
                Assert.Equal(tags / 2, feature.Properties.Count);
                Assert.NotEmpty(feature.Parts);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Fatal))]
    public void A_fatal_fault_is_refused(string id) =>
        Assert.Throws<FormatException>(() => VectorTile.Decode(Bytes(id)));

    [Fact]
    public void The_example_polygon_of_the_specification_has_its_corners()
    {
        var feature = Assert.Single(Assert.Single(VectorTile.Decode(Bytes("019"))).Features);
        Assert.Equal(3, feature.Type);
        Assert.Equal([(3, 6), (8, 12), (20, 34), (3, 6)], Assert.Single(feature.Parts));
    }
}
