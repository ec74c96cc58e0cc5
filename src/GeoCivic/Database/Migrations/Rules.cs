using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Accuracy, datum and revision of schools, gates and venues; rule packs with their versions.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261124_a_rules")]
public sealed class Rules : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261124_a_rules.sql"));
}
