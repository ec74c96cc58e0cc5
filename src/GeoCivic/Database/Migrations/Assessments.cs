using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace GeoCivic.Database.Migrations;

/// <summary>Assessment trees, mock assessments on them, the veto board.</summary>
[DbContext(typeof(GeoCivicContext))]
[Migration("20261123_e_assessments")]
public sealed class Assessments : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Database.Sql.Load("Database/Migrations/20261123_e_assessments.sql"));
}
