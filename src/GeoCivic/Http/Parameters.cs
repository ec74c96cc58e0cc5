using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace GeoCivic.Http;

/// <summary>The parameters that many calls share, and makers of others.</summary>
public static class Parameters
{
    /// <summary>Limits an answer to a street.</summary>
    public static readonly QueryParameter Street = new(
        "street",
        "Code of a street; without it, all streets."
    );

    /// <summary>Limits an answer to a box.</summary>
    public static readonly QueryParameter Bbox = new(
        "bbox",
        "west,south,east,north in degrees WGS-84. West greater than east crosses the antimeridian."
    )
    {
        Example = "106.53,29.55,106.57,29.58",
    };

    /// <summary>The boundaries of a day.</summary>
    public static readonly QueryParameter At = Day(
        "at",
        "Day (Beijing time) whose boundaries count; without it, those in force now."
    );

    /// <summary>Longitude of a place.</summary>
    public static readonly QueryParameter Lon = Number("lon", "Longitude, degrees.", -180, 180)
        .Required();

    /// <summary>Latitude of a place.</summary>
    public static readonly QueryParameter Lat = Number("lat", "Latitude, degrees.", -90, 90)
        .Required();

    /// <summary>Datum of a place.</summary>
    public static readonly QueryParameter Crs = new(
        "crs",
        "Coordinate system of lon and lat: wgs84 (also the default), cgcs2000, gcj02 (高德, 腾讯) or bd09 (百度), or their EPSG codes."
    );

    /// <summary>Records of one community.</summary>
    public static readonly QueryParameter Community = new(
        "community",
        "Code of a community: records placed in it."
    );

    /// <summary>Records of one grid.</summary>
    public static readonly QueryParameter Grid = new(
        "grid",
        "Code of a grid: records placed in it."
    );

    /// <summary>Records by how they were placed.</summary>
    public static readonly QueryParameter Placement = Choice(
        "placement",
        "How records were placed: covered by a grid, snapped to one within 20 m, or neither.",
        null,
        "inside",
        "snapped",
        "orphan"
    );

    /// <summary>First day of a window.</summary>
    public static readonly QueryParameter From = Day(
        "from",
        "First day (Beijing time) of found_at."
    );

    /// <summary>Last day of a window.</summary>
    public static readonly QueryParameter To = Day("to", "Last day (Beijing time), included.");

    /// <summary>Where the next page starts.</summary>
    public static readonly QueryParameter Cursor = new(
        "cursor",
        "The member next of the page before; opaque."
    );

    /// <summary>How many features a page has.</summary>
    public static readonly QueryParameter Page = Limit(
        RecordList.StandardLimit,
        $"Features on a page; more than {RecordList.MaxLimit} are cut to that."
    );

    /// <summary>Text in a name or code.</summary>
    public static QueryParameter Contains(string where) =>
        new("q", $"Text that {where} contain, taken literally; upper and lower case are the same.");

    /// <summary>A whole number of at least one.</summary>
    public static QueryParameter Limit(int standard, string description) =>
        new("limit", description)
        {
            Type = JsonSchemaType.Integer,
            Min = "1",
            Standard = JsonValue.Create(standard),
        };

    /// <summary>A day.</summary>
    public static QueryParameter Day(string name, string description) =>
        new(name, description) { Format = "date" };

    /// <summary>An instant.</summary>
    public static QueryParameter Instant(string name, string description) =>
        new(name, description) { Format = "date-time" };

    /// <summary>A number in a closed range.</summary>
    public static QueryParameter Number(
        string name,
        string description,
        double min,
        double max,
        double? standard = null
    ) =>
        new(name, description)
        {
            Type = JsonSchemaType.Number,
            Min = min.ToString(CultureInfo.InvariantCulture),
            Max = max.ToString(CultureInfo.InvariantCulture),
            Standard = standard is { } value ? JsonValue.Create(value) : null,
        };

    /// <summary>A whole number in a closed range.</summary>
    public static QueryParameter Whole(
        string name,
        string description,
        int min,
        int max,
        int standard
    ) =>
        Number(name, description, min, max) with
        {
            Type = JsonSchemaType.Integer,
            Standard = JsonValue.Create(standard),
        };

    /// <summary>True or false.</summary>
    public static QueryParameter Flag(string name, string description) =>
        new(name, description) { Type = JsonSchemaType.Boolean };

    /// <summary>Codes, separated by commas.</summary>
    public static QueryParameter List(string name, string description) =>
        new(name, description) { IsList = true };

    /// <summary>One of a few words.</summary>
    public static QueryParameter Choice(
        string name,
        string description,
        string? standard,
        params string[] values
    ) =>
        new(name, description)
        {
            Values = values,
            Standard = standard is null ? null : JsonValue.Create(standard),
        };
}
