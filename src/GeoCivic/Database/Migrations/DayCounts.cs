using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Counts of issues by day, the shift of an instant, and where hexagons begin.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261123_a_day_counts")]
public sealed class DayCounts : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261123_a_day_counts.sql"));
}
