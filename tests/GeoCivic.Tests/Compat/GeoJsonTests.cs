using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetTopologySuite;
using NetTopologySuite.Features;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace GeoCivic.Tests.Compat;

/// <summary>NetTopologySuite.IO.GeoJSON4STJ over the features of this repository.</summary>
public sealed class GeoJsonTests
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { Converter(RingOrientationOption.DoNotModify) },
    };

    public static TheoryData<string> ValidFiles
    {
        get
        {
            var folder = SharedFolder();
            return
            [
                .. Directory
                    .EnumerateFiles(folder, "*.geojson", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(folder, f))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    [Theory]
    [MemberData(nameof(ValidFiles))]
    public async Task A_valid_file_is_written_as_it_was_read(string file)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(SharedFolder(), file));
        var type = file.Split(Path.DirectorySeparatorChar)[0] switch
        {
            "feature" => typeof(IFeature),
            "featurecollection" => typeof(FeatureCollection),
            "geometry" => typeof(Geometry),
            var other => throw new InvalidOperationException($"What is a {other}?"),
        };

        var value = JsonSerializer.Deserialize(text, type, Json);
        var written = JsonSerializer.Serialize(value, type, Json);

        var expected = JsonNode.Parse(text)!;
        var actual = JsonNode.Parse(written)!;
        Assert.True(JsonNode.DeepEquals(expected, actual), $"{expected.ToJsonString()}\n{written}");
    }

    [Fact]
    public void A_collection_keeps_ids_attributes_and_missing_places()
    {
        const string Text = """
            {"type":"FeatureCollection","features":[
              {"type":"Feature","id":"500103011012001","geometry":{"type":"Point","coordinates":[106.55,29.565]},
               "properties":{"name":"<img onerror=alert(1)> 大溪沟","area_m2":12.5,"open":true,"closed_at":null,"nested":{"a":[1,2]}}},
              {"type":"Feature","geometry":null,"properties":null}]}
            """;

        var collection = JsonSerializer.Deserialize<FeatureCollection>(Text, Json)!;

        Assert.Equal(2, collection.Count);
        Assert.Equal("500103011012001", collection[0].GetOptionalId("id"));
        Assert.Equal(new Coordinate(106.55, 29.565), collection[0].Geometry!.Coordinate);
        Assert.Equal("<img onerror=alert(1)> 大溪沟", collection[0].Attributes!["name"]);
        Assert.Equal(12.5m, collection[0].Attributes!["area_m2"]);
        Assert.Equal(true, collection[0].Attributes!["open"]);
        Assert.True(collection[0].Attributes!.Exists("closed_at"));
        Assert.Null(collection[1].Geometry);

        var again = JsonNode.Parse(JsonSerializer.Serialize(collection, Json))!;
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(Text)!["features"]![0], again["features"]![0]),
            again.ToJsonString()
        );
    }

    [Fact]
    public void A_feature_made_here_is_written_with_its_attributes()
    {
        var feature = new Feature(
            new Point(106.55, 29.565),
            new AttributesTable
            {
                { "id", 7 },
                { "name", "张家花园社区" },
                { "closed_at", null },
            }
        );

        var written = JsonNode.Parse(JsonSerializer.Serialize<IFeature>(feature, Json))!;

        Assert.Equal("Feature", (string?)written["type"]);
        Assert.Equal(106.55, (double?)written["geometry"]!["coordinates"]![0]);
        Assert.Equal("张家花园社区", (string?)written["properties"]!["name"]);
    }

    [Fact]
    public void Rings_can_be_turned_as_RFC_7946_wants()
    {
        var options = new JsonSerializerOptions
        {
            Converters = { Converter(RingOrientationOption.EnforceRfc9746) },
        };
        const string Clockwise =
            """{"type":"Polygon","coordinates":[[[0,0],[0,9],[9,9],[9,0],[0,0]]]}""";

        var written = JsonSerializer.Serialize(
            JsonSerializer.Deserialize<Geometry>(Clockwise, options),
            options
        );

        Assert.Equal(
            """{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]]]}""",
            written
        );
    }

    private static GeoJsonConverterFactory Converter(RingOrientationOption orientation) =>
        new(NtsGeometryServices.Instance.CreateGeometryFactory(4326), false, "id", orientation);

    private static string SharedFolder()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            var shared = Path.Combine(folder.FullName, "shared", "data", "geojson-valid");
            if (Directory.Exists(shared))
            {
                return shared;
            }
        }

        throw new DirectoryNotFoundException(
            "There is no ../shared/data/geojson-valid beside the repository."
        );
    }
}
