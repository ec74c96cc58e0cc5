using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>The letter book: notices, replies and reminders with their numbers.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261122_e_letters")]
public sealed class Letters : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261122_e_letters.sql"));
}
