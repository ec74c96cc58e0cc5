using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Events, tasks and time limits of issues, the working calendar, and the ids of submissions.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261122_c_issue_life")]
public sealed class IssueLife : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261122_c_issue_life.sql"));
}
