using System.Text.Json;
using GeoCivic.Spatial.Calendar;

namespace GeoCivic.Spatial.Tests.Calendar;

/// <summary>Our own table, and the independent transcription it is compared with.</summary>
internal static class Calendars
{
    internal const int FirstYear = 2020;
    internal const int LastYear = 2026;

    internal static WorkingCalendar Ours { get; } = ReadOurs();

    /// <summary>What the transcription says of each day it lists.</summary>
    internal static Dictionary<DateOnly, bool> Listed { get; } = ReadListed();

    internal static IEnumerable<DateOnly> Days()
    {
        for (var day = new DateOnly(FirstYear, 1, 1); day.Year <= LastYear; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    /// <summary>Whether a day is worked, by the transcription and the bare week.</summary>
    internal static bool IsWorked(DateOnly day) =>
        Listed.TryGetValue(day, out var worked)
            ? worked
            : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    private static WorkingCalendar ReadOurs()
    {
        using var file = new StreamReader(
            Path.Combine(RepositoryFiles.Root, "data", "calendar", "cn-working-days.csv")
        );
        return CalendarTable.Read(file);
    }

    private static Dictionary<DateOnly, bool> ReadListed()
    {
        var listed = new Dictionary<DateOnly, bool>();
        for (var year = FirstYear; year <= LastYear; year++)
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(RepositoryFiles.Shared("data", "cn-holidays", $"{year}.json"))
            );
            foreach (var day in json.RootElement.GetProperty("days").EnumerateArray())
            {
                listed[DateOnly.Parse(day.GetProperty("date").GetString()!)] = !day.GetProperty(
                        "isOffDay"
                    )
                    .GetBoolean();
            }
        }

        return listed;
    }
}
