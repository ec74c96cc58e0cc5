namespace GeoCivic.Spatial.Calendar;

/// <summary>A day that a notice takes out of the ordinary week: a holiday, or a weekend day that is worked (调休上班).</summary>
/// <param name="Date">The day, Beijing time.</param>
/// <param name="IsWorking">Whether it is worked.</param>
/// <param name="Name">The holiday it belongs to, in Chinese; a made-up day names the holiday it makes up for.</param>
/// <param name="Notice">The notice that says so.</param>
public readonly record struct CalendarDay(
    DateOnly Date,
    bool IsWorking,
    string Name,
    string Notice
);

/// <summary>A day lies in a year whose holidays are not known, so nothing can be said about it.</summary>
/// <remarks>
/// The ordinary week is never assumed instead: a deadline computed without the holidays would be wrong by up to ten
/// days and look right.
/// </remarks>
#pragma warning disable RCS1194 // It always names a year; without one it would say nothing.
public sealed class CalendarYearMissingException : Exception
{
    /// <summary>Names the year that is missing.</summary>
    public CalendarYearMissingException(int year)
        : base(
            $"The working calendar of {year} is missing: load the State Council's notice of holidays for that year (缺少 {year} 年工作日历，请先录入国务院办公厅当年节假日安排)."
        ) => Year = year;

    /// <summary>The missing year.</summary>
    public int Year { get; }
}
