using GeoCivic.Accounts;
using GeoCivic.SchoolPerimeters.Check;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>The nearest allowed place among random campuses, against trying all the ground around.</summary>
public sealed class NearestAllowedTests
{
    private static readonly LonLat Middle = new(106.55, 29.56);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Nothing_nearer_is_allowed_than_what_is_found(int seed)
    {
        var random = new Random(seed);
        var around = await AroundAsync(random);
        for (var i = 0; i < 4; i++)
        {
            var at = Somewhere(random, 250);
            if (around.Allows(at))
            {
                continue;
            }

            var found = Assert.NotNull(
                await NearestAllowed.FindAsync(around, at, _ => ValueTask.FromResult(true))
            );
            Assert.True(around.Allows(found.Place));
            Assert.Equal(Geodesic.Metres(at, found.Place), found.Metres, 1e-6);
            Assert.DoesNotContain(
                Ground(at, found.Metres - 0.3),
                // With 0.3 m of allowed ground on all sides.
                place =>
                    around.Allows(place)
                    && Enumerable
                        .Range(0, 12)
                        .All(k => around.Allows(Geodesic.Destination(place, 30 * k, 0.3)))
            );
        }
    }

    [Fact]
    public async Task Outside_the_askers_grids_nothing_is_found_and_beside_them_hardly_farther_than_need_be()
    {
        var random = new Random(2);
        var around = await AroundAsync(random);
        for (var i = 0; i < 4; i++)
        {
            var at = Somewhere(random, 200);
            if (around.Allows(at))
            {
                continue;
            }

            // All but a strip is somebody else's.
            var west = at.Lon - 0.0008;
            bool Covered(LonLat place) => place.Lon < west;
            var found = Assert.NotNull(
                await NearestAllowed.FindAsync(
                    around,
                    at,
                    place => ValueTask.FromResult(Covered(place))
                )
            );
            Assert.True(around.Allows(found.Place) && Covered(found.Place));
            Assert.DoesNotContain(
                Ground(at, found.Metres - Math.Max(5.5, found.Metres / 16)),
                place => Covered(place) && around.Allows(place)
            );
        }

        Assert.Null(
            await NearestAllowed.FindAsync(around, Middle, _ => ValueTask.FromResult(false))
        );
    }

    // A fortieth of the way from circle to circle.
    private static IEnumerable<LonLat> Ground(LonLat at, double metres)
    {
        for (var ring = 1; ring <= 40; ring++)
        {
            for (var k = 0; k < 90; k++)
            {
                yield return Geodesic.Destination(at, 4 * k, metres * ring / 40);
            }
        }
    }

    private static LonLat Somewhere(Random random, double metres) =>
        Geodesic.Destination(
            Middle,
            random.NextDouble() * 360,
            Math.Sqrt(random.NextDouble()) * metres
        );

    // Overlapping zones of campuses with and without yards, points, and gates, under two rules.
    private static async Task<Surroundings> AroundAsync(Random random)
    {
        var wide = SomeRule.Of(metres: 120, settled: true) with
        {
            SchoolKinds = ["primary", "special"],
        };
        var gates = SomeRule.Of(metres: 160, RuleFrom.AnyGate, settled: random.Next(2) == 0) with
        {
            Id = "test.gates",
        };
        var schools = Enumerable
            .Range(0, 7)
            .Select(i => School($"S{i}", i == 0 ? "special" : "primary", random))
            .ToList();
        var walks = schools
            .Select(s => new SchoolWalks(
                0,
                2000,
                null,
                new Lazy<SchoolMeasuring>(() => new SchoolMeasuring(s.School, null, 2000))
            ))
            .ToArray();
        return await Surroundings.OfAsync(
            new PlaceQuestion(
                "internet_cafe",
                "500103011",
                SomeRule.Day,
                SchoolKinds: null,
                new Scope(["*"], [])
            ),
            schools,
            new RuleSet(1, [wide, gates]),
            (_, _) => ValueTask.FromResult(walks),
            within: 500
        );
    }

    private static KnownSchool School(string code, string kind, Random random)
    {
        var middle = Somewhere(random, 350);
        Geometry campus =
            kind == "special"
                ? new Point(middle.Lon, middle.Lat)
                : new Polygon(
                    Ring(middle, 40 + (80 * random.NextDouble()), random),
                    random.Next(2) == 0 ? [Ring(middle, 15, random)] : []
                );
        var wall = campus.Coordinates;
        return new KnownSchool(
            new PerimeterSchool(
                "500103011",
                code,
                "校",
                kind,
                campus,
                Accuracy: "A",
                Datum: null,
                1,
                Own: true,
                [
                    .. Enumerable
                        .Range(0, random.Next(3))
                        .Select(g => new PerimeterGate(
                            $"{code}{g}",
                            null,
                            Main: false,
                            new LonLat(wall[g % wall.Length].X, wall[g % wall.Length].Y),
                            "B",
                            null
                        )),
                ]
            ),
            written: 1,
            community: null,
            grid: null
        );
    }

    private static LinearRing Ring(LonLat middle, double radius, Random random)
    {
        var ring = Enumerable
            .Range(0, 12)
            .Select(k =>
                Geodesic.Destination(middle, 30 * k, radius * (0.5 + (0.5 * random.NextDouble())))
            )
            .Select(at => new Coordinate(at.Lon, at.Lat))
            .ToList();
        return new LinearRing([.. ring, ring[0].Copy()]);
    }
}
