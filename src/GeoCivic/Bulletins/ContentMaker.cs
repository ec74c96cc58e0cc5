namespace GeoCivic.Bulletins;

/// <summary>
/// Makes the content of a bulletin from the facts: figures of the street, of its communities, bodies and categories, and the
/// outstanding problems. Nothing else is asked, so the same facts give the same bulletin.
/// </summary>
/// <remarks>
/// What happened (found, filed, cancelled, reopened, replies missed) counts by the time it happened, as far as it was
/// recorded when the bulletin was made. What lay there (open, overdue) is as recorded at the end of the period.
/// </remarks>
internal sealed class ContentMaker
{
    /// <summary>Most outstanding problems of a sort.</summary>
    public const int MostOutstanding = 10;

    private readonly Facts _facts;
    private readonly GradingFormula _formula;
    private readonly bool _grades;
    private readonly FigureTable _table;

    private ContentMaker(Facts facts, GradingFormula formula, bool grades, DateTime end)
    {
        _facts = facts;
        _formula = formula;
        _grades = grades;
        _table = new FigureTable(end);
    }

    /// <summary>Makes it.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="formula">How to grade.</param>
    /// <param name="grades">Whether grades are given beside ranks.</param>
    /// <param name="end">The end of the period (UTC), from which days overdue count back.</param>
    public static BulletinContent Make(
        Facts facts,
        GradingFormula formula,
        bool grades,
        DateTime end
    )
    {
        var maker = new ContentMaker(facts, formula, grades, end);
        maker.Street();
        maker.Communities();
        maker.Bodies();
        maker.Categories();
        maker.Outstanding();
        return maker._table.Content;
    }

    private void Street()
    {
        var street = new Whose("street", "", _facts.StreetName);
        var issues = _facts.Issues;
        _table.Count(
            street,
            "found",
            [.. issues.Where(i => i.Found.Now)],
            issues.Count(i => i.Found.Before)
        );
        _table.Count(
            street,
            "fixed_on_spot",
            [.. issues.Where(i => i.Found.Now && i.FixedOnSpot)],
            issues.Count(i => i.Found.Before && i.FixedOnSpot)
        );
        _table.Count(
            street,
            "filed",
            [.. issues.Where(i => i.Filed.Now)],
            issues.Count(i => i.Filed.Before)
        );
        Cancelled(street, issues);
        Stock(street, issues);
        Recurring(street, issues);
        LateReplies(street, _facts.Tasks);
        OnTime(street, _facts.Tasks, "on_time_rate", "all", t => t.All);
        SameDay(street, issues);
        Rounds(street, _facts.Rounds, _facts.RoundsBefore);
        var pictures = issues
            .Where(i => i.Photos.Now > 0)
            .Select(_table.PlaceOfPhotos)
            .Concat(_facts.Rounds.Where(r => r.Photos > 0).Select(_table.PlaceOfPhotos));
        _table.Add(
            street.Figure(
                "photos",
                issues.Sum(i => i.Photos.Now) + _facts.Rounds.Sum(r => r.Photos),
                issues.Sum(i => i.Photos.Before) + _facts.RoundsBefore.Sum(r => r.Photos)
            ),
            pictures
        );
    }

    private void Communities()
    {
        var issues = _facts.Issues.ToLookup(i => i.Community ?? "", StringComparer.Ordinal);
        var tasks = _facts.Tasks.ToLookup(t => t.Community ?? "", StringComparer.Ordinal);
        var rounds = _facts.Rounds.ToLookup(r => r.Community ?? "", StringComparer.Ordinal);
        var before = _facts.RoundsBefore.ToLookup(r => r.Community ?? "", StringComparer.Ordinal);
        var graded = new List<(Whose, Graded)>();
        foreach (var subject in Named(_facts.Communities, issues, "未落在社区内"))
        {
            var whose = new Whose("community", subject.Code, subject.Name);
            List<IssueFact> own = [.. issues[subject.Code]];
            var values = Common(whose, own);
            values["on_time_rate"] = OnTime(
                whose,
                tasks[subject.Code],
                "on_time_rate",
                "all",
                t => t.All
            );
            List<IssueFact> overdue = [.. own.Where(i => i.Overdue.Now)];
            if (subject.Points > 0)
            {
                _table.Rate(
                    whose,
                    "overdue_per_point",
                    overdue.Count,
                    subject.Points,
                    overdue.Select(_table.Place)
                );
                values["overdue_per_point"] = FigureTable.Ratio(overdue.Count, subject.Points);
            }

            values["visit_completion"] = Rounds(whose, rounds[subject.Code], before[subject.Code]);
            values["same_day_entry"] = SameDay(whose, own);
            var sample = own.Count(i => i.Found.Now || i.Cancelled.Now || i.Open.Now);
            graded.Add((whose, new Graded(subject.Code, sample, values)));
        }

        Scores("community", graded);
    }

    private void Bodies()
    {
        var issues = _facts.Issues.ToLookup(i => i.Body ?? "", StringComparer.Ordinal);
        var tasks = _facts.Tasks.ToLookup(t => t.Body, StringComparer.Ordinal);
        var graded = new List<(Whose, Graded)>();
        foreach (var subject in Named(_facts.Bodies, issues, "尚无牵头单位"))
        {
            List<IssueFact> own = [.. issues[subject.Code]];
            List<TaskFact> work = [.. tasks[subject.Code]];
            if (!own.Exists(InPeriod) && work.Count == 0)
            {
                continue;
            }

            var whose = new Whose("body", subject.Code, subject.Name);
            var values = Common(whose, own);
            List<TaskFact> dispatched = [.. work.Where(t => t.Dispatched)];
            _table.Add(
                whose.Figure("tasks", dispatched.Count),
                dispatched.Select(t => _table.Place(t, "all"))
            );
            values["on_time_rate"] = OnTime(whose, work, "on_time_rate", "all", t => t.All);
            values["on_time_reply"] = OnTime(whose, work, "on_time_reply", "reply", t => t.Reply);
            values["on_time_rectify"] = OnTime(
                whose,
                work,
                "on_time_rectify",
                "rectify",
                t => t.Rectify
            );
            values["late_replies"] = LateReplies(whose, work);
            values["overdue"] = own.Count(i => i.Overdue.Now);
            graded.Add((whose, new Graded(subject.Code, dispatched.Count, values)));
        }

        Scores("body", graded);
    }

    private void Categories()
    {
        foreach (
            var category in _facts
                .Issues.Where(InPeriod)
                .GroupBy(i => (i.Category, i.CategoryName))
                .OrderByDescending(g => g.Count(i => i.Found.Now))
                .ThenBy(g => g.Key.Category, StringComparer.Ordinal)
        )
        {
            var whose = new Whose("category", category.Key.Category, category.Key.CategoryName);
            List<IssueFact> own = [.. category];
            Found(whose, own);
            Cancelled(whose, own);
            Stock(whose, own);
        }
    }

    private void Outstanding()
    {
        var whose = new Whose("outstanding", "", "突出问题");
        _table.Count(
            whose,
            "overdue_longest",
            [
                .. _facts
                    .Issues.Where(i => i.Overdue.Now)
                    .OrderBy(i => i.DueAt)
                    .ThenBy(i => i.Code, StringComparer.Ordinal)
                    .Take(MostOutstanding),
            ]
        );
        List<VetoFact> red = [.. _facts.Vetoes.Where(v => v.Red.Now)];
        _table.Add(
            whose.Figure("veto_red", red.Count, _facts.Vetoes.Count(v => v.Red.Before)),
            red.Select(_table.Place)
        );
        _table.Count(
            whose,
            "recurring_open",
            [
                .. _facts
                    .Issues.Where(i => CameBack(i) && i.Open.Now)
                    .OrderBy(i => i.FoundAt)
                    .ThenBy(i => i.Code, StringComparer.Ordinal)
                    .Take(MostOutstanding),
            ]
        );
    }

    /// <summary>Found, cancelled, open, overdue, and the two rates of issues that communities and bodies share.</summary>
    private Dictionary<string, double?> Common(Whose whose, List<IssueFact> own)
    {
        Found(whose, own);
        var cancelled = Cancelled(whose, own);
        Stock(whose, own);
        var open = own.Count(i => i.Open.Now);
        _table.Rate(
            whose,
            "cancellation_rate",
            cancelled,
            own.Count(i => i.Cancelled.Now || i.Open.Now),
            own.Where(i => i.Cancelled.Now || i.Open.Now).Select(_table.Place)
        );
        return new Dictionary<string, double?>(StringComparer.Ordinal)
        {
            ["cancellation_rate"] = FigureTable.Ratio(
                cancelled,
                own.Count(i => i.Cancelled.Now || i.Open.Now)
            ),
            ["recurrence_rate"] = Recurring(whose, own),
        };
    }

    private void Found(Whose whose, IReadOnlyCollection<IssueFact> own) =>
        _table.Count(
            whose,
            "found",
            [.. own.Where(i => i.Found.Now)],
            own.Count(i => i.Found.Before)
        );

    private int Cancelled(Whose whose, IReadOnlyCollection<IssueFact> own)
    {
        List<IssueFact> cancelled = [.. own.Where(i => i.Cancelled.Now)];
        _table.Count(whose, "cancelled", cancelled, own.Count(i => i.Cancelled.Before));
        return cancelled.Count;
    }

    private void Stock(Whose whose, IReadOnlyCollection<IssueFact> own)
    {
        _table.Count(whose, "open", [.. own.Where(i => i.Open.Now)], own.Count(i => i.Open.Before));
        _table.Count(
            whose,
            "overdue",
            [.. own.Where(i => i.Overdue.Now).OrderBy(i => i.DueAt)],
            own.Count(i => i.Overdue.Before)
        );
    }

    /// <summary>Reopened or found again, and their share of what was found or taken up again.</summary>
    private double? Recurring(Whose whose, IReadOnlyCollection<IssueFact> own)
    {
        List<IssueFact> again = [.. own.Where(CameBack)];
        _table.Count(
            whose,
            "recurring",
            again,
            own.Count(i => i.Reopened.Before || (i.Found.Before && i.CameBack))
        );
        List<IssueFact> all = [.. own.Where(i => i.Found.Now || i.Reopened.Now)];
        _table.Rate(whose, "recurrence_rate", again.Count, all.Count, all.Select(_table.Place));
        return FigureTable.Ratio(again.Count, all.Count);
    }

    private double LateReplies(Whose whose, IEnumerable<TaskFact> tasks)
    {
        List<TaskFact> all = [.. tasks];
        List<TaskFact> late = [.. all.Where(t => t.MissedReply.Now)];
        _table.Add(
            whose.Figure("late_replies", late.Count, all.Count(t => t.MissedReply.Before)),
            late.Select(t => _table.Place(t, "missed"))
        );
        return late.Count;
    }

    private double? OnTime(
        Whose whose,
        IEnumerable<TaskFact> tasks,
        string measure,
        string limit,
        Func<TaskFact, Kept> kept
    )
    {
        List<TaskFact> counted = [.. tasks.Where(t => t.Dispatched && kept(t).Counts)];
        var onTime = counted.Count(t => kept(t).OnTime);
        _table.Rate(
            whose,
            measure,
            onTime,
            counted.Count,
            counted.Select(t => _table.Place(t, limit))
        );
        return FigureTable.Ratio(onTime, counted.Count);
    }

    private double? SameDay(Whose whose, IReadOnlyCollection<IssueFact> own)
    {
        List<IssueFact> entered = [.. own.Where(i => i.Entered.Now)];
        var sameDay = entered.Count(i => i.SameDay);
        _table.Rate(
            whose,
            "same_day_entry",
            sameDay,
            entered.Count,
            entered.Select(_table.Place),
            FigureTable.Ratio(
                own.Count(i => i.Entered.Before && i.SameDay),
                own.Count(i => i.Entered.Before)
            )
        );
        return FigureTable.Ratio(sameDay, entered.Count);
    }

    private double? Rounds(
        Whose whose,
        IEnumerable<RoundFact> rounds,
        IEnumerable<RoundFact> roundsBefore
    )
    {
        List<RoundFact> all = [.. rounds];
        List<RoundFact> before = [.. roundsBefore];
        var (made, expected) = (all.Sum(r => r.Made), all.Sum(r => r.Expected));
        _table.Add(
            whose.Figure("visits_made", made, before.Sum(r => r.Made)),
            all.Where(r => r.Made > 0).Select(_table.Place)
        );
        _table.Add(
            whose.Figure("visits_missed", expected - made, before.Sum(r => r.Missed)),
            all.Where(r => r.Missed > 0).Select(_table.Place)
        );
        _table.Rate(
            whose,
            "visit_completion",
            made,
            expected,
            all.Where(r => r.Expected > 0).Select(_table.Place),
            FigureTable.Ratio(before.Sum(r => r.Made), before.Sum(r => r.Expected))
        );
        return FigureTable.Ratio(made, expected);
    }

    // Of what has no community or body nothing is graded: nobody answers for it.
    private void Scores(string subject, List<(Whose Whose, Graded Graded)> all)
    {
        var whose = all.ToDictionary(g => g.Graded.Code, g => g.Whose, StringComparer.Ordinal);
        foreach (
            var standing in Grading.Rank(
                _formula.Of(subject),
                _formula.MinTasks,
                all.Where(g => g.Graded.Code.Length > 0).Select(g => g.Graded)
            )
        )
        {
            _table.Add(
                whose[standing.Code].Figure("score", standing.Score) with
                {
                    Rank = standing.Rank,
                    Grade =
                        _grades && standing.Rank is not null
                            ? _formula.Grade(standing.Score!.Value)
                            : null,
                    Base = all.First(g => g.Graded.Code == standing.Code).Graded.Sample,
                }
            );
        }
    }

    // All that are known, and at the end what belongs to none of them.
    private static IEnumerable<Subject> Named(
        IReadOnlyList<Subject> known,
        ILookup<string, IssueFact> issues,
        string none
    )
    {
        foreach (var subject in known)
        {
            yield return subject;
        }

        var codes = known.Select(s => s.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var other in issues.Where(g => g.Key.Length > 0 && !codes.Contains(g.Key)))
        {
            yield return new Subject(other.Key, other.Key, 0);
        }

        if (issues[""].Any(InPeriod))
        {
            yield return new Subject("", none, 0);
        }
    }

    private static bool InPeriod(IssueFact i) =>
        i.Found.Now
        || i.Filed.Now
        || i.Cancelled.Now
        || i.Open.Now
        || i.Reopened.Now
        || i.Found.Before
        || i.Cancelled.Before
        || i.Open.Before;

    private static bool CameBack(IssueFact i) => i.Reopened.Now || (i.Found.Now && i.CameBack);
}
