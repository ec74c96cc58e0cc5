namespace GeoCivic.Spatial.Calendar;

/// <summary>
/// The four units in which GB/T 30428.8 sets time limits. The standard names them; its definitions are not public, so
/// this is the reading taken here.
/// </summary>
/// <remarks>
/// The ordinary units rest at night, at weekends and on holidays. The urgent ones are for what cannot wait (an open
/// manhole): they run on the calendar, without rest. A limit in days ends when its last day ends, at 24:00 Beijing
/// time, because 2个工作日内 leaves the whole second day; the day it starts on is not counted. A limit in hours ends to
/// the second.
/// </remarks>
public enum DeadlineUnit
{
    /// <summary>工作时: an hour of working time.</summary>
    WorkingHour,

    /// <summary>紧急工作时: an hour by the clock.</summary>
    UrgentWorkingHour,

    /// <summary>工作日: a working day.</summary>
    WorkingDay,

    /// <summary>紧急工作日: a calendar day.</summary>
    UrgentWorkingDay,
}

/// <summary>Codes and names of the units.</summary>
public static class DeadlineUnits
{
    private static readonly (DeadlineUnit Unit, string Code, string Zh, string En)[] All =
    [
        (DeadlineUnit.WorkingHour, "working_hour", "工作时", "working hour"),
        (DeadlineUnit.UrgentWorkingHour, "urgent_working_hour", "紧急工作时", "urgent hour"),
        (DeadlineUnit.WorkingDay, "working_day", "工作日", "working day"),
        (DeadlineUnit.UrgentWorkingDay, "urgent_working_day", "紧急工作日", "urgent day"),
    ];

    /// <summary>The codes, in the order of the standard.</summary>
    public static IEnumerable<string> Codes => All.Select(u => u.Code);

    /// <summary>The code in files, the database and JSON.</summary>
    public static string Code(this DeadlineUnit unit) => All[(int)unit].Code;

    /// <summary>The Chinese name.</summary>
    public static string NameZh(this DeadlineUnit unit) => All[(int)unit].Zh;

    /// <summary>The English name, singular.</summary>
    public static string NameEn(this DeadlineUnit unit) => All[(int)unit].En;

    /// <summary>Whether the unit counts days.</summary>
    public static bool IsDays(this DeadlineUnit unit) =>
        unit is DeadlineUnit.WorkingDay or DeadlineUnit.UrgentWorkingDay;

    /// <summary>Whether the unit rests outside working hours.</summary>
    public static bool Rests(this DeadlineUnit unit) =>
        unit is DeadlineUnit.WorkingDay or DeadlineUnit.WorkingHour;

    /// <summary>Reads a code.</summary>
    public static bool TryParse(string? code, out DeadlineUnit unit)
    {
        var index = Array.FindIndex(All, u => u.Code == code);
        unit = index < 0 ? default : All[index].Unit;
        return index >= 0;
    }
}
