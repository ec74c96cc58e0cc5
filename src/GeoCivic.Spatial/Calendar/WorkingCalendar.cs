namespace GeoCivic.Spatial.Calendar;

/// <summary>
/// Which days are worked: Monday to Friday, but for the exceptions that the State Council's notices make. Immutable;
/// answers in constant time.
/// </summary>
/// <remarks>
/// Only days of known years have an answer. A day of another year throws <see cref="CalendarYearMissingException"/>.
/// </remarks>
public sealed class WorkingCalendar
{
    private readonly Dictionary<DateOnly, CalendarDay> _exceptions = [];
    private readonly HashSet<int> _years;

    // Number of the first day of the first known year; all indices below count from it.
    private readonly int _origin;

    // How many working days lie before each day; one entry more than there are days.
    private readonly int[] _workedBefore = [0];
    private readonly int[] _workingDays = [];

    /// <summary>Builds a calendar.</summary>
    /// <param name="years">The years whose notices are completely listed; repeats do no harm.</param>
    /// <param name="exceptions">The days the notices name; those of other years are left out.</param>
    /// <exception cref="ArgumentException">A day is named twice, and differently.</exception>
    public WorkingCalendar(IEnumerable<int> years, IEnumerable<CalendarDay> exceptions)
    {
        ArgumentNullException.ThrowIfNull(years);
        ArgumentNullException.ThrowIfNull(exceptions);
        _years = [.. years];
        foreach (var day in exceptions)
        {
            if (
                _exceptions.TryGetValue(day.Date, out var other)
                && other.IsWorking != day.IsWorking
            )
            {
                throw new ArgumentException(
                    $"{day.Date:yyyy-MM-dd} is named twice, once as worked and once as free.",
                    nameof(exceptions)
                );
            }

            _exceptions[day.Date] = day;
        }

        if (_years.Count == 0)
        {
            return;
        }

        _origin = new DateOnly(_years.Min(), 1, 1).DayNumber;
        var days = new DateOnly(_years.Max(), 12, 31).DayNumber - _origin + 1;
        var working = new List<int>(days);
        _workedBefore = new int[days + 1];
        for (var i = 0; i < days; i++)
        {
            if (IsWorked(DateOnly.FromDayNumber(_origin + i)))
            {
                working.Add(_origin + i);
            }

            _workedBefore[i + 1] = working.Count;
        }

        _workingDays = [.. working];
    }

    /// <summary>The known years, ascending.</summary>
    public IEnumerable<int> Years => _years.Order();

    /// <summary>Whether a year's holidays are known.</summary>
    public bool Knows(int year) => _years.Contains(year);

    /// <summary>Whether a day is worked.</summary>
    /// <exception cref="CalendarYearMissingException">The year is not known.</exception>
    public bool IsWorkingDay(DateOnly day)
    {
        EnsureKnown(day.Year);
        var index = day.DayNumber - _origin;
        return _workedBefore[index + 1] > _workedBefore[index];
    }

    /// <summary>What a notice says about a day; null when the ordinary week holds.</summary>
    public CalendarDay? Exception(DateOnly day) =>
        _exceptions.TryGetValue(day, out var exception) ? exception : null;

    /// <summary>
    /// The n-th working day after a day: the first working day after it counts as 1, whether or not the day itself is
    /// worked. 0 is the day itself.
    /// </summary>
    /// <param name="day">The day the count starts from, itself not counted.</param>
    /// <param name="count">Working days, 0 or more.</param>
    /// <exception cref="CalendarYearMissingException">A year from the day's to the answer's is not known.</exception>
    public DateOnly AddWorkingDays(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        EnsureKnown(day.Year);
        if (count == 0)
        {
            return day;
        }

        var index = (long)_workedBefore[day.DayNumber - _origin + 1] + count - 1;
        // Beyond the last working day known: the year that follows the last one known without a gap is what is missing.
        var year =
            index < _workingDays.Length
                ? DateOnly.FromDayNumber(_workingDays[index]).Year
                : _years.Max() + 1;
        EnsureKnown(day.Year, year);
        return DateOnly.FromDayNumber(_workingDays[index]);
    }

    /// <summary>How many working days lie after one day up to and including another.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The second day is before the first.</exception>
    /// <exception cref="CalendarYearMissingException">A year between them is not known.</exception>
    public int WorkingDaysBetween(DateOnly after, DateOnly until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(until, after);
        EnsureKnown(after.Year, until.Year);
        return _workedBefore[until.DayNumber - _origin + 1]
            - _workedBefore[after.DayNumber - _origin + 1];
    }

    private bool IsWorked(DateOnly day) =>
        _years.Contains(day.Year)
        && (
            _exceptions.TryGetValue(day, out var exception)
                ? exception.IsWorking
                : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        );

    private void EnsureKnown(int first, int last)
    {
        for (var year = first; year <= last; year++)
        {
            EnsureKnown(year);
        }
    }

    private void EnsureKnown(int year)
    {
        if (!_years.Contains(year))
        {
            throw new CalendarYearMissingException(year);
        }
    }
}
