using System.Globalization;
using GeoCivic.Database;

namespace GeoCivic.Letters;

/// <summary>Days and instants as letters write them, in Beijing time.</summary>
internal static class ChineseDate
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>2026年2月24日.</summary>
    public static string Day(DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{day.Year}年{day.Month}月{day.Day}日");

    /// <summary>2026年2月24日（星期二）.</summary>
    public static string Weekday(DateOnly day) =>
        $"{Day(day)}（星期{Weekdays[(int)day.DayOfWeek]}）";

    /// <summary>2026年2月24日（星期二）18:00.</summary>
    public static string Instant(DateTime utc)
    {
        var local = Local(utc);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Weekday(DateOnly.FromDateTime(local))}{local:HH:mm}"
        );
    }

    /// <summary>A deadline: one at the end of a day is 24时 of that day, as limits in days are set.</summary>
    public static string Deadline(DateTime utc)
    {
        var local = Local(utc);
        return local.TimeOfDay == TimeSpan.Zero
            ? $"{Weekday(DateOnly.FromDateTime(local).AddDays(-1))}24时"
            : Instant(utc);
    }

    /// <summary>The day of an instant.</summary>
    public static DateOnly DayOf(DateTime utc) => DateOnly.FromDateTime(Local(utc));

    private static DateTime Local(DateTime utc) => utc + BeijingTime.Offset;
}
