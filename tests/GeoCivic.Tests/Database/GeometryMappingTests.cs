using GeoCivic.Database;
using Microsoft.EntityFrameworkCore;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace GeoCivic.Tests.Database;

/// <summary>The EF Core mapping of geometries, against a real table.</summary>
public sealed class GeometryMappingTests(PostGisFixture postgis)
    : IClassFixture<PostGisFixture>,
        IAsyncLifetime
{
    private static readonly GeometryFactory Wgs84 = new(new PrecisionModel(), GeometryMapping.Srid);

    public async Task InitializeAsync()
    {
        await using var context = CreateContext();
        await using var command = postgis.DataSource.CreateCommand(
            "DROP TABLE IF EXISTS shapes;" + context.Database.GenerateCreateScript()
        );
        await command.ExecuteNonQueryAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Columns_get_the_type_of_the_property_and_the_SRID()
    {
        using var context = CreateContext();
        var columns = context
            .Model.FindEntityType(typeof(Shape))!
            .GetProperties()
            .ToDictionary(p => p.Name, p => p.GetColumnType(), StringComparer.Ordinal);

        Assert.Equal("geometry(Point,4326)", columns[nameof(Shape.Point)]);
        Assert.Equal("geometry(LineString,4326)", columns[nameof(Shape.Line)]);
        Assert.Equal("geometry(Polygon,4326)", columns[nameof(Shape.Area)]);
        Assert.Equal("geometry(MultiPoint,4326)", columns[nameof(Shape.Points)]);
        Assert.Equal("geometry(MultiLineString,4326)", columns[nameof(Shape.Lines)]);
        Assert.Equal("geometry(MultiPolygon,4326)", columns[nameof(Shape.Areas)]);
        Assert.Equal("geometry(GeometryCollection,4326)", columns[nameof(Shape.Mixed)]);
        Assert.Equal("geometry", columns[nameof(Shape.Any)]);
        Assert.Equal("geometry(PointZ,4326)", columns[nameof(Shape.Height)]);
        Assert.Equal("geography(Point,4326)", columns[nameof(Shape.OnSpheroid)]);
    }

    [Fact]
    public async Task Every_type_comes_back_as_it_was_saved()
    {
        var saved = new Shape
        {
            Id = 1,
            Point = Read<Point>("POINT (106.55 29.565)"),
            Line = Read<LineString>("LINESTRING (106.55 29.565, 106.56 29.57)"),
            Area = Read<Polygon>("POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))"),
            Points = Read<MultiPoint>("MULTIPOINT ((1 2), (3 4))"),
            Lines = Read<MultiLineString>("MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))"),
            Areas = Read<MultiPolygon>(
                "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"
            ),
            Mixed = Read<GeometryCollection>(
                "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (1 2, 3 4))"
            ),
            Any = Read<Geometry>("LINESTRING EMPTY"),
            Height = Read<Point>("POINT Z (1 2 3)"),
            OnSpheroid = Read<Point>("POINT (106.55 29.565)"),
        };
        await using (var context = CreateContext())
        {
            context.Shapes.Add(saved);
            Assert.Equal(1, await context.SaveChangesAsync());
        }

        await using var fresh = CreateContext();
        var loaded = await fresh.Shapes.SingleAsync(s => s.Id == 1);

        Assert.Equal("POINT (106.55 29.565)", loaded.Point!.AsText());
        Assert.Equal(GeometryMapping.Srid, loaded.Point.SRID);
        Assert.True(saved.Line.EqualsExact(loaded.Line));
        Assert.True(saved.Area.EqualsExact(loaded.Area));
        Assert.True(saved.Points.EqualsExact(loaded.Points));
        Assert.True(saved.Lines.EqualsExact(loaded.Lines));
        Assert.True(saved.Areas.EqualsExact(loaded.Areas));
        Assert.True(saved.Mixed.EqualsExact(loaded.Mixed));
        Assert.True(loaded.Any is LineString { IsEmpty: true });
        Assert.Equal(3, loaded.Height!.Coordinate.Z);
        Assert.Equal("POINT (106.55 29.565)", loaded.OnSpheroid!.AsText());
    }

    [Fact]
    public async Task Null_is_saved_and_found()
    {
        await using var context = CreateContext();
        context.Shapes.Add(new Shape { Id = 2 });
        await context.SaveChangesAsync();

        Assert.Equal(
            2,
            await context.Shapes.Where(s => s.Point == null).Select(s => s.Id).SingleAsync()
        );
    }

    [Fact]
    public async Task A_changed_height_alone_is_saved()
    {
        await using var context = CreateContext();
        var shape = new Shape { Id = 3, Height = Read<Point>("POINT Z (1 2 3)") };
        context.Shapes.Add(shape);
        await context.SaveChangesAsync();

        shape.Height = Read<Point>("POINT Z (1 2 3)");
        Assert.Equal(0, await context.SaveChangesAsync());

        shape.Height = Read<Point>("POINT Z (1 2 4)");
        Assert.Equal(1, await context.SaveChangesAsync());
    }

    [Fact]
    public async Task Covers_is_asked_of_PostGIS()
    {
        await using var context = await WithSquaresAsync();
        var corner = Read<Point>("POINT (1 1)");
        var query = context
            .Shapes.Where(s => PostGis.Covers(s.Areas!, corner))
            .OrderBy(s => s.Id)
            .Select(s => s.Id);

        Assert.Contains(
            "ST_Covers(s.\"Areas\", @",
            query.ToQueryString(),
            StringComparison.Ordinal
        );
        // The corner belongs to both squares: covers, not contains.
        Assert.Equal([11, 12], await query.ToListAsync());
    }

    [Fact]
    public async Task Intersects_is_asked_of_PostGIS_also_with_a_constant()
    {
        await using var context = await WithSquaresAsync();
        var query = context.Shapes.Where(s =>
            PostGis.Intersects(s.Areas!, EF.Constant(Read<Point>("POINT (0.5 0.5)")))
        );

        Assert.Contains(
            "ST_Intersects(s.\"Areas\", geometry 'SRID=4326;POINT",
            query.ToQueryString(),
            StringComparison.OrdinalIgnoreCase
        );
        Assert.Equal(11, (await query.SingleAsync()).Id);
    }

    [Fact]
    public async Task Distances_are_geodesic_metres()
    {
        await using var context = await WithSquaresAsync();
        var place = Read<Point>("POINT (-0.001 0)");
        var query = context
            .Shapes.Where(s => s.Id == 11)
            .Select(s => PostGis.DistanceMetres(s.Areas!, place));

        Assert.Contains("ST_Distance(", query.ToQueryString(), StringComparison.Ordinal);
        Assert.Contains("geography", query.ToQueryString(), StringComparison.Ordinal);
        // A thousandth of a degree on the equator of WGS-84: a · π / 180,000.
        Assert.Equal(6_378_137 * Math.PI / 180_000, await query.SingleAsync(), 3);

        Assert.Equal([11], await Near(112).ToListAsync());
        Assert.Empty(await Near(111).ToListAsync());

        IQueryable<int> Near(double metres) =>
            context
                .Shapes.Where(s => PostGis.WithinMetres(s.Areas!, place, metres))
                .Select(s => s.Id);
    }

    [Fact]
    public async Task Areas_are_geodesic_square_metres()
    {
        await using var context = await WithSquaresAsync();
        var areas = await context
            .Shapes.OrderBy(s => s.Id)
            .Select(s => PostGis.AreaSquareMetres(s.Areas!))
            .ToListAsync();
        await using var command = postgis.DataSource.CreateCommand(
            "SELECT ST_Area(ST_MakeEnvelope(0, 0, 1, 1, 4326)::geography)"
        );

        Assert.Equal((double)(await command.ExecuteScalarAsync())!, areas[0], 3);
        // Published: one degree square at the equator is about 12,309 km².
        Assert.InRange(areas[0], 12_300e6, 12_320e6);
    }

    [Fact]
    public void The_functions_refuse_to_run_in_memory()
    {
        var point = Read<Point>("POINT (1 2)");

        Assert.Throws<InvalidOperationException>(() => PostGis.Covers(point, point));
        Assert.Throws<InvalidOperationException>(() => PostGis.Intersects(point, point));
        Assert.Throws<InvalidOperationException>(() => PostGis.WithinMetres(point, point, 1));
        Assert.Throws<InvalidOperationException>(() => PostGis.DistanceMetres(point, point));
        Assert.Throws<InvalidOperationException>(() => PostGis.AreaSquareMetres(point));
    }

    private static T Read<T>(string wkt)
        where T : Geometry => (T)Wgs84.CreateGeometry(new WKTReader().Read(wkt));

    private async Task<ShapesContext> WithSquaresAsync()
    {
        var context = CreateContext();
        context.Shapes.Add(
            new Shape
            {
                Id = 11,
                Areas = Read<MultiPolygon>("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)))"),
            }
        );
        context.Shapes.Add(
            new Shape
            {
                Id = 12,
                Areas = Read<MultiPolygon>("MULTIPOLYGON (((1 1, 2 1, 2 2, 1 2, 1 1)))"),
            }
        );
        await context.SaveChangesAsync();
        context.ChangeTracker.Clear();
        return context;
    }

    private ShapesContext CreateContext() =>
        new(
            new DbContextOptionsBuilder<ShapesContext>()
                .UseNpgsql(postgis.DataSource, npgsql => npgsql.UseGeometryTypes())
                .Options
        );

    private sealed class ShapesContext(DbContextOptions<ShapesContext> options) : DbContext(options)
    {
        public DbSet<Shape> Shapes => Set<Shape>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasPostGisFunctions();
            var shape = modelBuilder.Entity<Shape>();
            shape.ToTable("shapes").Property(s => s.Id).ValueGeneratedNever();
            shape.Property(s => s.Height).HasColumnType("geometry(PointZ,4326)");
            shape.Property(s => s.OnSpheroid).HasColumnType("geography(Point,4326)");
        }
    }

    private sealed class Shape
    {
        public int Id { get; set; }
        public Point? Point { get; set; }
        public LineString? Line { get; set; }
        public Polygon? Area { get; set; }
        public MultiPoint? Points { get; set; }
        public MultiLineString? Lines { get; set; }
        public MultiPolygon? Areas { get; set; }
        public GeometryCollection? Mixed { get; set; }
        public Geometry? Any { get; set; }
        public Point? Height { get; set; }
        public Point? OnSpheroid { get; set; }
    }
}
