using GeoCivic.SchoolPerimeters.Runs;

namespace GeoCivic.Tests.SchoolPerimeters;

public sealed class PerimeterChangeTests
{
    private static readonly FindingKey Key = new("S", "school", "venue", "rule");

    private static PerimeterState State(
        string? verdict,
        Action<Dictionary<FactKey, Fact>>? with = null,
        double? walking = null
    )
    {
        var state = new PerimeterState();
        state.Facts[new("school", "S", "school")] = Fact(
            ("shape", "1"),
            ("gates", "1"),
            ("kind", "primary")
        );
        state.Facts[new("venue", "S", "venue")] = Fact(
            ("place", "1"),
            ("category", "cafe"),
            ("licence", "1")
        );
        state.Facts[new("rule", "S", "rule")] = Fact(
            ("rule", "1"),
            ("kinds", "primary"),
            ("categories", "cafe,bar")
        );
        state.Facts[new("network", "", "ways")] = Fact(("revision", "1"));
        with?.Invoke(state.Facts);
        if (verdict is not null)
        {
            state.Findings[Key] = new Finding(verdict, "", 50, 40, null, walking, 40, 1, null);
        }

        return state;
    }

    private static Fact Fact(params (string Member, string Value)[] values) =>
        new("name", values.ToDictionary(v => v.Member, v => v.Value, StringComparer.Ordinal));

    private static Action<Dictionary<FactKey, Fact>> Other(string subject, string member) =>
        facts =>
        {
            var key = facts.Keys.Single(k => k.Subject == subject);
            facts[key] = new Fact(
                "name",
                facts[key]
                    .Values.ToDictionary(
                        v => v.Key,
                        v => v.Key == member ? $"{v.Value}2" : v.Value,
                        StringComparer.Ordinal
                    )
            );
        };

    private static Action<Dictionary<FactKey, Fact>> Without(string subject) =>
        facts => facts.Remove(facts.Keys.Single(k => k.Subject == subject));

    [Theory]
    [InlineData("school", "shape", "school_moved")]
    [InlineData("school", "gates", "gates_moved")]
    [InlineData("venue", "place", "venue_moved")]
    [InlineData("venue", "licence", "licence_changed")]
    [InlineData("rule", "rule", "rule_changed")]
    [InlineData("network", "revision", "network_changed")]
    public void What_alone_changed_is_the_reason(string subject, string member, string reason)
    {
        var change = Assert.Single(
            PerimeterChange.Between(
                "S",
                State(verdict: null),
                State("violating", Other(subject, member))
            )
        );
        Assert.Equal(("compliant", "violating"), (change.Was, change.Now));
        Assert.Equal([reason], change.Why);
    }

    [Theory]
    [InlineData("school", "new_school", "school_gone")]
    [InlineData("venue", "new_venue", "venue_gone")]
    [InlineData("rule", "rule_new", "rule_ended")]
    public void What_was_not_there_had_no_verdict(string subject, string begun, string ended)
    {
        var there = State("violating");
        var before = Assert.Single(
            PerimeterChange.Between("S", State(null, Without(subject)), there)
        );
        Assert.Equal((null, "violating"), (before.Was, before.Now));
        Assert.Equal([begun], before.Why);
        var after = Assert.Single(
            PerimeterChange.Between("S", there, State(null, Without(subject)))
        );
        Assert.Equal(("violating", null), (after.Was, after.Now));
        Assert.Equal([ended], after.Why);
    }

    [Fact]
    public void A_network_that_changed_elsewhere_explains_nothing_that_something_else_does()
    {
        var moved = State("disputed", Other("network", "revision"), walking: 110);
        Other("venue", "place")(moved.Facts);
        Assert.Equal(
            ["venue_moved"],
            Assert.Single(PerimeterChange.Between("S", State("violating", walking: 110), moved)).Why
        );
        Assert.Equal(
            ["venue_moved", "network_changed"],
            Assert.Single(PerimeterChange.Between("S", State("violating", walking: 60), moved)).Why
        );
        // A verdict that stays is no change, whatever else became another.
        Assert.Empty(PerimeterChange.Between("S", State("disputed", walking: 60), moved));
    }
}
