using System.Globalization;
using GeoCivic.Imports;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>
/// Two streets with free codes side by side on made-up ground, 2 km × 2 km each in four grids, meeting at 106.56° E. The
/// campus S1 is a square of 100 m in the middle of the west street, S2 lies across the border, both streets'.
/// </summary>
public sealed class PlannedGround : ServiceFixture
{
    public const string WestStreet = "plan-west";
    public const string EastStreet = "plan-east";
    public const double Border = 106.56;
    public const double South = 29.55;

    /// <summary>South-west corner of S1.</summary>
    public static readonly LonLat Corner = new(106.549, 29.559);

    public static readonly LonLat CornerEast = Geodesic.Destination(Corner, 90, 100);

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await StreetAsync(WestStreet, Border - 0.02);
        await StreetAsync(EastStreet, Border);
        await ImportAsync(
            Datasets.Schools,
            $"""
            code,name,kind,accuracy,wkt
            S1,第一小学,primary,A,"{Square(Corner, 100)}"
            S2,跨界中学,secondary,A,"{Square(new LonLat(Border - 0.0003, 29.565), 100)}"
            S3,点位小学,primary,,POINT(106.5415 29.5515)

            """,
            WestStreet
        );
        await ImportAsync(
            Datasets.Gates,
            string.Create(
                CultureInfo.InvariantCulture,
                $"code,name,school,main,accuracy,wkt\nG1,南门,S1,是,A,POINT({Corner.Lon + 0.0005:0.0000000} {Corner.Lat:0.0000000})\n"
            ),
            WestStreet
        );
        await ExecuteAsync(
            """
            SELECT put_rule_pack(jsonb_build_object('format', 1, 'pack', 'check', 'version', '1', 'name', 'check', 'name_en', 'check',
                'region', 'plan', 'rules', jsonb_build_array(
                    r || '{"id": "check.settled", "venue_categories": ["billiard_hall"], "metres": 200, "from": "campus_boundary", "how": "straight", "method_settled": true}'::jsonb,
                    r || '{"id": "check.gate", "venue_categories": ["lottery"], "metres": 80, "from": "any_gate", "how": "straight", "method_settled": true}'::jsonb,
                    r || '{"id": "check.walk", "venue_categories": ["tobacco_alcohol"], "metres": 80, "from": "any_gate", "how": "walking", "method_settled": true}'::jsonb)), 'loaded')
            FROM (SELECT '{"name": "规则", "name_en": "rule", "school_kinds": ["primary", "secondary"], "certainty": "high",
                "citation": {"text": "t", "article": "a", "verified": false}}'::jsonb AS r) x
            """
        );
    }

    private async Task ImportAsync(Dataset dataset, string csv, string street) =>
        TestStreet.Committed(await base.ImportAsync(dataset, csv, "r.csv", street));

    private async Task StreetAsync(string street, double west)
    {
        await ExecuteAsync(
            "INSERT INTO streets (street_code, name) VALUES (@street, @street)",
            ("street", street)
        );
        await ImportAsync(
            Datasets.Communities,
            $"code,name,wkt\nA,社区,\"{Box(west, South, west + 0.02, South + 0.02)}\"\n",
            street
        );
        var grids = "code,name,community,wkt\n";
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = (west + (0.01 * (i % 2)), South + (0.01 * (i / 2)));
            grids += $"G{i},网格{i},A,\"{Box(x, y, x + 0.01, y + 0.01)}\"\n";
        }

        await ImportAsync(Datasets.Grids, grids, street);
    }

    public static string Box(double west, double south, double east, double north) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"POLYGON(({west:0.0000000} {south:0.0000000},{east:0.0000000} {south:0.0000000},{east:0.0000000} {north:0.0000000},{west:0.0000000} {north:0.0000000},{west:0.0000000} {south:0.0000000}))"
        );

    private static string Square(LonLat corner, double metres) =>
        Box(
            corner.Lon,
            corner.Lat,
            Geodesic.Destination(corner, 90, metres).Lon,
            Geodesic.Destination(corner, 0, metres).Lat
        );
}
