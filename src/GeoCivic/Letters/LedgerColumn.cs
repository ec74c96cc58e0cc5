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
        new("code", "问题编号", LedgerValue.Link, 18),
        new("category_name", "问题类别", LedgerValue.Text, 16),
        new("state_name", "状态", LedgerValue.Text, 10),
        new("open", "未办结", LedgerValue.Flag, 8),
        new("overdue", "超期", LedgerValue.Flag, 6),
        new("found_at", "发现时间", LedgerValue.Instant, 17),
        new("reported_at", "录入时间", LedgerValue.Instant, 17),
        new("entered_same_day", "当日录入", LedgerValue.Flag, 10),
        new("community_name", "社区", LedgerValue.Text, 16),
        new("grid_name", "网格", LedgerValue.Text, 18),
        new("place_detail", "具体位置", LedgerValue.Text, 18),
        new("point_name", "点位", LedgerValue.Text, 20),
        new("name", "名称", LedgerValue.Text, 24),
        new("description", "问题描述", LedgerValue.Text, 48, Wraps: true),
        new("lead_body_name", "牵头单位", LedgerValue.Text, 18),
        new("cooperating", "配合单位", LedgerValue.Text, 18),
        new("dispatched_at", "派遣时间", LedgerValue.Instant, 17),
        new("due_at", "当前期限", LedgerValue.Instant, 17),
        new("replied_at", "答复时间", LedgerValue.Instant, 17),
        new("rectified_at", "整改时间", LedgerValue.Instant, 17),
        new("verified_at", "核查时间", LedgerValue.Instant, 17),
        new("closed_at", "办结时间", LedgerValue.Instant, 17),
        new("notice_number", "问题通知函", LedgerValue.Text, 24),
        new("reply_number", "部门答复函", LedgerValue.Text, 24),
        new("reminder_number", "工作提示函", LedgerValue.Text, 24),
        new("covert", "暗访", LedgerValue.Flag, 6),
        new("street_name", "街道", LedgerValue.Text, 14),
        new("street", "街道代码", LedgerValue.Text, 14),
        new("category", "类别代码", LedgerValue.Text, 18),
        new("state", "状态代码", LedgerValue.Text, 12),
        new("community", "社区代码", LedgerValue.Text, 14),
        new("grid", "网格代码", LedgerValue.Text, 18),
        new("point", "点位代码", LedgerValue.Text, 10),
        new("lead_body", "单位代码", LedgerValue.Text, 12),
        new("id", "记录标识", LedgerValue.Text, 38),
        new("url", "记录地址", LedgerValue.Text, 48),
        new("lon", "经度", LedgerValue.Degrees, 13),
        new("lat", "纬度", LedgerValue.Degrees, 13),
    ];
}
