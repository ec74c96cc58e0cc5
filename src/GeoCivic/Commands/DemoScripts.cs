namespace GeoCivic.Commands;

/// <summary>When something of a demo story happens, relative to the day the demo is loaded.</summary>
/// <param name="WorkingDaysAgo">Working days before today; 0: today, counted in minutes.</param>
/// <param name="Time">Time of that day, Beijing.</param>
/// <param name="MinutesAgo">Minutes before the loading, for what happened today.</param>
internal readonly record struct DemoTime(int WorkingDaysAgo, TimeOnly Time, int MinutesAgo)
{
    /// <summary>A time of a working day before today.</summary>
    public static DemoTime Day(int workingDaysAgo, int hour, int minute = 0) =>
        new(workingDaysAgo, new TimeOnly(hour, minute), 0);

    /// <summary>So many minutes ago.</summary>
    public static DemoTime Minutes(int ago) => new(0, default, ago);
}

/// <summary>One thing that happens in a demo story.</summary>
/// <param name="At">When.</param>
/// <param name="Act">A state, or <c>report covert fixed cooperate ask</c>.</param>
/// <param name="By">Account, or <c>reporter</c>, <c>lead</c> for the handler of the lead body.</param>
/// <param name="Note">What is written; null where the story's own words belong.</param>
internal sealed record DemoAct(DemoTime At, string Act, string By, string? Note = null)
{
    /// <summary>When it was found, for a report made later; null: at once.</summary>
    public DemoTime? Found { get; init; }

    /// <summary>Working days of an extension.</summary>
    public int? Days { get; init; }
}

/// <summary>The courses that demo stories take.</summary>
internal static class DemoScripts
{
    private const string Sup = "supervisor";
    private const string Ver = "verifier";
    private const string Lead = "lead";

    /// <summary>By name, as <c>data/demo/stories.csv</c> gives it.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<DemoAct>> All { get; } =
        new Dictionary<string, IReadOnlyList<DemoAct>>(StringComparer.Ordinal)
        {
            ["on_time"] = Done(from: 8, reply: 7, rectify: 5, close: 4),
            ["on_time_short"] = Done(from: 5, reply: 4, rectify: 3, close: 2),
            ["late"] = Done(from: 12, reply: 11, rectify: 5, close: 4),
            ["late_reply"] = Done(from: 9, reply: 6, rectify: 5, close: 4),
            ["overdue_reply"] = Dispatched(4),
            ["just_overdue"] = Dispatched(3),
            ["escalated"] = Dispatched(11),
            ["overdue_rectify"] = [.. Dispatched(8), Reply(7)],
            ["waiting"] = Dispatched(1),
            ["replied"] = [.. Dispatched(3), Reply(2)],
            ["to_verify"] = [.. Dispatched(5), Reply(4), Cooperate(4), Rectify(1)],
            ["verified"] = [.. Dispatched(5), Reply(4), Cooperate(4), Rectify(2), Verify(1)],
            ["extended"] =
            [
                .. Dispatched(6),
                new(DemoTime.Day(5, 9, 40), "ask", Lead) { Days = 5 },
                new(DemoTime.Day(5, 15), "extended", Sup, "情况属实，同意延期。") { Days = 5 },
            ],
            ["suspended"] =
            [
                .. Dispatched(7),
                new(
                    DemoTime.Day(6, 16),
                    "suspended",
                    Sup,
                    "受轨道施工影响，暂挂账，恢复条件后继续办理。"
                ),
            ],
            ["sent_back"] =
            [
                .. Dispatched(6),
                Reply(5),
                Cooperate(5),
                Rectify(4),
                new(
                    DemoTime.Day(3, 10),
                    "returned",
                    Ver,
                    "复查发现梯坎下段仍有烟头，整改不彻底，请重新整改。"
                ),
                new(DemoTime.Day(2, 9, 30), "dispatched", Sup, "请在本次期限内彻底整改。"),
            ],
            ["not_ours"] = [.. Dispatched(2), new(DemoTime.Day(1, 11), "returned", Lead)],
            ["rejected"] =
            [
                new(DemoTime.Day(3, 20), "report", "reporter"),
                new(
                    DemoTime.Day(2, 9),
                    "rejected",
                    Sup,
                    "经现场核实音量未超标，已与居民沟通，不予立案。"
                ),
            ],
            ["fixed"] = [new(DemoTime.Day(2, 8, 50), "fixed", "reporter")],
            ["reopened"] =
            [
                .. Done(from: 10, reply: 9, rectify: 8, close: 7),
                new(DemoTime.Day(1, 7, 50), "reopened", Sup, "早餐摊再次占道，问题反弹。"),
            ],
            ["covert_hidden"] = [new(DemoTime.Day(1, 16, 40), "covert", Sup)],
            ["covert_sent"] =
            [
                new(DemoTime.Day(4, 8, 10), "covert", Sup),
                .. Dispatched(4).Skip(1),
                Reply(3),
            ],
            ["next_day"] =
            [
                new(DemoTime.Day(2, 8, 30), "report", "reporter")
                {
                    Found = DemoTime.Day(3, 21, 30),
                },
                new(DemoTime.Day(2, 9, 20), "filed", Sup),
            ],
            ["merged"] =
            [
                new(DemoTime.Day(2, 18, 20), "report", "reporter"),
                new(DemoTime.Day(1, 9), "merged", Sup, "与已派遣问题为同一处，合并办理。"),
            ],
            ["filed_now"] =
            [
                new(DemoTime.Minutes(170), "report", "reporter"),
                new(DemoTime.Minutes(130), "filed", Sup),
            ],
            ["reported_now"] = [new(DemoTime.Minutes(45), "report", "reporter")],
        };

    private static DemoAct[] Dispatched(int ago) =>
        [
            new(DemoTime.Day(ago, 8, 40), "report", "reporter"),
            new(DemoTime.Day(ago, 9, 30), "filed", Sup),
            new(DemoTime.Day(ago, 10, 10), "dispatched", Sup),
        ];

    private static DemoAct Reply(int ago) => new(DemoTime.Day(ago, 15, 20), "replied", Lead);

    private static DemoAct Cooperate(int ago) =>
        new(DemoTime.Day(ago, 16, 10), "cooperate", "bodies", "已按职责派员配合处置。");

    private static DemoAct Rectify(int ago) =>
        new(DemoTime.Day(ago, 11), "rectified", Lead, "已整改到位，见整改后照片。");

    private static DemoAct Verify(int ago) =>
        new(DemoTime.Day(ago, 10), "verified", Ver, "现场复查，问题已整改到位。");

    private static DemoAct[] Done(int from, int reply, int rectify, int close) =>
        [
            .. Dispatched(from),
            Reply(reply),
            Cooperate(reply),
            Rectify(rectify),
            Verify(close),
            new(DemoTime.Day(close, 10, 20), "cancelled", Ver, "同意销号。"),
        ];
}
