namespace GeoCivic.Imports.Reading;

/// <summary>The geometry types a layer takes.</summary>
[Flags]
public enum GeometryKinds
{
    /// <summary>No geometry.</summary>
    None = 0,

    /// <summary>A point.</summary>
    Point = 1,

    /// <summary>Several points.</summary>
    MultiPoint = 2,

    /// <summary>A line.</summary>
    LineString = 4,

    /// <summary>Several lines.</summary>
    MultiLineString = 8,

    /// <summary>An area.</summary>
    Polygon = 16,

    /// <summary>Several areas.</summary>
    MultiPolygon = 32,

    /// <summary>Lines, single or several.</summary>
    AnyLine = LineString | MultiLineString,

    /// <summary>Areas, single or several.</summary>
    AnyArea = Polygon | MultiPolygon,

    /// <summary>Everything but collections.</summary>
    Any = Point | MultiPoint | AnyLine | AnyArea,
}
