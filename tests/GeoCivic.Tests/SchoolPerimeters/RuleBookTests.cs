using GeoCivic.Imports;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Tests.Http;
using GeoCivic.Tests.Imports;
using static GeoCivic.Tests.SchoolPerimeters.SomeRule;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>Which rules apply where and when; the packs in the database; accuracy, datum and revision of records.</summary>
public sealed class RuleBookTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData("cn", "500103011", true)]
    [InlineData("cn", "dc", false)]
    [InlineData("cn", "50010301", false)]
    [InlineData("50", "500103011", true)]
    [InlineData("42", "500103011", false)]
    [InlineData("50", "50th", false)]
    [InlineData("dc", "dc", true)]
    [InlineData("dc", "dc-ward-1", true)]
    public void A_region_is_a_prefix_of_the_street(string region, string street, bool holds) =>
        Assert.Equal(holds, RuleBook.IsIn(region, street));

    [Fact]
    public void A_narrower_rule_replaces_a_wider_one_where_it_covers_all_of_it()
    {
        var wide = Of() with
        {
            Id = "cn.a",
            Region = "cn",
            SchoolKinds = ["primary", "secondary"],
            VenueCategories = ["internet_cafe"],
        };
        var narrow = wide with { Id = "gd.a", Region = "44", Replaces = ["cn.a"] };
        string[] Ids(string street, params PerimeterRule[] rules) =>
            [.. RuleBook.InForce(rules, street, Day).Select(r => r.Id)];
        Assert.Equal(["gd.a"], Ids("440103001", wide, narrow));
        Assert.Equal(["cn.a"], Ids("500103011", wide, narrow));
        // Half of it, or a rule that does not hold yet or any more, replaces nothing.
        var half = narrow with
        {
            SchoolKinds = ["primary"],
        };
        Assert.Equal(["cn.a", "gd.a"], Ids("440103001", wide, half));
        Assert.Equal(
            ["gd.a", "gd.b"],
            Ids("440103001", wide, half, narrow with { Id = "gd.b", SchoolKinds = ["secondary"] })
        );
        Assert.Equal(["cn.a"], Ids("440103001", wide, narrow with { ValidFrom = Day.AddDays(1) }));
        Assert.Equal(["cn.a"], Ids("440103001", wide, narrow with { ValidUntil = Day }));
        Assert.Equal(["gd.a"], Ids("440103001", wide, narrow with { ValidFrom = Day }));
    }

    [Fact]
    public async Task The_shipped_packs_are_there_and_national_rules_hold_in_every_street()
    {
        var book = new RuleBook(service.Database);
        var rules = await book.InForceAsync("500103011", Day, CancellationToken.None);
        var cafe = Assert.Single(rules, r => r.Id == "cn.internet_cafe");
        Assert.Equal(
            (200.0, RuleFrom.CampusBoundary, RuleHow.Straight, true, true),
            (cafe.Metres, cafe.From, cafe.How, cafe.MethodSettled, cafe.Inclusive)
        );
        Assert.Equal(64, cafe.Digest.Length);
        Assert.NotEmpty(cafe.Citation.Article);
        Assert.Empty(await book.InForceAsync("dc", Day, CancellationToken.None));
        Assert.DoesNotContain(
            await book.InForceAsync(
                "500103011",
                new DateOnly(2002, 11, 14),
                CancellationToken.None
            ),
            r => r.Id == "cn.internet_cafe"
        );
    }

    [Fact]
    public async Task A_version_keeps_its_content_and_an_operators_pack_is_not_overwritten_by_a_shipped_one()
    {
        const string Pack = """
            {"format":1,"pack":"kept","version":"VERSION","name":"甲","name_en":"A","region":"zz","rules":[
            {"id":"kept.a","name":"甲","name_en":"A","school_kinds":["primary"],"venue_categories":["lottery"],
             "metres":METRES,"from":"any_gate","how":"straight","certainty":"low",
             "citation":{"text":"甲","article":"乙","link":null,"link_text":null,"verified":false}}]}
            """;
        Assert.Equal("added", await PutAsync("1", 100, "shipped"));
        Assert.Equal("known", await PutAsync("1", 100, "shipped"));
        Assert.Equal("other", await PutAsync("1", 101, "shipped"));
        Assert.Equal(100, await MetresAsync());
        Assert.Equal("added", await PutAsync("mine", 80, "loaded"));
        Assert.Equal(80, await MetresAsync());
        Assert.Equal("added", await PutAsync("2", 120, "shipped"));
        Assert.Equal(80, await MetresAsync());
        Assert.Equal("known", await PutAsync("2", 120, "loaded"));
        Assert.Equal(120, await MetresAsync());
        Assert.Equal(
            3L,
            await ScalarAsync("SELECT count(*) FROM perimeter_rules WHERE pack = 'kept'")
        );

        async Task<object?> PutAsync(string version, int metres, string origin)
        {
            await using var command = service.Database.CreateCommand(
                "SELECT put_rule_pack($1::text::jsonb, $2)"
            );
            command.Parameters.Add(
                new()
                {
                    Value = Pack.Replace("VERSION", version, StringComparison.Ordinal)
                        .Replace("METRES", $"{metres}", StringComparison.Ordinal),
                }
            );
            command.Parameters.Add(new() { Value = origin });
            return await command.ExecuteScalarAsync();
        }

        async Task<double> MetresAsync() =>
            Assert
                .Single(
                    await new RuleBook(service.Database).InForceAsync(
                        "zz",
                        Day,
                        CancellationToken.None
                    )
                )
                .Metres;
    }

    [Fact]
    public async Task Accuracy_datum_and_main_gate_come_with_the_import_and_a_change_bumps_the_revision()
    {
        const string Street = "surveyed";
        await TestStreet.CreateAsync(service, Street);
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Schools,
                $"编码,名称,学段,精度等级,wkt\nS,校,小学,a级,\"{TestStreet.Box(0.1, 0.1, 0.4, 0.4)}\"\n",
                "s.csv",
                Street,
                "cgcs2000"
            )
        );
        Assert.Equal("A cgcs2000 1", await RowAsync("schools", "S"));
        const string Gates = "code,name,school,main,accuracy,lon,lat\n";
        TestStreet.Committed(
            await service.ImportAsync(
                Datasets.Gates,
                $"{Gates}G1,门,S,是,C,106.5501,29.5602\nG2,门,S,否,,106.5504,29.5602\nG3,门,S,,,106.5502,29.5601\n",
                "g.csv",
                Street,
                "wgs84"
            )
        );
        Assert.Equal("C wgs84 true 1", await RowAsync("gates", "G1"));
        Assert.Equal("- wgs84 false 1", await RowAsync("gates", "G2"));
        Assert.Equal("- wgs84 - 1", await RowAsync("gates", "G3"));
        var again = await service.ImportAsync(
            Datasets.Gates,
            "code,name,school,datum,lon,lat\nG1,门,S,GCJ-02,106.5501,29.5602\nG2,门,S,,106.5504,29.5602\n",
            "g.csv",
            Street,
            "wgs84"
        );
        Assert.Equal((1L, 1L), (again.Changed, again.Unchanged));
        Assert.Equal("C gcj02 true 2", await RowAsync("gates", "G1"));
        Assert.Equal("- wgs84 false 1", await RowAsync("gates", "G2"));
        await ScalarAsync("UPDATE gates SET updated_at = now() WHERE street_code = 'surveyed'");
        Assert.Equal("C gcj02 true 2", await RowAsync("gates", "G1"));

        var refused = await service.ImportAsync(
            Datasets.Gates,
            $"{Gates}G4,门,S,也许,,106.5501,29.5602\nG5,门,S,,E,106.5501,29.5602\n",
            "g.csv",
            Street,
            "wgs84"
        );
        Assert.Equal(["main", "accuracy"], refused.Rows.Select(r => r.Field));
        Assert.False(refused.Committed);
    }

    [Fact]
    public async Task Classes_have_metres_and_a_point_for_a_campus_is_the_least_exact()
    {
        Assert.Equal(
            "0.5 1 10 50 1 D C B",
            await ScalarAsync(
                """
                SELECT concat_ws(' ', accuracy_m('A'), accuracy_m('B'), accuracy_m('C'), accuracy_m('D'), accuracy_m(NULL),
                    campus_accuracy('A', ST_MakePoint(1, 1)), campus_accuracy('C', area), campus_accuracy(NULL, area))
                FROM ST_MakeEnvelope(0, 0, 1, 1) AS area
                """
            )
        );
    }

    private async Task<string> RowAsync(string table, string code) =>
        (string)
            (
                await ScalarAsync(
                    $"""
                    SELECT concat_ws(' ', coalesce(accuracy, '-'), coalesce(datum, '-'){(
                        table == "gates" ? ", coalesce(is_main::text, '-')" : ""
                    )}, revision)
                    FROM {table} WHERE street_code = 'surveyed' AND code = '{code}'
                    """
                )
            )!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = service.Database.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
