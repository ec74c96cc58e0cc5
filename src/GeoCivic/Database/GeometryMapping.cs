using System.Data.Common;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;
using NpgsqlTypes;

namespace GeoCivic.Database;

/// <summary>
/// Lets EF Core map properties of NetTopologySuite types to PostGIS columns. In place of
/// Npgsql.EntityFrameworkCore.PostgreSQL.NetTopologySuite, which has no version for EF Core 10 to be had.
/// The data source needs <c>UseNetTopologySuite()</c> beside it.
/// </summary>
public static class GeometryMapping
{
    /// <summary>WGS-84, the reference system of every stored geometry.</summary>
    public const int Srid = 4326;

    /// <summary>Maps the geometry types in this context.</summary>
    public static NpgsqlDbContextOptionsBuilder UseGeometryTypes(
        this NpgsqlDbContextOptionsBuilder npgsql
    )
    {
        var options = ((IRelationalDbContextOptionsBuilderInfrastructure)npgsql).OptionsBuilder;
        var extension = options.Options.FindExtension<GeometryOptions>() ?? new GeometryOptions();
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(extension);
        return npgsql;
    }

    /// <summary>Makes the functions of <see cref="PostGis"/> usable in queries of this model.</summary>
    public static ModelBuilder HasPostGisFunctions(this ModelBuilder model)
    {
        Planar(nameof(PostGis.Covers), "ST_Covers");
        Planar(nameof(PostGis.Intersects), "ST_Intersects");
        Geodesic(nameof(PostGis.WithinMetres), "ST_DWithin", BoolTypeMapping.Default);
        Geodesic(nameof(PostGis.DistanceMetres), "ST_Distance", DoubleTypeMapping.Default);
        Geodesic(nameof(PostGis.AreaSquareMetres), "ST_Area", DoubleTypeMapping.Default);
        return model;

        void Planar(string method, string function) =>
            model.HasDbFunction(typeof(PostGis).GetMethod(method)!).HasName(function).IsBuiltIn();

        void Geodesic(string method, string function, RelationalTypeMapping result) =>
            model
                .HasDbFunction(typeof(PostGis).GetMethod(method)!)
                .HasTranslation(arguments => new SqlFunctionExpression(
                    function,
                    [.. arguments.Select(AsGeography)],
                    nullable: true,
                    argumentsPropagateNullability: arguments.Select(_ => true),
                    result.ClrType,
                    result
                ));
    }

    private static SqlExpression AsGeography(SqlExpression argument) =>
        argument.Type.IsAssignableTo(typeof(Geometry))
            ? new SqlUnaryExpression(
                ExpressionType.Convert,
                argument,
                argument.Type,
                Geography(argument.Type)
            )
            : argument;

    private static GeometryTypeMapping Geography(Type type) =>
        GeometryTypeMapping.Create(type, "geography");

    private sealed class GeometryOptions : IDbContextOptionsExtension
    {
        public DbContextOptionsExtensionInfo Info => field ??= new ExtensionInfo(this);

        public void ApplyServices(IServiceCollection services) =>
            new EntityFrameworkRelationalServicesBuilder(services).TryAdd<
                IRelationalTypeMappingSourcePlugin,
                MappingSource
            >();

        public void Validate(IDbContextOptions options)
        {
            // There is nothing to set.
        }

        private sealed class ExtensionInfo(IDbContextOptionsExtension extension)
            : DbContextOptionsExtensionInfo(extension)
        {
            public override bool IsDatabaseProvider => false;

            public override string LogFragment => "using geometry types ";

            public override int GetServiceProviderHashCode() => 0;

            public override bool ShouldUseSameServiceProvider(
                DbContextOptionsExtensionInfo other
            ) => other is ExtensionInfo;

            public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
                debugInfo["GeoCivic:" + nameof(UseGeometryTypes)] = "1";
        }
    }

    private sealed class MappingSource : IRelationalTypeMappingSourcePlugin
    {
        public RelationalTypeMapping? FindMapping(in RelationalTypeMappingInfo mappingInfo)
        {
            // Not StoreTypeNameBase: "geometry(Point,4326)" is not of the shape name(number) that EF takes apart.
            var column = mappingInfo.StoreTypeName;
            var isSpatialColumn = column?.Split('(')[0].TrimEnd() is "geometry" or "geography";
            var type = mappingInfo.ClrType ?? (isSpatialColumn ? typeof(Geometry) : null);
            // Npgsql does not read or write rings on their own; PostGIS has no such type.
            return
                type?.IsAssignableTo(typeof(Geometry)) == true
                && type != typeof(LinearRing)
                && (isSpatialColumn || column is null)
                ? GeometryTypeMapping.Create(type, column ?? ColumnType(type))
                : null;
        }

        private static string ColumnType(Type type) =>
            type == typeof(Geometry) ? "geometry" : $"geometry({type.Name},{Srid})";
    }

    private abstract class GeometryTypeMapping(
        RelationalTypeMapping.RelationalTypeMappingParameters parameters
    ) : RelationalTypeMapping(parameters)
    {
        /// <summary>The mapping of a NetTopologySuite type to a column type such as <c>geometry(Point,4326)</c>.</summary>
        public static GeometryTypeMapping Create(Type type, string storeType) =>
            (GeometryTypeMapping)
                Activator.CreateInstance(typeof(Of<>).MakeGenericType(type), storeType)!;

        protected override void ConfigureParameter(DbParameter parameter) =>
            ((NpgsqlParameter)parameter).NpgsqlDbType = StoreType.StartsWith(
                "geography",
                StringComparison.Ordinal
            )
                ? NpgsqlDbType.Geography
                : NpgsqlDbType.Geometry;

        protected override string GenerateNonNullSqlLiteral(object value)
        {
            var geometry = (Geometry)value;
            var text = new WKTWriter(4).Write(geometry);
            var typeName = StoreType.Split('(')[0];
            return geometry.SRID > 0
                ? $"{typeName} 'SRID={geometry.SRID};{text}'"
                : $"{typeName} '{text}'";
        }

        private sealed class Of<T> : GeometryTypeMapping
            where T : Geometry
        {
            public Of(string storeType)
                : this(
                    new RelationalTypeMappingParameters(
                        new CoreTypeMappingParameters(typeof(T), comparer: ByContent<T>()),
                        storeType
                    )
                ) { }

            private Of(RelationalTypeMappingParameters parameters)
                : base(parameters) { }

            protected override RelationalTypeMapping Clone(
                RelationalTypeMappingParameters parameters
            ) => new Of<T>(parameters);
        }

        // Geometry.Equals looks at X and Y only; a changed height or SRID is a change all the same.
        private static ValueComparer<T> ByContent<T>()
            where T : Geometry =>
            new(
                (a, b) => ReferenceEquals(a, b) || (a != null && b != null && SameBytes(a, b)),
                g => g.GetHashCode(),
                g => (T)g.Copy()
            );

        private static bool SameBytes(Geometry a, Geometry b) =>
            Bytes(a).AsSpan().SequenceEqual(Bytes(b));

        private static byte[] Bytes(Geometry geometry) =>
            new WKBWriter(ByteOrder.LittleEndian, handleSRID: true, emitZ: true, emitM: true).Write(
                geometry
            );
    }
}

/// <summary>
/// PostGIS functions for LINQ queries; they exist in SQL only (see <see cref="GeometryMapping.HasPostGisFunctions"/>).
/// A null argument gives SQL's null. Metres and square metres are geodesic, on the WGS-84 spheroid.
/// </summary>
public static class PostGis
{
    /// <summary><c>ST_Covers</c>: no point of <paramref name="part"/> lies outside <paramref name="whole"/>. Uses a GiST index.</summary>
    public static bool Covers(Geometry whole, Geometry part) => throw OnlyInSql();

    /// <summary><c>ST_Intersects</c>: the two share at least one point. Uses a GiST index.</summary>
    public static bool Intersects(Geometry a, Geometry b) => throw OnlyInSql();

    /// <summary>
    /// <c>ST_DWithin</c>: the two are at most that many metres apart. An index helps only if it is on the
    /// <c>geography</c> of the column.
    /// </summary>
    public static bool WithinMetres(Geometry a, Geometry b, double metres) => throw OnlyInSql();

    /// <summary><c>ST_Distance</c>: the shortest distance between the two, in metres.</summary>
    public static double DistanceMetres(Geometry a, Geometry b) => throw OnlyInSql();

    /// <summary><c>ST_Area</c>: the area, in square metres; 0 for points and lines.</summary>
    public static double AreaSquareMetres(Geometry area) => throw OnlyInSql();

    private static InvalidOperationException OnlyInSql() =>
        new("This function can be used in database queries only.");
}
