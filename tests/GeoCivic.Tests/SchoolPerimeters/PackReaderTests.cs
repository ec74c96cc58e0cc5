using System.Text;
using GeoCivic.Database;
using GeoCivic.SchoolPerimeters.Rules;

namespace GeoCivic.Tests.SchoolPerimeters;

/// <summary>The format of packs, read strictly, and the packs that are shipped.</summary>
public sealed class PackReaderTests
{
    private const string Good = """
        {
          "format": 1, "pack": "city", "version": "1", "name": "市", "name_en": "City", "region": "5001",
          "notes": "说明", "drives": [{"name": "春", "name_en": "Spring", "from": "03-01", "until": "05-31"}],
          "rules": [
            {"id": "city.cafe", "name": "网吧", "name_en": "Café", "school_kinds": ["primary", "secondary"],
             "venue_categories": ["internet_cafe"], "metres": 150.5, "inclusive": false, "from": "any_gate", "how": "walking",
             "method_settled": true, "exception": {"licensed_before": "2024-01-01", "until": "2027-01-01"},
             "valid_from": "2024-01-01", "valid_until": "2030-01-01", "replaces": ["cn.cafe"], "certainty": "medium",
             "citation": {"text": "文", "text_en": "Text", "article": "第一条", "link": "https://example.org/a", "link_text": "原文", "verified": true}},
            {"id": "city.stalls", "name": "摊", "name_en": "Stalls", "school_kinds": ["primary"],
             "issue_categories": ["roaming_vendor"], "metres": 50, "from": "main_gate", "how": "straight", "certainty": "low",
             "citation": {"text": "文", "article": "第二条", "link": null, "verified": false}}],
          "undecided": [{"id": "city.near", "name": "附近", "name_en": "Near", "school_kinds": ["kindergarten"],
             "venue_categories": ["lottery"], "why": "没有数", "why_en": "No number",
             "citation": {"text": "文", "article": "第三条", "verified": false}}]
        }
        """;

    private static readonly PackContext Context = new(
        new HashSet<string>(StringComparer.Ordinal) { "internet_cafe", "lottery" },
        new HashSet<string>(StringComparer.Ordinal) { "roaming_vendor" },
        [
            SomeRule.Of() with
            {
                Id = "cn.cafe",
                Pack = "cn",
                Region = "cn",
            },
            SomeRule.Of() with
            {
                Id = "street.cafe",
                Pack = "street",
                Region = "500103",
            },
            SomeRule.Of() with
            {
                Id = "cn.lottery",
                Pack = "cn",
                Region = "cn",
                VenueCategories = ["internet_cafe", "lottery"],
            },
        ]
    );

    private static (RulePack? Pack, IReadOnlyList<PackFault> Faults) Read(string json) =>
        PackReader.Read(Encoding.UTF8.GetBytes(json), Context);

    [Fact]
    public void Everything_a_pack_says_is_read()
    {
        var (pack, faults) = Read(Good);
        Assert.Empty(faults);
        Assert.Equal(
            ("city", "1", "5001", "说明", 2),
            (pack!.Id, pack.Version, pack.Region, pack.Notes, pack.Rules.Count)
        );
        Assert.Equal(new Drive("春", "Spring", "03-01", "05-31"), Assert.Single(pack.Drives));
        var cafe = pack.Rules[0];
        Assert.Equal(
            (150.5, false, RuleFrom.AnyGate, RuleHow.Walking, true, "medium"),
            (cafe.Metres, cafe.Inclusive, cafe.From, cafe.How, cafe.MethodSettled, cafe.Certainty)
        );
        Assert.Equal(
            (
                (DateOnly?)new DateOnly(2024, 1, 1),
                (DateOnly?)new DateOnly(2027, 1, 1),
                (DateOnly?)new DateOnly(2024, 1, 1),
                (DateOnly?)new DateOnly(2030, 1, 1)
            ),
            (cafe.LicensedBefore, cafe.ExemptUntil, cafe.ValidFrom, cafe.ValidUntil)
        );
        Assert.Equal(
            new Citation("文", "Text", "第一条", "https://example.org/a", "原文", Verified: true),
            cafe.Citation
        );
        Assert.Equal(["cn.cafe"], cafe.Replaces);
        var stalls = pack.Rules[1];
        Assert.Equal(
            (true, false, RuleFrom.MainGate, RuleHow.Straight),
            (stalls.Inclusive, stalls.MethodSettled, stalls.From, stalls.How)
        );
        Assert.Equal(["roaming_vendor"], stalls.IssueCategories);
        Assert.Equal(["lottery"], Assert.Single(pack.Undecided).VenueCategories);
    }

    // What is written instead of what, the path of the fault, and a piece of the reason.
    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "format", "must be 1")]
    [InlineData("\"format\": 1, ", "", "format", "missing")]
    [InlineData("\"pack\": \"city\"", "\"pack\": \"City\"", "pack", "small letters")]
    [InlineData("\"version\": \"1\"", "\"version\": 1", "version", "must be a text")]
    [InlineData("\"name\": \"市\"", "\"name\": \"\"", "name", "is empty")]
    [InlineData("\"name\": \"市\"", "\"name\": \" 市\"", "name", "space at its ends")]
    [InlineData("\"region\": \"5001\"", "\"region\": \"501\"", "region", "2, 4, 6 or 9 digits")]
    [InlineData("\"region\": \"5001\"", "\"region\": \"9901\"", "region", "no province")]
    [InlineData("\"region\": \"5001\"", "\"region\": \"a b\"", "region", "must be cn")]
    [InlineData("\"notes\": \"说明\"", "\"note\": \"说明\"", "note", "is no member")]
    [InlineData(
        "\"until\": \"05-31\"",
        "\"until\": \"02-30\"",
        "drives[0].until",
        "month and a day"
    )]
    [InlineData("\"until\": \"05-31\"", "\"until\": \"02-01\"", "drives[0].until", "lies before")]
    [InlineData("\"id\": \"city.stalls\"", "\"id\": \"city.cafe\"", "rules[1].id", "already")]
    [InlineData("\"id\": \"city.near\"", "\"id\": \"city.cafe\"", "undecided[0].id", "already")]
    [InlineData(
        "\"id\": \"city.stalls\"",
        "\"id\": \"town.stalls\"",
        "rules[1].id",
        "must be city."
    )]
    [InlineData(
        "\"primary\", \"secondary\"",
        "\"primary\", \"college\"",
        "rules[0].school_kinds[1]",
        "'college'"
    )]
    [InlineData(
        "\"primary\", \"secondary\"",
        "\"primary\", \"primary\"",
        "rules[0].school_kinds[1]",
        "twice"
    )]
    [InlineData("[\"primary\", \"secondary\"]", "[]", "rules[0].school_kinds", "one kind")]
    [InlineData(
        "[\"internet_cafe\"]",
        "[\"cybercafe\"]",
        "rules[0].venue_categories[0]",
        "no venue category"
    )]
    [InlineData(
        "[\"internet_cafe\"]",
        "\"internet_cafe\"",
        "rules[0].venue_categories",
        "an array"
    )]
    [InlineData("[\"internet_cafe\"]", "[]", "rules[0]", "one category")]
    [InlineData(
        "[\"roaming_vendor\"]",
        "[\"stall\"]",
        "rules[1].issue_categories[0]",
        "no issue category"
    )]
    [InlineData("\"metres\": 50,", "\"metres\": 0,", "rules[1].metres", "more than 0")]
    [InlineData("\"metres\": 50,", "\"metres\": 5000.1,", "rules[1].metres", "at most 5000")]
    [InlineData("\"metres\": 50,", "\"metres\": \"50\",", "rules[1].metres", "must be a number")]
    [InlineData("\"metres\": 50,", "\"metres\": 50, \"metres\": 60,", "rules[1].metres", "twice")]
    [InlineData("\"metres\": 50,", "", "rules[1].metres", "missing")]
    [InlineData("\"inclusive\": false", "\"inclusive\": 0", "rules[0].inclusive", "true or false")]
    [InlineData("\"from\": \"any_gate\"", "\"from\": \"door\"", "rules[0].from", "must be one of")]
    [InlineData(
        "\"from\": \"any_gate\"",
        "\"from\": \"main_gate\"",
        "rules[0].from",
        "nearest gate"
    )]
    [InlineData(
        "\"how\": \"straight\"",
        "\"how\": \"walking\"",
        "rules[1].how",
        "straight for issue_categories"
    )]
    [InlineData(
        "\"licensed_before\": \"2024-01-01\", ",
        "",
        "rules[0].exception.licensed_before",
        "missing"
    )]
    [InlineData(
        "\"until\": \"2027-01-01\"",
        "\"until\": \"2023-01-01\"",
        "rules[0].exception.until",
        "lies before"
    )]
    [InlineData(
        "\"valid_until\": \"2030-01-01\"",
        "\"valid_until\": \"2024-01-01\"",
        "rules[0].valid_until",
        "after valid_from"
    )]
    [InlineData(
        "\"valid_until\": \"2030-01-01\"",
        "\"valid_until\": \"2030-02-30\"",
        "rules[0].valid_until",
        "must be a day"
    )]
    [InlineData("[\"cn.cafe\"]", "[\"cn.bar\"]", "rules[0].replaces[0]", "no rule of another pack")]
    [InlineData("[\"cn.cafe\"]", "[\"street.cafe\"]", "rules[0].replaces[0]", "not wider")]
    [InlineData("[\"cn.cafe\"]", "[\"cn.lottery\"]", "rules[0].replaces", "do not cover")]
    [InlineData(
        "\"certainty\": \"low\"",
        "\"certainty\": \"sure\"",
        "rules[1].certainty",
        "must be one of"
    )]
    [InlineData(
        "https://example.org/a",
        "javascript:alert(1)",
        "rules[0].citation.link",
        "https://"
    )]
    [InlineData("\"link_text\": \"原文\", ", "", "rules[0].citation.link_text", "missing")]
    [InlineData(
        "\"link\": null, \"verified\": false",
        "\"link\": null",
        "rules[1].citation.verified",
        "missing"
    )]
    [InlineData("\"why\": \"没有数\"", "\"why\": 3", "undecided[0].why", "must be a text")]
    [InlineData("\"why\": \"没有数\"", "\"why\": \"a\\u0000b\"", "undecided[0].why", "NUL")]
    [InlineData("\"why\": \"没有数\"", "\"why\": \"\\ud800\"", "undecided[0].why", "surrogate")]
    public void A_fault_is_named_with_the_path_of_its_member(
        string written,
        string instead,
        string path,
        string reason
    )
    {
        var at = Good.IndexOf(written, StringComparison.Ordinal);
        Assert.True(at >= 0, written);
        var (_, faults) = Read($"{Good[..at]}{instead}{Good[(at + written.Length)..]}");
        Assert.Contains(
            faults,
            f => f.Path == path && f.Reason.Contains(reason, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var (_, faults) = Read(
            Good.Replace("\"metres\": 50,", "\"metres\": -1,", StringComparison.Ordinal)
                .Replace("\"certainty\": \"medium\"", "\"certainty\": 7", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["rules[0].certainty", "rules[1].metres"],
            faults.Select(f => f.Path).Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"format\": 1,}")]
    [InlineData("{\"format\": 1} x")]
    public void What_is_no_object_of_JSON_is_refused_as_a_whole(string text) =>
        Assert.Contains(Read(text).Faults, f => f.Path == "$");

    [Fact]
    public void Bytes_that_are_no_UTF8_and_deep_nests_are_refused()
    {
        byte[] latin = [.. "{\"pack\": \""u8, 0xE9, .. "\"}"u8];
        Assert.NotEmpty(PackReader.Read(latin, Context).Faults);
        Assert.NotEmpty(Read(new string('[', 100)).Faults);
        Assert.Equal(
            "$",
            Assert.Single(PackReader.Read(new byte[PackReader.MostBytes + 1], Context).Faults).Path
        );
    }

    [Fact]
    public void The_shipped_packs_are_well_formed_and_say_what_they_rest_on()
    {
        var packs = PackFiles.ReadAll(AppPaths.Data);
        Assert.Equal(
            ["beijing", "campaign", "chongqing", "cn", "guangdong", "hubei", "suqian", "wanning"],
            packs.Select(p => p.Id).Order(StringComparer.Ordinal)
        );
        var rules = packs.SelectMany(p => p.Rules).ToList();
        Assert.All(rules, r => Assert.NotNull(r.Citation.TextEn));
        Assert.All(rules, r => Assert.NotNull(r.Citation.LinkText));
        // Where the law names no number, none is made up: the national pack decides internet cafés only.
        Assert.Equal("cn.internet_cafe", Assert.Single(rules, r => r.Pack == "cn").Id);
        Assert.Contains(
            packs,
            p => p.Undecided.Any(u => u.VenueCategories.Contains("tobacco_alcohol"))
        );

        string[] In(string street, string category) =>
            [
                .. RuleBook
                    .InForce(rules, street, SomeRule.Day)
                    .Where(r => r.VenueCategories.Contains(category, StringComparer.Ordinal))
                    .Select(r => r.Id)
                    .Order(StringComparer.Ordinal),
            ];
        Assert.Equal(
            ["campaign.venues", "chongqing.entertainment", "cn.internet_cafe"],
            In("500103011", "internet_cafe")
        );
        Assert.Equal(["campaign.venues"], In("500103011", "billiard_hall"));
        Assert.Empty(In("500103011", "tobacco_alcohol"));
        // The province replaces the national way of measuring by its own.
        Assert.Equal(
            ["campaign.venues", "guangdong.kindergarten", "guangdong.school"],
            In("440103001", "internet_cafe")
        );
        Assert.Equal(["hubei.tobacco_alcohol"], In("420102001", "tobacco_alcohol"));
        Assert.Equal(["suqian.kindergarten", "suqian.school"], In("321302001", "tobacco_alcohol"));
        Assert.Equal(["wanning.school"], In("469006100", "tobacco_alcohol"));
        Assert.Equal(["beijing.lottery"], In("110108001", "lottery"));
        Assert.Empty(In("dc", "internet_cafe"));
    }
}
