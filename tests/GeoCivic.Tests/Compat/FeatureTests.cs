using NetTopologySuite.Features;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tests.Compat;

/// <summary>Attribute tables, features and collections.</summary>
public sealed class FeatureTests
{
    [Fact]
    public void Attributes_keep_their_order()
    {
        var table = new AttributesTable { { "z", 1 }, { "a", "two" } };
        table["m"] = null;

        Assert.Equal(3, table.Count);
        Assert.Equal(["z", "a", "m"], table.GetNames());
        Assert.Equal([1, "two", null], table.GetValues());

        table.DeleteAttribute("z");
        table.Add("z", 3);
        Assert.Equal(["a", "m", "z"], table.GetNames());
    }

    [Fact]
    public void A_set_value_replaces_or_adds()
    {
        var table = new AttributesTable { { "a", 1 } };
        table["a"] = 2;
        table["b"] = 3;

        Assert.Equal(2, table["a"]);
        Assert.Equal(3, table["b"]);
        Assert.Throws<ArgumentException>(() => table.Add("a", 4));
    }

    [Fact]
    public void A_missing_attribute_differs_from_a_null_one()
    {
        var table = new AttributesTable { { "nothing", null }, { "name", "集贸市场" } };

        Assert.True(table.Exists("nothing"));
        Assert.Null(table["nothing"]);
        Assert.Equal(typeof(object), table.GetType("nothing"));
        Assert.Equal(typeof(string), table.GetType("name"));

        Assert.False(table.Exists("Name"));
        Assert.Null(table.GetOptionalValue("Name"));
        Assert.Throws<ArgumentException>(() => table["Name"]);
        Assert.Throws<ArgumentException>(() => table.GetType("Name"));
        table.DeleteAttribute("Name");
        Assert.Equal(2, table.Count);
    }

    [Fact]
    public void An_identifier_of_its_own_comes_before_the_attribute()
    {
        var attributes = new AttributesTable { { "id", "from attribute" } };

        Assert.Equal("from attribute", new Feature(null, attributes).GetOptionalId("id"));
        Assert.Null(new Feature(null, attributes).GetOptionalId("code"));
        Assert.Null(new Feature().GetOptionalId("id"));
        Assert.Equal(7, new Numbered { Attributes = attributes }.GetOptionalId("id"));
    }

    [Fact]
    public void A_box_is_what_was_given()
    {
        var feature = new Feature(new Point(1, 2), null);
        var collection = new FeatureCollection([feature]);

        Assert.Null(feature.BoundingBox);
        Assert.Null(collection.BoundingBox);

        feature.BoundingBox = new Envelope(0, 5, 0, 5);
        collection.BoundingBox = new Envelope(0, 9, 0, 9);
        Assert.Equal(new Envelope(0, 5, 0, 5), feature.BoundingBox);
        Assert.Equal(new Envelope(0, 9, 0, 9), collection.BoundingBox);
    }

    private sealed class Numbered : Feature, IUnique
    {
        public object? Id => 7;
    }
}
