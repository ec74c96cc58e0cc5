using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Maintained counts tell embargoed issues from others.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261122_f_counts")]
public sealed class EmbargoedCounts : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261122_f_counts.sql"));
}
