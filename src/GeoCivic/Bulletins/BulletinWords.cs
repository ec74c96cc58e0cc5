using System.Globalization;
using GeoCivic.Letters;

namespace GeoCivic.Bulletins;

/// <summary>A column of a table: a measure and its header.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Header">Its header.</param>
internal sealed record MeasureColumn(string Measure, string Header);

/// <summary>The words of documents and workbooks; the page has its own in two languages.</summary>
internal static class BulletinWords
{
    /// <summary>What an empty cell shows: there is nothing to make a number of.</summary>
    public const string Nothing = "—";

    /// <summary>What is left out of every bulletin, and why.</summary>
    public const string LeftOut = "尚未发出通知的暗访问题不计入本通报。";

    /// <summary>The columns of the communities.</summary>
    public static readonly MeasureColumn[] Communities =
    [
        new("found", "发现"),
        new("cancelled", "销号"),
        new("open", "未办结"),
        new("overdue", "超期"),
        new("recurring", "反复"),
        new("on_time_rate", "按期率"),
        new("visit_completion", "巡查完成"),
        new("same_day_entry", "当日录入"),
        new("score", "得分"),
    ];

    /// <summary>The columns of the bodies.</summary>
    public static readonly MeasureColumn[] Bodies =
    [
        new("found", "牵头"),
        new("tasks", "派遣"),
        new("cancelled", "销号"),
        new("open", "未办结"),
        new("overdue", "超期"),
        new("late_replies", "迟复"),
        new("on_time_reply", "按期答复"),
        new("on_time_rectify", "按期整改"),
        new("score", "得分"),
    ];

    /// <summary>The columns of the categories.</summary>
    public static readonly MeasureColumn[] Categories =
    [
        new("found", "发现"),
        new("cancelled", "销号"),
        new("open", "未办结"),
        new("overdue", "超期"),
    ];

    /// <summary>A measure in words.</summary>
    public static string Measure(string measure) =>
        measure switch
        {
            "found" => "发现问题",
            "fixed_on_spot" => "其中现场整改",
            "filed" => "立案",
            "cancelled" => "销号",
            "open" => "期末未办结",
            "overdue" => "期末超期",
            "recurring" => "反复发生",
            "recurrence_rate" => "反复率",
            "late_replies" => "逾期答复",
            "on_time_rate" => "按期率",
            "on_time_reply" => "按期答复率",
            "on_time_rectify" => "按期整改率",
            "cancellation_rate" => "销号率",
            "same_day_entry" => "当日录入率",
            "visits_made" => "完成巡查",
            "visits_missed" => "漏巡",
            "visit_completion" => "巡查完成率",
            "overdue_per_point" => "每点位超期数",
            "photos" => "照片",
            "tasks" => "派遣任务",
            "score" => "得分",
            "overdue_longest" => "超期最久",
            "recurring_open" => "反复发生未办结",
            "veto_red" => "一票否决项未解除",
            _ => measure,
        };

    /// <summary>What a measure counts, in a sentence.</summary>
    public static string Definition(string measure) =>
        measure switch
        {
            "on_time_rate" => "本期派遣的任务中：按期完成 ÷（已完成 + 超期未完成）",
            "on_time_reply" => "本期派遣的任务中：按期答复 ÷（已答复 + 超期未答复）",
            "on_time_rectify" => "本期派遣的任务中：按期整改 ÷（已整改 + 超期未整改）",
            "cancellation_rate" => "本期销号 ÷（本期销号 + 期末未办结）",
            "recurrence_rate" =>
                "本期重新打开、或办结后30天内50米内再次发现的同类问题 ÷（本期发现 + 重新打开）",
            "overdue_per_point" => "期末超期问题数 ÷ 点位数",
            "visit_completion" => "完成巡查 ÷ 应巡查",
            "same_day_entry" => "发现当日录入 ÷ 本期录入",
            "late_replies" => "答复时限在本期届满而未按期答复的件数",
            "overdue" => "期末超期问题数",
            _ => Measure(measure),
        };

    /// <summary>Whether a measure is a share, shown in percent.</summary>
    public static bool IsShare(string measure) =>
        measure
            is "on_time_rate"
                or "on_time_reply"
                or "on_time_rectify"
                or "cancellation_rate"
                or "recurrence_rate"
                or "same_day_entry"
                or "visit_completion";

    /// <summary>A value as people read it.</summary>
    public static string Value(string measure, double? value) =>
        value switch
        {
            null => Nothing,
            { } v when IsShare(measure) => (v * 100).ToString("0.0", CultureInfo.InvariantCulture)
                + "%",
            { } v when measure is "score" => v.ToString("0.00", CultureInfo.InvariantCulture),
            { } v when measure is "overdue_per_point" => v.ToString(
                "0.000",
                CultureInfo.InvariantCulture
            ),
            { } v => v.ToString("0", CultureInfo.InvariantCulture),
        };

    /// <summary>The change against the period before.</summary>
    public static string Change(BulletinFigure figure)
    {
        if (figure.Value is not { } now || figure.Previous is not { } before)
        {
            return Nothing;
        }

        var change = now - before;
        return change == 0 ? "持平"
            : IsShare(figure.Measure)
                ? (change * 100).ToString("+0.0;-0.0", CultureInfo.InvariantCulture) + "个百分点"
            : change.ToString("+0;-0", CultureInfo.InvariantCulture);
    }

    /// <summary>A shift.</summary>
    public static string Shift(string? shift) =>
        shift switch
        {
            "day" => "白班",
            "night" => "夜班",
            "school_peak" => "上下学高峰",
            _ => "",
        };

    /// <summary>The period.</summary>
    public static string Period(BulletinPeriod period) =>
        $"{ChineseDate.Weekday(period.From)}至{ChineseDate.Weekday(period.To)}";

    /// <summary>The period before.</summary>
    public static string Before(BulletinPeriod period) =>
        $"{ChineseDate.Day(period.PreviousFrom)}至{ChineseDate.Day(period.From.AddDays(-1))}";

    /// <summary>The paragraph that says the essence.</summary>
    public static string Summary(BulletinContent content)
    {
        string Of(string key) => Value(key, content.Find(key)?.Value);
        string Against(string key) =>
            content.Find(key) is { Previous: not null } figure
                ? $"（上期{Value(key, figure.Previous)}）"
                : "";
        return $"本期共发现问题{Of("found")}件{Against("found")}，其中现场整改{Of("fixed_on_spot")}件；立案{Of("filed")}件，"
            + $"销号{Of("cancelled")}件{Against("cancelled")}。期末未办结{Of("open")}件{Against("open")}，其中超期{Of("overdue")}件{Against("overdue")}；"
            + $"逾期答复{Of("late_replies")}件。应巡查完成率{Of("visit_completion")}，漏巡{Of("visits_missed")}次。";
    }

    /// <summary>How an indicator turns a value into points.</summary>
    public static string Scale(Indicator i) =>
        $"{Bound(i.Code, i.ZeroAt)}记0分，{Bound(i.Code, i.FullAt)}记100分，其间按比例";

    private static string Bound(string measure, double value) =>
        IsShare(measure)
            ? (value * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%"
            : value.ToString("0.###", CultureInfo.InvariantCulture);
}
