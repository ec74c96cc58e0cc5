using GeoCivic.Spatial.Statistics;

namespace GeoCivic.Spatial.Tests.Statistics;

public sealed class HexGridTests
{
    private static readonly EqualAreaFrame Frame = new(new LonLat(106.55, 29.565));

    [Theory]
    [InlineData(50)]
    [InlineData(137)]
    [InlineData(2000)]
    public void A_point_belongs_to_the_nearest_centre(int size)
    {
        var grid = new HexGrid(Frame, size);
        var random = new Random(size);
        for (var i = 0; i < 600; i++)
        {
            var (x, y) = (
                (random.NextDouble() - 0.5) * 40 * size,
                (random.NextDouble() - 0.5) * 40 * size
            );
            double Distance(HexCell cell)
            {
                var (cx, cy) = grid.CentreInFrame(cell);
                return Math.Sqrt(((cx - x) * (cx - x)) + ((cy - y) * (cy - y)));
            }

            var nearest = (
                from q in Enumerable.Range(-50, 101)
                from r in Enumerable.Range(-30, 61)
                select new HexCell(q, r)
            ).MinBy(Distance);
            var found = grid.CellOf(x, y);
            Assert.True(
                found == nearest || Math.Abs(Distance(found) - Distance(nearest)) < 1e-9 * size,
                $"{x} {y}: {found}, nearest {nearest}"
            );
            // The middle of a side is size / 2 away, a corner size / √3.
            Assert.True(Distance(found) <= (size / Math.Sqrt(3)) + 1e-9);
        }
    }

    [Fact]
    public void Hexagons_share_their_corners_and_ids_return_their_hexagon()
    {
        var grid = new HexGrid(Frame, 100);
        var cell = new HexCell(-7, 12);
        var corners = grid.CornersInFrame(cell);
        var twiceArea = 0d;
        for (var i = 0; i < 6; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % 6]);
            twiceArea += (a.X * b.Y) - (b.X * a.Y);
        }

        // Counter-clockwise, and as large as it says.
        Assert.Equal(grid.AreaM2, twiceArea / 2, 1e-6);
        var neighbours = cell.Neighbours.ToList();
        for (var i = 0; i < 6; i++)
        {
            var shared = grid.CornersInFrame(neighbours[i])
                .Count(c =>
                    corners.Any(d => Math.Abs(c.X - d.X) < 1e-6 && Math.Abs(c.Y - d.Y) < 1e-6)
                );
            Assert.Equal(2, shared);
        }

        Assert.Equal(cell, grid.CellOf(grid.Centre(cell)));
        Assert.Equal("h100:-7:12", grid.Code(cell));
        Assert.True(HexGrid.TryParse("h100:-7:12", out var size, out var parsed));
        Assert.Equal((100, cell), (size, parsed));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("h100:1")]
    [InlineData("h100:1:2:3")]
    [InlineData("h0:1:2")]
    [InlineData("h-5:1:2")]
    [InlineData("h100:+1:2")]
    [InlineData("h100:01:2")]
    [InlineData("h100:1:-0")]
    [InlineData("h100:1:2 ")]
    [InlineData("x100:1:2")]
    [InlineData("h100:99999999999:2")]
    public void Nothing_else_is_an_id(string? code) =>
        Assert.False(HexGrid.TryParse(code, out _, out _));

    [Fact]
    public void There_and_back_is_the_same_place()
    {
        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            var place = new LonLat(
                106.55 + ((random.NextDouble() - 0.5) * 20),
                29.565 + ((random.NextDouble() - 0.5) * 20)
            );
            var (x, y) = Frame.Forward(place);
            var back = Frame.Inverse(x, y);
            Assert.Equal(place.Lon, back.Lon, 1e-11);
            Assert.Equal(place.Lat, back.Lat, 1e-11);
        }

        Assert.Equal(Frame.Origin, Frame.Inverse(0, 0));
        Assert.Equal((0, 0), Frame.Forward(Frame.Origin));
    }

    [Fact]
    public void A_frame_has_no_origin_at_a_pole_or_off_the_globe()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EqualAreaFrame(new LonLat(0, 90)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new EqualAreaFrame(new LonLat(double.NaN, 0))
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Frame.Inverse(1e8, 0));
    }
}
