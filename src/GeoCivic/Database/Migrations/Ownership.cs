using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Bodies, people and duties with their history; campaigns; responsibility tables; building and floor of points.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261122_b_ownership")]
public sealed class Ownership : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261122_b_ownership.sql"));
}
