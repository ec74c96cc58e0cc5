using System.Security.Cryptography;
using System.Text;
using GeoCivic.Accounts;
using GeoCivic.Bulletins;
using GeoCivic.Database;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>The weekly bulletins of the demo's last four Wednesdays and the grading of last month, issued as a supervisor issues them.</summary>
internal sealed class DemoBulletins(NpgsqlDataSource source, string street, TimeProvider clock)
{
    private const int Weeks = 4;
    private static readonly TimeOnly TimeOfDay = new(10, 30);
    private readonly BulletinBook _book = new(source, clock);

    /// <summary>When each is issued, as of an instant.</summary>
    public static IEnumerable<(DateTimeOffset At, string Kind, DateOnly On)> Due(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.ToOffset(BeijingTime.Offset).DateTime);
        var weekly = BulletinPeriod.Last(
            BulletinKind.Weekly,
            today,
            BulletinPeriod.StandardWeekday
        );
        var monthly = BulletinPeriod.Last(BulletinKind.Monthly, today, 0);
        return Enumerable
            .Range(0, Weeks)
            .Select(n => (BulletinKind.Weekly, On: weekly.On.AddDays(-7 * n)))
            .Append((BulletinKind.Monthly, monthly.On))
            .Select(b =>
                (
                    At: new DateTimeOffset(b.On.ToDateTime(TimeOfDay), BeijingTime.Offset),
                    b.Item1,
                    b.On
                )
            )
            // Today's is issued when its hour has come.
            .Where(b => b.At <= now);
    }

    /// <summary>Issues one; one that was issued stays as it is.</summary>
    public async Task IssueAsync(
        string kind,
        DateOnly on,
        Caller supervisor,
        CancellationToken cancellationToken
    )
    {
        var digest = SHA256.HashData(
            Encoding.UTF8.GetBytes($"demo bulletin {street} {kind} {on:yyyy-MM-dd}")
        );
        var id = new Guid(digest.AsSpan(0, 16));
        await _book.DraftAsync(
            new BulletinOrder(id, street, kind, on, Replaces: null, Note(kind), digest),
            supervisor,
            cancellationToken
        );
        await _book.IssueAsync(id, note: null, supervisor, cancellationToken);
    }

    private static string Note(string kind) =>
        kind == BulletinKind.Weekly
            ? "各社区对本期超期问题逐件核实，周五前反馈整改照片。\n背街小巷、校园周边继续每日巡查。"
            : "等次为较差的社区和单位三个工作日内报整改措施。";
}
