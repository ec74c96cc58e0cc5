using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Key places and their history.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261123_b_key_places")]
public sealed class KeyPlaces : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261123_b_key_places.sql"));
}
