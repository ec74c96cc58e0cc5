using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Plans of checks with their versions, and the runs that follow from them.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261123_d_plans")]
public sealed class Plans : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261123_d_plans.sql"));
}
