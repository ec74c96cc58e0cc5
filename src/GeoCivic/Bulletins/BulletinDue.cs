namespace GeoCivic.Bulletins;

/// <summary>Where a street stands with bulletins of a kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Last">The last one that was due by today.</param>
/// <param name="Next">The next one.</param>
/// <param name="Status">
/// <c>issued</c>; <c>today</c>: due today; <c>missing</c>: its day is over; <c>none</c>: the street never issued one of the
/// kind, so that nothing is missed.
/// </param>
internal sealed record BulletinDue(
    string Kind,
    BulletinPeriod Last,
    BulletinPeriod Next,
    string Status
)
{
    /// <summary>Decides it.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="today">Today in Beijing.</param>
    /// <param name="weekday">Day of weekly ones.</param>
    /// <param name="lastIssued">First day of the last period one was issued for, or null.</param>
    public static BulletinDue Of(string kind, DateOnly today, int weekday, DateOnly? lastIssued)
    {
        var last = BulletinPeriod.Last(kind, today, weekday);
        var status =
            lastIssued >= last.From ? "issued"
            : last.On == today ? "today"
            : lastIssued is null ? "none"
            : "missing";
        return new BulletinDue(kind, last, BulletinPeriod.Next(kind, today, weekday), status);
    }
}

/// <summary>A bulletin with everything that stands in it.</summary>
/// <param name="Bulletin">What it is.</param>
/// <param name="Formula">The formula it is graded by.</param>
/// <param name="Content">Its figures and records.</param>
internal sealed record BulletinSheet(
    Bulletin Bulletin,
    GradingFormula Formula,
    BulletinContent Content
);
