using System.Globalization;

namespace GeoCivic.Spatial.Calendar;

/// <summary>Says in words how a time limit came about: which days were skipped, and which weekend days were worked.</summary>
internal sealed class DeadlineText(WorkingClock clock)
{
    // Beyond this many weekends only their days are counted; holidays are always named.
    private const int MostWeekends = 4;

    private static readonly Dictionary<string, string> English = new(StringComparer.Ordinal)
    {
        ["元旦"] = "New Year's Day",
        ["春节"] = "Spring Festival",
        ["清明节"] = "Qingming Festival",
        ["劳动节"] = "Labour Day",
        ["端午节"] = "Dragon Boat Festival",
        ["中秋节"] = "Mid-Autumn Festival",
        ["国庆节"] = "National Day",
    };

    private sealed record Run(DateOnly First, DateOnly Last, string? Name, bool Worked);

    internal BilingualText Started(
        DateTimeOffset start,
        int amount,
        DeadlineUnit unit,
        DateTimeOffset due
    ) =>
        Sentence(
            $"自{At(start)}起{amount}个{unit.NameZh()}，",
            $"{amount} {unit.NameEn()}{(amount == 1 ? "" : "s")} from {At(start)}, ",
            start,
            unit,
            due
        );

    internal BilingualText Resumed(
        DateTimeOffset at,
        TimeSpan left,
        DeadlineUnit unit,
        DateTimeOffset due
    )
    {
        var (zh, en) = unit.IsDays()
            ? ($"{left.TotalDays:0}个{unit.NameZh()}", $"{left.TotalDays:0} {unit.NameEn()}(s)")
            : (
                $"{(int)left.TotalHours}小时{left.Minutes}分（{unit.NameZh()}）",
                $"{(int)left.TotalHours} h {left.Minutes} min ({unit.NameEn()}s)"
            );
        return Sentence(
            $"{At(at)}恢复计时，挂账时剩余{zh}，",
            $"resumed {At(at)} with {en} left when suspended, ",
            at,
            unit,
            due
        );
    }

    internal BilingualText Extended(Deadline deadline, int days, DateOnly last) =>
        Sentence(
            $"原期限{End(deadline.Unit, deadline.DueAt)}，延期{days}个工作日，",
            $"was due {End(deadline.Unit, deadline.DueAt)}, extended by {days} working day{(days == 1 ? "" : "s")}, ",
            WorkingClock.StartOf(deadline.LastDay),
            DeadlineUnit.WorkingDay,
            WorkingClock.StartOf(last.AddDays(1))
        );

    private BilingualText Sentence(
        string zh,
        string en,
        DateTimeOffset start,
        DeadlineUnit unit,
        DateTimeOffset due
    )
    {
        var end = End(unit, due);
        zh += $"截至{end}";
        en += $"due by {end}";
        if (!unit.Rests())
        {
            return new(
                $"{zh}（连续计时，不扣除节假日）。",
                $"{en} (runs through nights, weekends and holidays)."
            );
        }

        if (unit == DeadlineUnit.WorkingHour)
        {
            zh += $"（工作时间{clock.Hours}）";
            en +=
                $" (working hours {clock.Hours.ToString().Replace("、", ", ", StringComparison.Ordinal)})";
        }

        // The day the limit starts on is not counted in days, but its hours are counted in hours.
        var first = WorkingClock.DayOf(start).AddDays(unit.IsDays() ? 1 : 0);
        var runs = Runs(first, WorkingClock.DayOf(unit.IsDays() ? due.AddTicks(-1) : due));
        var (skippedZh, skippedEn) = Skipped([.. runs.Where(r => !r.Worked)]);
        var worked = runs.Where(r => r.Worked).ToList();
        zh += skippedZh.Length > 0 ? $"；跳过{skippedZh}" : "";
        en += skippedEn.Length > 0 ? $"; skipped {skippedEn}" : "";
        if (worked.Count > 0)
        {
            zh += $"；{string.Join("、", worked.Select(Days))}调休上班";
            en += $"; worked to make up for a holiday: {string.Join(", ", worked.Select(Days))}";
        }

        return new($"{zh}。", $"{en}.");
    }

    private static (string Zh, string En) Skipped(List<Run> free)
    {
        var weekends = free.Where(r => r.Name is null).ToList();
        var counted = weekends.Count > MostWeekends;
        var named = free.Where(r => !counted || r.Name is not null).ToList();
        var zh = string.Join("、", named.Select(r => $"{Days(r)} {r.Name ?? "周末"}"));
        var en = string.Join(", ", named.Select(r => $"{Days(r)} {NameEn(r.Name)}"));
        if (!counted)
        {
            return (zh, en);
        }

        var days = weekends.Sum(r => r.Last.DayNumber - r.First.DayNumber + 1);
        return (
            zh + (zh.Length > 0 ? "及" : "") + $"周末{days}天",
            en + (en.Length > 0 ? " and " : "") + $"{days} weekend days"
        );
    }

    /// <summary>Days off, and weekend days worked, in runs of one name.</summary>
    private List<Run> Runs(DateOnly first, DateOnly last)
    {
        var runs = new List<Run>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var worked = clock.Calendar.IsWorkingDay(day);
            var exception = clock.Calendar.Exception(day);
            // A weekday that a notice merely confirms as worked is nothing special.
            if (worked && (exception is null || !IsWeekend(day)))
            {
                continue;
            }

            var name = exception?.Name;
            if (
                runs.Count > 0
                && runs[^1] is var run
                && run.Last.AddDays(1) == day
                && run.Name == name
                && run.Worked == worked
            )
            {
                runs[^1] = run with { Last = day };
            }
            else
            {
                runs.Add(new Run(day, day, name, worked));
            }
        }

        return runs;
    }

    private static bool IsWeekend(DateOnly day) =>
        day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static string NameEn(string? name) =>
        name is null
            ? "weekend"
            : string.Join(" and ", name.Split('、').Select(n => English.GetValueOrDefault(n, n)));

    private static string Days(Run run) =>
        run.First == run.Last ? Day(run.First)
        : run.First.Year == run.Last.Year ? $"{Day(run.First)}…{run.Last:MM-dd}"
        : $"{Day(run.First)}…{Day(run.Last)}";

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string At(DateTimeOffset instant) =>
        instant
            .ToOffset(WorkingHours.BeijingOffset)
            .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string End(DeadlineUnit unit, DateTimeOffset due) =>
        unit.IsDays() ? $"{Day(WorkingClock.DayOf(due.AddTicks(-1)))} 24:00" : At(due);
}
