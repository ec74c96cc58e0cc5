using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Photos, checklists, how often points are visited, visits.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261122_d_inspections")]
public sealed class Inspections : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261122_d_inspections.sql"));
}
