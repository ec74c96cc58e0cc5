namespace GeoCivic.Spatial;

/// <summary>The families of coordinates a file may be in.</summary>
public enum DatumKind
{
    /// <summary>No system: the value of <c>default</c>, so that a forgotten label is not taken for WGS-84.</summary>
    None,

    /// <summary>WGS-84 degrees (EPSG:4326), what the database stores.</summary>
    Wgs84,

    /// <summary>China Geodetic Coordinate System 2000 degrees (EPSG:4490).</summary>
    Cgcs2000,

    /// <summary>GCJ-02 degrees, the shifted coordinates of Chinese commercial maps.</summary>
    Gcj02,

    /// <summary>BD-09 degrees, GCJ-02 shifted once more by Baidu.</summary>
    Bd09,

    /// <summary>Any other coordinate system, known by its EPSG code; its transformation needs PROJ.</summary>
    Projected,
}

/// <summary>
/// The coordinate system of a set of coordinates. Every imported geometry has one; nothing is guessed.
/// </summary>
public readonly record struct Datum
{
    private const int Wgs84Epsg = 4326;
    private const int Cgcs2000Epsg = 4490;

    // PostGIS keeps user-defined systems up to this number and refuses larger ones.
    private const int HighestSrid = 998_999;

    private const string UnknownReason =
        "Unknown coordinate system; use wgs84, cgcs2000, gcj02, bd09 or EPSG:n.";

    private static readonly Dictionary<string, Datum> s_names = new(
        StringComparer.OrdinalIgnoreCase
    )
    {
        ["wgs84"] = Wgs84,
        ["crs84"] = Wgs84,
        ["ogc:crs84"] = Wgs84,
        ["世界大地坐标系"] = Wgs84,
        ["cgcs2000"] = Cgcs2000,
        ["国家2000"] = Cgcs2000,
        ["大地2000"] = Cgcs2000,
        ["2000国家大地坐标系"] = Cgcs2000,
        ["国家大地坐标系"] = Cgcs2000,
        ["国家2000坐标系"] = Cgcs2000,
        ["天地图坐标系"] = Cgcs2000,
        ["gcj02"] = Gcj02,
        ["火星坐标"] = Gcj02,
        ["火星坐标系"] = Gcj02,
        ["国测局坐标系"] = Gcj02,
        ["高德坐标系"] = Gcj02,
        ["腾讯坐标系"] = Gcj02,
        ["bd09"] = Bd09,
        ["bd09ll"] = Bd09,
        ["百度坐标"] = Bd09,
        ["百度坐标系"] = Bd09,
    };

    private Datum(DatumKind kind, int? epsg)
    {
        Kind = kind;
        Epsg = epsg;
    }

    /// <summary>WGS-84 (EPSG:4326).</summary>
    public static Datum Wgs84 => new(DatumKind.Wgs84, Wgs84Epsg);

    /// <summary>CGCS2000 (EPSG:4490).</summary>
    public static Datum Cgcs2000 => new(DatumKind.Cgcs2000, Cgcs2000Epsg);

    /// <summary>GCJ-02; it has no EPSG code.</summary>
    public static Datum Gcj02 => new(DatumKind.Gcj02, epsg: null);

    /// <summary>BD-09; it has no EPSG code.</summary>
    public static Datum Bd09 => new(DatumKind.Bd09, epsg: null);

    /// <summary>The family.</summary>
    public DatumKind Kind { get; }

    /// <summary>The EPSG code, null for GCJ-02 and BD-09.</summary>
    public int? Epsg { get; }

    /// <summary>
    /// True when <see cref="ToWgs84"/> works here, false when PROJ (PostGIS) must transform the coordinates.
    /// </summary>
    public bool IsBuiltIn => Kind is not (DatumKind.None or DatumKind.Projected);

    /// <summary>The system with an EPSG code; 4326 and 4490 give the named ones.</summary>
    /// <param name="epsg">The code, 1 to 998999.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is outside that range.</exception>
    public static Datum FromEpsg(int epsg)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epsg, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(epsg, HighestSrid);
        return epsg switch
        {
            Wgs84Epsg => Wgs84,
            Cgcs2000Epsg => Cgcs2000,
            _ => new Datum(DatumKind.Projected, epsg),
        };
    }

    /// <summary>
    /// Reads a name: <c>wgs84 cgcs2000 gcj02 bd09</c> in any case, with or without hyphen, space or underscore, common
    /// Chinese names, or <c>EPSG:n</c>.
    /// </summary>
    /// <param name="text">The name.</param>
    /// <param name="datum">The system read.</param>
    /// <param name="reason">Why the name was refused, empty when it was not.</param>
    public static bool TryParse(string? text, out Datum datum, out string reason)
    {
        datum = default;
        reason = UnknownReason;
        if (string.IsNullOrWhiteSpace(text))
        {
            reason =
                "The coordinate system is missing; use wgs84, cgcs2000, gcj02, bd09 or EPSG:n.";
            return false;
        }

        string name = text.Trim();
        if (name.StartsWith("EPSG:", StringComparison.OrdinalIgnoreCase))
        {
            ReadOnlySpan<char> digits = name.AsSpan("EPSG:".Length);
            if (
                digits.Length is 0 or > 6
                || digits[0] == '0'
                || digits.ContainsAnyExceptInRange('0', '9')
                || !int.TryParse(digits, out int epsg)
                || epsg > HighestSrid
            )
            {
                return false;
            }

            datum = FromEpsg(epsg);
            reason = "";
            return true;
        }

        name = name.Replace("-", "", StringComparison.Ordinal)
            .Replace("_", "", StringComparison.Ordinal)
            .Replace(" ", "", StringComparison.Ordinal);
        if (!s_names.TryGetValue(name, out datum))
        {
            return false;
        }

        reason = "";
        return true;
    }

    /// <summary>
    /// The same place in WGS-84 degrees. CGCS2000 coordinates are taken over unchanged: both systems realise the same
    /// reference frame definition and differ by decimetres at most, less than street surveys resolve.
    /// </summary>
    /// <param name="lon">Longitude, degrees, −180 to 180.</param>
    /// <param name="lat">Latitude, degrees, −90 to 90.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinate is not finite or out of range.</exception>
    /// <exception cref="InvalidOperationException">The system needs PROJ, or is none.</exception>
    public LonLat ToWgs84(double lon, double lat)
    {
        switch (Kind)
        {
            case DatumKind.Wgs84:
            case DatumKind.Cgcs2000:
                Degrees.ThrowIfOutOfRange(lon, lat);
                return new LonLat(lon, lat);
            case DatumKind.Gcj02:
                return Spatial.Gcj02.ToWgs84(lon, lat);
            case DatumKind.Bd09:
                return Spatial.Bd09.ToWgs84(lon, lat);
            default:
                throw new InvalidOperationException($"No built-in transformation from {this}.");
        }
    }

    /// <summary>The name that <see cref="TryParse"/> reads.</summary>
    public override string ToString() =>
        Kind switch
        {
            DatumKind.Wgs84 => "wgs84",
            DatumKind.Cgcs2000 => "cgcs2000",
            DatumKind.Gcj02 => "gcj02",
            DatumKind.Bd09 => "bd09",
            DatumKind.Projected => $"EPSG:{Epsg}",
            _ => "none",
        };
}
