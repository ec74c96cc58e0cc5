using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Says in plain words why a cell has the class it has.</summary>
public sealed class HotspotExplainer(NpgsqlDataSource source, HotspotFinder finder, Density density)
{
    /// <summary>Explains a cell that the caller may see, among the cells that they may see.</summary>
    /// <exception cref="ProblemException">404: there is no such cell. Else as <see cref="HotspotFinder.FindAsync"/>.</exception>
    public async Task<HotspotExplanation> ExplainAsync(
        HotspotQuestion question,
        string cell,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var map = await finder.FindAsync(question, scope, cancellationToken);
        var places = Enumerable
            .Range(0, map.Values.Length)
            .Where(i => map.Counts.Cells[i].Code == cell)
            .ToList();
        if (places is not [var place])
        {
            throw places.Count == 0
                ? new ProblemException(Problems.NotFound, $"There is no cell '{cell}'.")
                : ProblemException.ForParameters([
                    new ParameterError(
                        "street",
                        "is needed: several streets have a cell of that code"
                    ),
                ]);
        }

        var street = map.Counts.Cells[place].Street;
        async Task<DensityCell> CountedAsync(DensityMeasure measure) =>
            (
                await density.CountAsync(
                    question.Counted with
                    {
                        Measure = measure,
                        Street = street,
                    },
                    scope,
                    cancellationToken
                )
            ).Cells.First(c => c.Code == cell);
        var points = await CountedAsync(DensityMeasure.PerPoint);
        var visits = await CountedAsync(DensityMeasure.PerVisit);
        return new HotspotExplanation(
            map,
            place,
            points.Points ?? 0,
            visits.Visits ?? 0,
            await NamesAsync(question.Counted, cancellationToken)
        );
    }

    private async Task<CountedNames> NamesAsync(
        DensityQuestion question,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Hotspots/hotspot_names.sql"))
            .With("category", question.Category)
            .With("state", question.State);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        string? Text(int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
        return new CountedNames(
            Text(0) ?? question.Category,
            Text(1) ?? question.Category,
            Text(2),
            Text(3)
        );
    }
}

/// <summary>How people call what was counted; null: every category.</summary>
internal sealed record CountedNames(
    string? CategoryZh,
    string? CategoryEn,
    string? StateZh,
    string? StateEn
);

/// <summary>Everything about one cell of a map.</summary>
public sealed class HotspotExplanation
{
    private readonly HotspotMap _map;
    private readonly int _place;
    private readonly long _points;
    private readonly long _visits;
    private readonly CountedNames _names;
    private readonly int[] _neighbours;

    internal HotspotExplanation(
        HotspotMap map,
        int place,
        long points,
        long visits,
        CountedNames names
    )
    {
        (_map, _place, _points, _visits, _names) = (map, place, points, visits, names);
        _neighbours = [.. map.NeighboursOf(place)];
        var together = _neighbours.Sum(n => map.Values[n]) + map.Values[place];
        var cells = _neighbours.Length + 1;
        // Counts add up; of rates only means make sense.
        IsSum = map.Question.Counted.Measure == DensityMeasure.Count;
        Observed = IsSum ? together : together / cells;
        Expected = IsSum ? map.Moments.Mean * cells : map.Moments.Mean;
    }

    /// <summary>Issues in the cell and its neighbours together; of a rate, its mean over them. NaN without a value.</summary>
    public double Observed { get; }

    /// <summary>What <see cref="Observed"/> would be if it were the same everywhere.</summary>
    public double Expected { get; }

    private bool IsSum { get; }

    /// <summary>Writes it as one JSON object.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        var cell = _map.Counts.Cells[_place];
        json.WriteStartObject();
        json.WriteStartObject("cell"u8);
        WriteCell(json, _place);
        json.WriteNumber("visits"u8, _visits);
        json.WriteNumber("points"u8, _points);
        json.WriteEndObject();
        json.WriteNumberOrNull("observed"u8, Observed);
        json.WriteNumberOrNull("expected"u8, double.IsNaN(Observed) ? double.NaN : Expected);
        json.WriteStartArray("neighbours"u8);
        foreach (var neighbour in _neighbours)
        {
            json.WriteStartObject();
            WriteCell(json, neighbour);
            json.WriteNumber("weight"u8, _map.Question.LocalMoran ? 1.0 / _neighbours.Length : 1);
            json.WriteString("class"u8, _map.ClassOf(neighbour));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        HotspotEndpoint.WriteStatistic(json, _map, _place);
        json.WriteNumber("n"u8, _map.Moments.N);
        json.WriteNumber("mean"u8, _map.Moments.Mean);
        json.WriteNumber("sd"u8, _map.Moments.Sd);
        json.WriteNumber("visits"u8, _visits);
        json.WriteString("records"u8, _map.Question.RecordsOf(cell.Street, cell.Code));
        json.WriteString("view"u8, _map.Question.ViewOf(cell.Street, cell.Code));
        json.WriteStartObject("text"u8);
        var sentences = Sentences().ToList();
        json.WriteString("zh"u8, string.Concat(sentences.Select(s => s.Zh)));
        json.WriteString("en"u8, string.Join(' ', sentences.Select(s => s.En)));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteCell(Utf8JsonWriter json, int place)
    {
        var cell = _map.Counts.Cells[place];
        json.WriteString("code"u8, cell.Code);
        json.WriteString("name"u8, cell.Shape.Name);
        json.WriteString("parent"u8, cell.Parent);
        json.WriteNumber("count"u8, cell.Count);
        json.WriteNumberOrNull("value"u8, _map.Values[place]);
    }

    private IEnumerable<(string Zh, string En)> Sentences()
    {
        yield return WhatWasCounted();
        yield return WhatIsHere();
        yield return WhoLooked();
        var z = _map.StatisticOf(_place);
        if (double.IsNaN(z))
        {
            yield return double.IsNaN(_map.Values[_place])
                ? (
                    "这里没有可比的数值，所以不下结论。",
                    "There is no value here to compare, so nothing is concluded."
                )
                : (
                    "这里没有带数值的相邻单元，所以不下结论。",
                    "No neighbour here has a value, so nothing is concluded."
                );
            yield break;
        }

        yield return WhatWouldBeUsual();
        yield return HowLikely();
        yield return WhyThisClass();
    }

    private (string Zh, string En) WhatWasCounted()
    {
        var question = _map.Question.Counted;
        static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (daysZh, daysEn) = (question.From, question.To) switch
        {
            ({ } from, { } to) => (
                $"{Day(from)} 至 {Day(to)} 发现的",
                $"found from {Day(from)} to {Day(to)}"
            ),
            ({ } from, null) => ($"{Day(from)} 起发现的", $"found since {Day(from)}"),
            (null, { } to) => ($"{Day(to)} 及以前发现的", $"found up to {Day(to)}"),
            _ => ("历来发现的", "of all time"),
        };
        var (shiftZh, shiftEn) = question.Shift is { } shift ? HotspotWords.Shift(shift) : ("", "");
        var (stateZh, stateEn) = question.State switch
        {
            "all" => ("", ""),
            "open" => ("未办结的", "open "),
            var state => (
                $"“{_names.StateZh ?? state}”状态的",
                $"{(_names.StateEn ?? state).ToLowerInvariant()} "
            ),
        };
        var (categoryZh, categoryEn) = question.Category is null
            ? ("各类问题", "issues of every category")
            : ($"“{_names.CategoryZh}”问题", $"issues of “{_names.CategoryEn}”");
        return (
            $"统计的是{daysZh}{shiftZh}{stateZh}{categoryZh}。",
            $"Counted are {stateEn}{categoryEn} {daysEn}{(shiftEn.Length > 0 ? $" {shiftEn}" : "")}."
        );
    }

    private (string Zh, string En) WhatIsHere()
    {
        var cell = _map.Counts.Cells[_place];
        var (levelZh, levelEn) =
            _map.Question.Counted.Level == "hex" ? ("六边形", "hexagon") : ("网格", "grid");
        var (perZh, perEn) = HotspotWords.Measure(_map.Question.Counted.Measure);
        var value = _map.Values[_place];
        var rate =
            IsSum || double.IsNaN(value)
                ? ("", "")
                : (
                    $"（{perZh} {HotspotWords.Number(value)} 起）",
                    $" ({HotspotWords.Number(value)} {perEn})"
                );
        return (
            $"{levelZh} {cell.Shape.Name} 有 {cell.Count} 起{rate.Item1}。",
            $"The {levelEn} {cell.Shape.Name} has {cell.Count}{rate.Item2}."
        );
    }

    private (string Zh, string En) WhoLooked() =>
        _visits == 0
            ? (
                "同一时期这里没有走访记录，数字只反映有人上报的问题。",
                "No visit is recorded here in that time: the number only tells what somebody reported."
            )
            : (
                $"同一时期这里走访过 {_visits} 次。",
                $"It was visited {_visits} times in that time."
            );

    private (string Zh, string En) WhatWouldBeUsual()
    {
        var others = _neighbours.Length;
        var (observed, expected) = (HotspotWords.Number(Observed), HotspotWords.Number(Expected));
        if (IsSum)
        {
            return (
                $"连同相邻的 {others} 个单元共 {observed} 起；如果平均分布在全部 {_map.Moments.N} 个单元，这 {others + 1} 个应约有 {expected} 起。",
                $"With its {others} neighbours it has {observed}; spread evenly over all {_map.Moments.N} cells, these {others + 1} would have about {expected}."
            );
        }

        var (perZh, perEn) = HotspotWords.Measure(_map.Question.Counted.Measure);
        return (
            $"连同相邻的 {others} 个单元，{perZh}平均 {observed} 起；全部 {_map.Moments.N} 个单元平均 {expected} 起。",
            $"With its {others} neighbours the mean is {observed} {perEn}; over all {_map.Moments.N} cells it is {expected}."
        );
    }

    private (string Zh, string En) HowLikely()
    {
        var (zh, en) = HotspotWords.Chance(_map.POf(_place));
        if (_map.Question.LocalMoran)
        {
            return (
                $"如果数值只是随机落在各单元，相邻单元出现这样的差别的可能性{zh}（I = {HotspotWords.Number(_map.StatisticOf(_place))}，{HotspotWords.Is("p", _map.POf(_place))}）。",
                $"If the values lay among the cells by chance, neighbours that differ like this would be {en} (I = {HotspotWords.Number(_map.StatisticOf(_place))}, {HotspotWords.Is("p", _map.POf(_place))})."
            );
        }

        var z = _map.StatisticOf(_place).ToString("F2", CultureInfo.InvariantCulture);
        return (
            $"纯属偶然而出现这么大差别的可能性{zh}（z = {z}，{HotspotWords.Is("p", _map.POf(_place))}）。",
            $"The likelihood that chance alone makes such a difference is {en} (z = {z}, {HotspotWords.Is("p", _map.POf(_place))})."
        );
    }

    private (string Zh, string En) WhyThisClass()
    {
        var q = _map.QOf(_place);
        var (zh, en) = _map.GiStar is { } gi
            ? HotspotWords.Class(gi.Class(_place))
            : HotspotWords.Class(_map.Moran!.Class(_place));
        // The line of its own class; of a cell in no class, the one it had to reach.
        var line =
            _map.GiStar is null ? 0.05
            : q <= 0.01 ? 0.01
            : q <= 0.05 ? 0.05
            : 0.10;
        var limit = line.ToString("F2", CultureInfo.InvariantCulture);
        return q <= line
            ? (
                $"同时检验了 {_map.Moments.N} 个单元，扣除碰巧的误报后 {HotspotWords.Is("q", q)}，不超过 {limit}，因此列为：{zh}。",
                $"{_map.Moments.N} cells were tested at once; allowing for false alarms among them, {HotspotWords.Is("q", q)}, not above {limit}, hence: {en}."
            )
            : (
                $"同时检验了 {_map.Moments.N} 个单元，扣除碰巧的误报后 {HotspotWords.Is("q", q)}，大于 {limit}，差别可能只是偶然，因此列为：{zh}。",
                $"{_map.Moments.N} cells were tested at once; allowing for false alarms among them, {HotspotWords.Is("q", q)}, above {limit}: the difference may be chance, hence: {en}."
            );
    }
}
