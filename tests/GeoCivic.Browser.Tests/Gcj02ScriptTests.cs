using System.Text.Json;
using GeoCivic.Browser.Tests.Running;
using GeoCivic.Spatial;

namespace GeoCivic.Browser.Tests;

/// <summary>The page's own GCJ-02 against published vectors and against the service's.</summary>
[Collection(DemoCollection.Name)]
public sealed class Gcj02ScriptTests(DemoSite site)
{
    [Fact]
    public Task It_agrees_with_the_published_vectors() =>
        Visit.MakeAsync(
            site,
            site.Address,
            async page =>
            {
                var file = Path.Combine(
                    GeoCivic.Database.AppPaths.Root,
                    "..",
                    "shared",
                    "data",
                    "cn-coords-small",
                    "vectors.json"
                );
                using var vectors = JsonDocument.Parse(await File.ReadAllTextAsync(file));
                foreach (
                    var vector in vectors.RootElement.GetProperty("wgs84_gcj02").EnumerateArray()
                )
                {
                    var from = vector.GetProperty("wgs84_lat_lng");
                    var to = vector.GetProperty("gcj02_lat_lng");
                    var shifted = await RunAsync(
                        page,
                        "toGcj02",
                        [from[1].GetDouble(), from[0].GetDouble()]
                    );
                    Assert.Equal(to[1].GetDouble(), shifted[0], 6);
                    Assert.Equal(to[0].GetDouble(), shifted[1], 6);
                }
            }
        );

    [Fact]
    public Task It_agrees_with_the_service_and_comes_back_to_a_millimetre() =>
        Visit.MakeAsync(
            site,
            site.Address,
            async page =>
            {
                var random = new Random(20261121);
                for (var i = 0; i < 60; i++)
                {
                    double[] place =
                    [
                        75 + (random.NextDouble() * 55),
                        4 + (random.NextDouble() * 48),
                    ];
                    var truth = Gcj02.FromWgs84(place[0], place[1]);
                    var shifted = await RunAsync(page, "toGcj02", place);
                    Assert.Equal(truth.Lon, shifted[0], 10);
                    Assert.Equal(truth.Lat, shifted[1], 10);
                    var back = await RunAsync(page, "fromGcj02", shifted);
                    Assert.Equal(place[0], back[0], 8);
                    Assert.Equal(place[1], back[1], 8);
                }

                double[] abroad = [-77.03, 38.9];
                Assert.Equal(abroad, await RunAsync(page, "toGcj02", abroad));
            }
        );

    private static Task<double[]> RunAsync(IPage page, string function, double[] place) =>
        page.EvaluateAsync<double[]>(
            "async ([name, place]) => (await import('/js/geo/gcj02.js'))[name](place)",
            new object[] { function, place }
        );
}
