namespace GeoCivic.Letters;

/// <summary>The words of a letter, without its number.</summary>
/// <param name="To">Addressee: a body or a title.</param>
/// <param name="From">Who sends it.</param>
/// <param name="CopyTo">Who gets a copy, or null.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Paragraphs">Its text.</param>
/// <param name="Facts">The table of the issue.</param>
internal sealed record LetterWords(
    string To,
    string From,
    string? CopyTo,
    string Subject,
    IReadOnlyList<string> Paragraphs,
    IReadOnlyList<(string Label, string Value)> Facts
)
{
    private const string Office = "文明城市创建工作办公室";

    /// <summary>问题通知函: to a body, when the issue is dispatched to it.</summary>
    public static LetterWords Notice(LetterFacts facts, string? instructions)
    {
        var text = new List<string>
        {
            $"经现场检查，{ChineseDate.Day(ChineseDate.DayOf(facts.FoundAt))}发现{facts.Category}问题一处，具体情况见下表。",
        };
        var limits = (facts.ReplyDueAt, facts.RectifyDueAt) switch
        {
            ({ } reply, { } rectify) =>
                $"请你单位于{ChineseDate.Deadline(reply)}前书面答复，于{ChineseDate.Deadline(rectify)}前整改到位，并附整改后照片报我办复查销号。",
            ({ } reply, null) => $"请你单位于{ChineseDate.Deadline(reply)}前书面答复办理情况。",
            _ => "请你单位抓紧整改，并书面答复办理情况。",
        };
        text.Add(limits);
        if (!facts.Leads)
        {
            text.Add($"本问题由{facts.Lead}牵头办理，请你单位按职责配合，并单独答复。");
        }
        else if (facts.Cooperating is { } others)
        {
            text.Add($"本问题由你单位牵头，请会同{others}办理。");
        }

        if (!string.IsNullOrWhiteSpace(instructions))
        {
            text.Add($"办理要求：{instructions}");
        }

        if (facts.ReplyExplanation is { } explanation)
        {
            text.Add(
                $"期限说明：答复{explanation}{(facts.RectifyExplanation is { } more ? $"整改{more}" : "")}"
            );
        }

        text.Add("特此函告。");
        return new(
            facts.Body,
            facts.Street + Office,
            facts.Leader,
            $"关于整改{facts.Category}问题的通知",
            text,
            Table(facts)
        );
    }

    /// <summary>部门答复函: from a body, with what it wrote.</summary>
    public static LetterWords Reply(LetterFacts facts, string? note, DateTime at) =>
        new(
            facts.Street + Office,
            facts.Body,
            CopyTo: null,
            $"关于{facts.Category}问题办理情况的答复",
            [
                facts.NoticeNumber is { } number
                    ? $"《问题通知函》（{number}）收悉。现将办理情况答复如下："
                    : "来函收悉。现将办理情况答复如下：",
                string.IsNullOrWhiteSpace(note) ? "已按要求办理。" : note,
                "特此答复。",
            ],
            [.. Table(facts), ("答复时间", ChineseDate.Instant(at))]
        );

    /// <summary>工作提示函: to a leader, when a body is late.</summary>
    /// <param name="facts">The task.</param>
    /// <param name="level">1 to the main leader, 2 to the leader above.</param>
    /// <param name="daysOverdue">Working days since the deadline.</param>
    /// <param name="on">The day it is drafted on.</param>
    public static LetterWords Reminder(LetterFacts facts, int level, int daysOverdue, DateOnly on)
    {
        var due = ChineseDate.Deadline(facts.DueAt!.Value);
        var late =
            daysOverdue == 0 ? "现已超期" : $"截至{ChineseDate.Day(on)}已超期{daysOverdue}个工作日";
        List<string> text =
        [
            $"由{facts.Body}{(facts.Leads ? "牵头" : "配合")}办理的{facts.Category}问题（{facts.Code}），应于{due}前办理，{late}，仍未办结。",
        ];
        if (level > 1)
        {
            text.Add(
                facts.ReminderNumber is { } first
                    ? $"我办已以《工作提示函》（{first}）提请街道主要领导督促，至今仍未整改到位。"
                    : "经提请街道主要领导督促，至今仍未整改到位。"
            );
        }

        text.Add("按照“三函一台账”工作要求，现予提示，请阅处，并督促责任单位限期整改到位。");
        return new(
            AddresseeOf(facts.Street, level),
            facts.Street + Office,
            facts.Body,
            $"关于{facts.Body}超期未办结问题的提示",
            text,
            [.. Table(facts), ("责任单位", facts.Body), ("超期期限", $"{due}前")]
        );
    }

    /// <summary>Whom a reminder goes to: a title, never a name.</summary>
    public static string AddresseeOf(string street, int level) =>
        level == 1 ? $"{street}主要领导" : "分管市领导";

    private static List<(string Label, string Value)> Table(LetterFacts facts)
    {
        List<(string, string)> table =
        [
            ("问题编号", facts.Code),
            ("问题类别", facts.Category),
            ("所在位置", facts.Place.Length > 0 ? facts.Place : "不在网格内，见地图"),
            ("发现时间", ChineseDate.Instant(facts.FoundAt)),
        ];
        if (facts.ReplyDueAt is { } reply)
        {
            table.Add(("答复期限", $"{ChineseDate.Deadline(reply)}前"));
        }

        if (facts.RectifyDueAt is { } rectify)
        {
            table.Add(("整改期限", $"{ChineseDate.Deadline(rectify)}前"));
        }

        if (facts.Name is { } name)
        {
            table.Add(("问题名称", name));
        }

        table.Add(("问题描述", facts.Description ?? "见现场照片"));
        return table;
    }
}
