using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Bulletins, frozen when they are issued, and the formula that grades.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261123_c_bulletins")]
public sealed class Bulletins : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261123_c_bulletins.sql"));
}
