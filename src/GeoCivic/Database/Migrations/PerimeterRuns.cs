using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Runs over the surroundings of schools, and what schools, gates and venues were before.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261124_c_perimeter_runs")]
public sealed class PerimeterRuns : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            Database.Sql.Load("Database/Migrations/20261124_c_perimeter_runs.sql")
        );
}
