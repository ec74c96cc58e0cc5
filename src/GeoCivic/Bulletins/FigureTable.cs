namespace GeoCivic.Bulletins;

/// <summary>Collects figures with the records behind them; a record that several figures share is kept once.</summary>
internal sealed class FigureTable(DateTime end)
{
    private readonly List<BulletinFigure> _figures = [];
    private readonly List<BulletinRecord> _records = [];
    private readonly Dictionary<object, int> _places = [];
    private readonly Dictionary<string, int[]> _behind = new(StringComparer.Ordinal);

    /// <summary>What was collected.</summary>
    public BulletinContent Content => new(_figures, _records, _behind);

    /// <summary>Adds a figure; no figure of that key may be there.</summary>
    public void Add(BulletinFigure figure, IEnumerable<int>? records = null)
    {
        _figures.Add(figure);
        _behind.Add(figure.Key, records is null ? [] : [.. records]);
    }

    /// <summary>Adds the number of some issues.</summary>
    /// <param name="whose">Whose figure.</param>
    /// <param name="measure">Its measure.</param>
    /// <param name="issues">The issues counted.</param>
    /// <param name="previous">How many there were in the period before.</param>
    public void Count(
        Whose whose,
        string measure,
        IReadOnlyCollection<IssueFact> issues,
        int? previous = null
    ) => Add(whose.Figure(measure, issues.Count, previous), issues.Select(Place));

    /// <summary>Adds a rate, null where nothing is to be divided by.</summary>
    public void Rate(
        Whose whose,
        string measure,
        double part,
        double whole,
        IEnumerable<int> records,
        double? previous = null
    ) => Add(whose.Figure(measure, Ratio(part, whole), previous, whole), records);

    /// <summary>A share to six decimals, as the rates of <c>/api/performance</c>; null without anything to divide by.</summary>
    public static double? Ratio(double part, double whole) =>
        whole > 0 ? Math.Round(part / whole, 6, MidpointRounding.AwayFromZero) : null;

    /// <summary>The place of an issue among the records.</summary>
    public int Place(IssueFact issue) =>
        Of(
            issue,
            () =>
                new BulletinRecord(
                    "issue",
                    issue.Id,
                    null,
                    issue.Code,
                    issue.Title,
                    issue.CategoryName,
                    issue.CommunityName,
                    issue.BodyName,
                    issue.State,
                    issue.StateName,
                    issue.FoundAt,
                    issue.DueAt,
                    issue.ClosedAt,
                    issue.Overdue.Now ? DaysOver(issue.DueAt!.Value) : null
                )
        );

    /// <summary>The place of a task, as one of its limits, or all of them, were kept.</summary>
    public int Place(TaskFact task, string limit)
    {
        var kept = limit switch
        {
            "reply" => task.Reply,
            "rectify" => task.Rectify,
            _ => task.All,
        };
        var (state, name) =
            limit == "missed" ? ("late", "逾期答复")
            : kept.OnTime ? ("on_time", "按时")
            : kept.Closed ? ("late", "逾期完成")
            : kept.Overdue ? ("overdue", "逾期未完成")
            : ("running", "未到期");
        var ofReply = limit is "reply" or "missed";
        return Of(
            (task, limit),
            () =>
                new BulletinRecord(
                    "task",
                    task.Issue,
                    null,
                    task.Code,
                    task.Title,
                    task.CategoryName,
                    task.CommunityName,
                    task.BodyName,
                    state,
                    name,
                    task.DispatchedAt,
                    ofReply ? task.ReplyDueAt : task.DueAt,
                    ofReply ? task.RepliedAt : task.DoneAt
                )
        );
    }

    /// <summary>The place of the rounds at a point.</summary>
    public int Place(RoundFact round) =>
        Of(
            round,
            () =>
                new BulletinRecord(
                    "round",
                    null,
                    round.Point,
                    round.Point,
                    round.Name,
                    null,
                    round.CommunityName,
                    null,
                    round.Missed > 0 ? "missed" : "made",
                    round.Missed > 0 ? "有漏巡" : "已巡查",
                    EndedAt: round.LastVisit,
                    Shift: round.Shift,
                    Expected: round.Expected,
                    Made: round.Made
                )
        );

    /// <summary>The place of an alarm of the veto board.</summary>
    public int Place(VetoFact veto) =>
        Of(
            veto,
            () =>
                new BulletinRecord(
                    "veto",
                    veto.Issue,
                    null,
                    veto.Code,
                    $"{veto.Name}：{veto.Reason}",
                    null,
                    null,
                    null,
                    "red",
                    "未解除",
                    veto.RaisedAt,
                    EndedAt: veto.ClearedAt
                )
        );

    /// <summary>The place of the photos of an issue or a point's visits.</summary>
    public int PlaceOfPhotos(IssueFact issue) =>
        Of(
            (issue, "photos"),
            () =>
                new BulletinRecord(
                    "photo",
                    issue.Id,
                    null,
                    issue.Code,
                    issue.Title,
                    issue.CategoryName,
                    issue.CommunityName,
                    issue.BodyName,
                    issue.State,
                    issue.StateName,
                    issue.FoundAt,
                    Made: issue.Photos.Now
                )
        );

    /// <inheritdoc cref="PlaceOfPhotos(IssueFact)" />
    public int PlaceOfPhotos(RoundFact round) =>
        Of(
            (round, "photos"),
            () =>
                new BulletinRecord(
                    "photo",
                    null,
                    round.Point,
                    round.Point,
                    round.Name,
                    null,
                    round.CommunityName,
                    null,
                    "made",
                    "巡查",
                    EndedAt: round.LastVisit,
                    Shift: round.Shift,
                    Made: round.Photos
                )
        );

    private int DaysOver(DateTime due) => (int)Math.Max(0, Math.Ceiling((end - due).TotalDays));

    private int Of(object key, Func<BulletinRecord> make)
    {
        if (!_places.TryGetValue(key, out var place))
        {
            place = _places[key] = _records.Count;
            _records.Add(make());
        }

        return place;
    }
}

/// <summary>Whose figures are made.</summary>
/// <param name="Subject"><c>street community body category outstanding</c>.</param>
/// <param name="Code">Its code, empty for the street and for what has none.</param>
/// <param name="Name">Its name.</param>
internal sealed record Whose(string Subject, string Code, string Name)
{
    /// <summary>A figure of it.</summary>
    public BulletinFigure Figure(
        string measure,
        double? value,
        double? previous = null,
        double? whole = null
    ) =>
        new(
            BulletinFigure.KeyOf(Subject, Code, measure),
            Subject,
            Code,
            Name,
            measure,
            value,
            previous,
            whole
        );
}
