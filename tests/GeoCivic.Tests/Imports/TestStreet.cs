using System.Globalization;
using GeoCivic.Imports;
using GeoCivic.Tests.Http;

namespace GeoCivic.Tests.Imports;

/// <summary>
/// A small street with free codes: two communities side by side, each of two grids, squares of 0.001 degree (97 m × 111 m)
/// from 106.550, 29.560: grids A1 (south-west), A2 (north-west), B1 (south-east), B2 (north-east).
/// </summary>
internal static class TestStreet
{
    internal const double West = 106.55;
    internal const double South = 29.56;
    internal const double Side = 0.001;

    internal static async Task CreateAsync(ServiceFixture service, string street)
    {
        await using var command = service.Database.CreateCommand(
            "INSERT INTO streets (street_code, name) VALUES ($1, $1)"
        );
        command.Parameters.Add(new() { Value = street });
        await command.ExecuteNonQueryAsync();
        Committed(
            await service.ImportAsync(
                Datasets.Communities,
                $"code,name,wkt\nA,社区甲,\"{Box(0, 0, 1, 2)}\"\nB,社区乙,\"{Box(1, 0, 2, 2)}\"\n",
                "c.csv",
                street
            )
        );
        Committed(
            await service.ImportAsync(
                Datasets.Grids,
                Grids(Box(0, 0, 1, 1), Box(0, 1, 1, 2), Box(1, 0, 2, 1), Box(1, 1, 2, 2)),
                "g.csv",
                street
            )
        );
    }

    internal static string Grids(string a1, string a2, string b1, string b2) =>
        $"code,name,community,wkt\nA1,网格A1,A,\"{a1}\"\nA2,网格A2,A,\"{a2}\"\nB1,网格B1,B,\"{b1}\"\nB2,网格B2,B,\"{b2}\"\n";

    /// <summary>A rectangle in units of a side.</summary>
    internal static string Box(double x0, double y0, double x1, double y1) =>
        $"POLYGON(({At(x0, y0)},{At(x1, y0)},{At(x1, y1)},{At(x0, y1)},{At(x0, y0)}))";

    /// <summary>A place in units of a side, as WKT writes it.</summary>
    internal static string At(double x, double y) =>
        string.Create(CultureInfo.InvariantCulture, $"{Lon(x):0.0000000} {Lat(y):0.0000000}");

    internal static double Lon(double x) => West + (x * Side);

    internal static double Lat(double y) => South + (y * Side);

    internal static string Point(string code, double x, double y) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{code},点 {code},market,POINT({Lon(x):0.0000000} {Lat(y):0.0000000})\n"
        );

    internal static ImportReport Committed(ImportReport report)
    {
        Assert.True(report.Committed, string.Join('\n', report.Rows.Take(5)));
        Assert.Equal(
            report.Read,
            report.Added + report.Changed + report.Unchanged + report.Refused
        );
        return report;
    }
}
