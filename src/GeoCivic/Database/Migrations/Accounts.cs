using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Accounts, grants, sessions, tokens, the audit log, and what a scope covers.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261122_a_accounts")]
public sealed class Accounts : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261122_a_accounts.sql"));
}
