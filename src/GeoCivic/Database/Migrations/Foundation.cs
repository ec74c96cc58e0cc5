using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Streets, boundary versions, code lists, placed records, maintained counts.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261121_foundation")]
public sealed class Foundation : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261121_foundation.sql"));
}
