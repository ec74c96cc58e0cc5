using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Ways that people walk on.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261124_b_ways")]
public sealed class Ways : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261124_b_ways.sql"));
}
