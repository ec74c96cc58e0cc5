namespace GeoCivic.Letters;

/// <summary>What a value of the ledger is.</summary>
internal enum LedgerValue
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>Text that a sheet shows as the link to the record.</summary>
    Link,

    /// <summary>True or false; 是 or 否 in tables.</summary>
    Flag,

    /// <summary>Instant (timestamptz).</summary>
    Instant,

    /// <summary>Number (double precision).</summary>
    Number,

    /// <summary>Number of a place, as tables write coordinates.</summary>
    Degrees,
}

/// <summary>A column of the ledger; the columns of <c>Letters/ledger.sql</c> are these, in this order.</summary>
/// <param name="Name">Member in JSON.</param>
/// <param name="Header">Header in tables.</param>
/// <param name="Value">What it holds.</param>
/// <param name="Width">Width on a sheet, in characters.</param>
/// <param name="Wraps">Whether a sheet breaks its lines.</param>
internal sealed record LedgerColumn(
    string Name,
    string Header,
    LedgerValue Value,
    double Width,
    bool Wraps = false
)
{
    /// <summary>All columns. The two of the place come last, as tables expect them.</summary>
    public static readonly IReadOnlyList<LedgerColumn> All =
    [
        new("code", "问题编号", LedgerValue.Link, 14),
        new("category_name", "问题类别", LedgerValue.Text, 16),
        new("state_name", "状态", LedgerValue.Text, 10),
        new("open", "未办结", LedgerValue.Flag, 8),
        new("found_at", "发现时间", LedgerValue.Instant, 17),
        new("community_name", "社区", LedgerValue.Text, 16),
        new("grid_name", "网格", LedgerValue.Text, 18),
        new("point_name", "点位", LedgerValue.Text, 20),
        new("name", "名称", LedgerValue.Text, 24),
        new("description", "问题描述", LedgerValue.Text, 48, Wraps: true),
        new("closed_at", "办结时间", LedgerValue.Instant, 17),
        new("street_name", "街道", LedgerValue.Text, 14),
        new("category", "类别代码", LedgerValue.Text, 18),
        new("state", "状态代码", LedgerValue.Text, 12),
        new("community", "社区代码", LedgerValue.Text, 14),
        new("grid", "网格代码", LedgerValue.Text, 18),
        new("point", "点位代码", LedgerValue.Text, 10),
        new("id", "记录标识", LedgerValue.Text, 38),
        new("url", "记录地址", LedgerValue.Text, 48),
        new("lon", "经度", LedgerValue.Degrees, 13),
        new("lat", "纬度", LedgerValue.Degrees, 13),
    ];
}
