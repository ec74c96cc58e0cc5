using FsCheck;
using FsCheck.Fluent;

namespace GeoCivic.Spatial.Tests;

public sealed class GridCodeTests
{
    private const string Community = "500103011012";

    [Fact]
    public void The_parts_of_a_code_are_read()
    {
        Assert.True(GridCode.TryParse("500103011012007", out GridCode code, out string reason));
        Assert.Empty(reason);
        Assert.Equal("500103", code.County);
        Assert.Equal("500103011", code.Street);
        Assert.Equal(Community, code.Community);
        Assert.Equal(7, code.Sequence);
        Assert.Equal("500103011012007", code.ToString());
        Assert.True(code.BelongsToCommunity(Community));
        Assert.False(code.BelongsToCommunity("500103011013"));
        Assert.False(code.BelongsToCommunity("5001030110"));
        Assert.False(code.BelongsToCommunity(null));
    }

    [Theory]
    [InlineData(null, "A grid code is missing.")]
    [InlineData("", "A grid code is missing.")]
    [InlineData("50010301101200", "A grid code has 15 digits.")]
    [InlineData("5001030110120070", "A grid code has 15 digits.")]
    [InlineData("500103011012000", "The sequence of a grid code runs from 001 to 999.")]
    [InlineData("50010301101200A", "A grid code has a character that is not a digit.")]
    [InlineData(" 50010301101207", "A grid code has a character that is not a digit.")]
    [InlineData(
        "50010301101200７",
        "A grid code has full-width or other non-ASCII digits; use 0 to 9."
    )]
    [InlineData(
        "٥00103011012007",
        "A grid code has full-width or other non-ASCII digits; use 0 to 9."
    )]
    public void A_text_that_is_no_code_is_refused_with_the_reason(string? text, string expected)
    {
        Assert.False(GridCode.TryParse(text, out GridCode code, out string reason));
        Assert.Equal(expected, reason);
        Assert.Equal(default, code);
        Assert.Equal("", code.ToString());
    }

    [Fact]
    public void Every_code_issued_reads_back_and_is_new()
    {
        Prop.ForAll(
                Gen.ListOf(Gen.Choose(1, 999)).ToArbitrary(),
                used =>
                    GridCode.TryNext(Community, used, out GridCode next, out _)
                    && !used.Contains(next.Sequence)
                    && Enumerable.Range(1, next.Sequence - 1).All(used.Contains)
                    && GridCode.TryParse(next.ToString(), out GridCode again, out _)
                    && again == next
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_lowest_sequence_never_used_is_next()
    {
        Assert.True(GridCode.TryNext(Community, [3, 1, 1], out GridCode next, out _));
        Assert.Equal("500103011012002", next.ToString());
        Assert.True(
            GridCode.TryNext(Community, ["500103011012001", "500103011012002"], out next, out _)
        );
        Assert.Equal("500103011012003", next.ToString());
    }

    [Fact]
    public void The_thousandth_grid_of_a_community_is_refused()
    {
        var used = new List<int>();
        for (int i = 1; i <= 999; i++)
        {
            Assert.True(GridCode.TryNext(Community, used, out GridCode next, out _));
            Assert.Equal(i, next.Sequence);
            used.Add(next.Sequence);
        }

        Assert.False(GridCode.TryNext(Community, used, out _, out string reason));
        Assert.Equal(
            "All 999 grid codes of the community have been used; codes are never reused.",
            reason
        );
    }

    [Fact]
    public void Codes_of_another_community_and_impossible_sequences_are_refused()
    {
        Assert.False(
            GridCode.TryNext(Community, ["500103011013001"], out GridCode next, out string reason)
        );
        Assert.Equal("A used grid code belongs to another community.", reason);
        Assert.Equal(default, next);
        Assert.False(GridCode.TryNext(Community, ["xyz"], out _, out reason));
        Assert.Equal("A grid code has a character that is not a digit.", reason);
        Assert.False(GridCode.TryNext(Community, [0], out _, out reason));
        Assert.Equal("A used sequence lies outside 001 to 999.", reason);
        Assert.False(GridCode.TryNext("50010301101", Array.Empty<int>(), out _, out reason));
        Assert.Equal("A community code has 12 digits.", reason);
    }

    [Theory]
    [InlineData("500103011012", "500103011", "")]
    [InlineData(
        "500103012012",
        "500103011",
        "The community code does not start with the street's nine digits."
    )]
    [InlineData("50010301101", "500103011", "A community code has 12 digits.")]
    [InlineData("500103011012", "5001030110", "A street code has 9 digits.")]
    [InlineData(null, "500103011", "A community code is missing.")]
    public void A_community_belongs_to_the_street_its_code_starts_with(
        string? community,
        string street,
        string expected
    )
    {
        Assert.Equal(
            expected.Length == 0,
            CommunityCode.IsInStreet(community, street, out string reason)
        );
        Assert.Equal(expected, reason);
    }
}
