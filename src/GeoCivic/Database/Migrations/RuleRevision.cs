using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Counts the changes of rule packs, so that what was read of them can be kept until the next.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261124_d_rule_revision")]
public sealed class RuleRevision : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261124_d_rule_revision.sql"));
}
