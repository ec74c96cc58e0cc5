using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Schools, gates and venues that come back under an old code do not repeat its revisions.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261125_a_revisions_go_on")]
public sealed class RevisionsGoOn : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            Database.Sql.Load("Database/Migrations/20261125_a_revisions_go_on.sql")
        );
}
