namespace GeoCivic.Spatial;

/// <summary>
/// The identification code of a unit grid (单元网格标识码): 15 digits, county (6, GB/T 2260) + street (3) + community (3)
/// + sequence inside the community (3, 001 to 999). Source: GB/T 30428.1 and its municipal editions.
/// </summary>
/// <remarks>
/// A code once used is never given to another grid, so a community can have 999 grids in all its history. Only ASCII
/// digits count; full-width ones are refused rather than folded, because the code is compared as text everywhere.
/// </remarks>
public readonly record struct GridCode
{
    /// <summary>Digits of a grid code.</summary>
    public const int Length = CommunityCode.Length + SequenceLength;

    /// <summary>The highest sequence in a community.</summary>
    public const int HighestSequence = 999;

    private const int SequenceLength = 3;

    private readonly string? _text;

    private GridCode(string text) => _text = text;

    /// <summary>The six digits of the county.</summary>
    public string County => Text[..CommunityCode.CountyLength];

    /// <summary>The nine digits of the street.</summary>
    public string Street => Text[..CommunityCode.StreetLength];

    /// <summary>The twelve digits of the community.</summary>
    public string Community => Text[..CommunityCode.Length];

    /// <summary>The number inside the community, 1 to 999.</summary>
    public int Sequence => Digits.ToInt(Text.AsSpan(CommunityCode.Length));

    private string Text =>
        _text ?? throw new InvalidOperationException("The default grid code has no digits.");

    /// <summary>Reads a code.</summary>
    /// <param name="text">The 15 digits, nothing else around them.</param>
    /// <param name="code">The code read.</param>
    /// <param name="reason">Why the text was refused, empty when it was not.</param>
    public static bool TryParse(string? text, out GridCode code, out string reason)
    {
        code = default;
        reason = Digits.Refusal(text, Length, "A grid code");
        if (reason.Length == 0 && text!.EndsWith("000", StringComparison.Ordinal))
        {
            reason = "The sequence of a grid code runs from 001 to 999.";
        }

        if (reason.Length > 0)
        {
            return false;
        }

        code = new GridCode(text!);
        return true;
    }

    /// <summary>
    /// The next code of a community: its lowest sequence that no grid has ever had.
    /// </summary>
    /// <param name="community12">The community, 12 digits.</param>
    /// <param name="everUsed">
    /// Every sequence ever used in the community, also by grids since dissolved; repeats do no harm.
    /// </param>
    /// <param name="next">The code.</param>
    /// <param name="reason">Why there is none, empty when there is.</param>
    public static bool TryNext(
        string? community12,
        IEnumerable<int> everUsed,
        out GridCode next,
        out string reason
    )
    {
        ArgumentNullException.ThrowIfNull(everUsed);
        next = default;
        if (!CommunityCode.IsValid(community12, out reason))
        {
            return false;
        }

        Span<bool> used = stackalloc bool[HighestSequence + 1];
        used[0] = true;
        foreach (int sequence in everUsed)
        {
            if (sequence is < 1 or > HighestSequence)
            {
                reason = "A used sequence lies outside 001 to 999.";
                return false;
            }

            used[sequence] = true;
        }

        int free = used.IndexOf(value: false);
        if (free < 0)
        {
            reason = "All 999 grid codes of the community have been used; codes are never reused.";
            return false;
        }

        next = new GridCode($"{community12}{free:000}");
        return true;
    }

    /// <summary>The next code of a community, from the whole codes ever used in it.</summary>
    /// <param name="community12">The community, 12 digits.</param>
    /// <param name="everUsed">Every grid code ever used in the community; one of another community is refused.</param>
    /// <param name="next">The code.</param>
    /// <param name="reason">Why there is none, empty when there is.</param>
    public static bool TryNext(
        string? community12,
        IEnumerable<string> everUsed,
        out GridCode next,
        out string reason
    )
    {
        ArgumentNullException.ThrowIfNull(everUsed);
        next = default;
        if (!CommunityCode.IsValid(community12, out reason))
        {
            return false;
        }

        var sequences = new List<int>();
        foreach (string text in everUsed)
        {
            if (!TryParse(text, out GridCode used, out reason))
            {
                return false;
            }

            if (!used.BelongsToCommunity(community12))
            {
                reason = "A used grid code belongs to another community.";
                return false;
            }

            sequences.Add(used.Sequence);
        }

        return TryNext(community12, sequences, out next, out reason);
    }

    /// <summary>Whether the code starts with the community's twelve digits.</summary>
    /// <param name="community12">The community, 12 digits; anything else gives false.</param>
    public bool BelongsToCommunity(string? community12) =>
        community12 is { Length: CommunityCode.Length }
        && Text.StartsWith(community12, StringComparison.Ordinal);

    /// <summary>The 15 digits; empty for the default value.</summary>
    public override string ToString() => _text ?? "";
}

/// <summary>
/// The code of a community (社区): 12 digits, county (6) + street (3) + community (3), so it starts with its street's
/// nine.
/// </summary>
public static class CommunityCode
{
    /// <summary>Digits of a community code.</summary>
    public const int Length = 12;

    /// <summary>Digits of a street code.</summary>
    public const int StreetLength = 9;

    internal const int CountyLength = 6;

    /// <summary>Whether a text is a community code.</summary>
    /// <param name="text">The 12 digits, nothing else around them.</param>
    /// <param name="reason">Why it is not, empty when it is.</param>
    public static bool IsValid(string? text, out string reason)
    {
        reason = Digits.Refusal(text, Length, "A community code");
        return reason.Length == 0;
    }

    /// <summary>Whether a text is the code of a community of a street.</summary>
    /// <param name="text">The 12 digits of the community.</param>
    /// <param name="street9">The 9 digits of the street.</param>
    /// <param name="reason">Why it is not, empty when it is.</param>
    public static bool IsInStreet(string? text, string? street9, out string reason)
    {
        reason = Digits.Refusal(street9, StreetLength, "A street code");
        if (reason.Length == 0 && IsValid(text, out reason))
        {
            reason = text!.StartsWith(street9!, StringComparison.Ordinal)
                ? ""
                : "The community code does not start with the street's nine digits.";
        }

        return reason.Length == 0;
    }
}

/// <summary>Checks of fixed-length digit strings.</summary>
internal static class Digits
{
    /// <summary>Why a text is not that many ASCII digits; empty when it is.</summary>
    internal static string Refusal(string? text, int length, string what)
    {
        if (string.IsNullOrEmpty(text))
        {
            return $"{what} is missing.";
        }

        if (text.AsSpan().IndexOfAnyExceptInRange('0', '9') is var other and >= 0)
        {
            return char.IsDigit(text[other])
                ? $"{what} has full-width or other non-ASCII digits; use 0 to 9."
                : $"{what} has a character that is not a digit.";
        }

        return text.Length == length ? "" : $"{what} has {length} digits.";
    }

    internal static int ToInt(ReadOnlySpan<char> digits)
    {
        int value = 0;
        foreach (char digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }
}
