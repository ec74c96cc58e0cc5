using System.Globalization;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Http;
using GeoCivic.Spatial.Statistics;
using Npgsql;

namespace GeoCivic.Hotspots;

/// <summary>Whether a campaign (专项整治) did anything: before and during, against areas where it did not run.</summary>
public static class CampaignEffectEndpoint
{
    /// <summary>Maps the call.</summary>
    public static void MapCampaignEffects(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/campaign-effects", CompareAsync)
            .WithSummary(
                "The rate of issues during a campaign over that before it, divided by the same of control areas, with its 95 % interval and what that shows"
            )
            .Takes(
                Parameters.Street.Required(),
                IssueWindow.OneCategory,
                Parameters
                    .List("areas", "Codes of the communities or grids where the campaign ran.")
                    .Required(),
                Parameters
                    .List("controls", "Codes of communities or grids where it did not.")
                    .Required(),
                Parameters.Day("before_from", "First day before the campaign.").Required(),
                Parameters.Day("before_to", "Last day before it, included.").Required(),
                Parameters.Day("during_from", "First day of the campaign.").Required(),
                Parameters.Day("during_to", "Last day of it, included; not after today.").Required()
            );

    private static async Task<IResult> CompareAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock
    )
    {
        var question = CampaignQuestion.Read(context.Request, BeijingTime.Today(clock));
        var stop = context.RequestAborted;
        await Streets.RequireTouchedAsync(source, question.Street, caller.Scope, stop);
        await question.CheckAreasAsync(source, caller.Scope, stop);
        var n = await question.CountAsync(source, caller.Scope, stop);
        var (before, during) = (question.Before.Days, question.During.Days);
        var effect = RateRatio.Of(
            new(n[0], before),
            new(n[1], during),
            new(n[2], before),
            new(n[3], during)
        );
        object Counted(int i, IReadOnlyList<string> areas) =>
            new
            {
                areas,
                before = n[i],
                during = n[i + 1],
                daysBefore = before,
                daysDuring = during,
                ratio = n[i] > 0
                    ? n[i + 1] / (double)during / (n[i] / (double)before)
                    : (double?)null,
            };
        return Results.Json(
            new
            {
                treated = Counted(0, question.Areas),
                control = Counted(2, question.Controls),
                effect.Ratio,
                interval = new[] { effect.Low, effect.High },
                confidence = RateRatio.Confidence,
                verdict = effect.Verdict switch
                {
                    EffectVerdict.Fell => "fell",
                    EffectVerdict.Rose => "rose",
                    _ => "not_shown",
                },
                effect.Corrected,
                method = new
                {
                    zh = "比率之比：整治区域期间与之前的日均问题数之比，除以对照区域同样的比；区间按对数正态近似（计数视为泊松）。",
                    en = "Ratio of ratios: issues a day during over before where the campaign ran, divided by the same in the control areas; log-normal interval, counts taken as Poisson.",
                },
                text = new { zh = Chinese(n, effect), en = English(n, effect) },
            }
        );
    }

    private static string Chinese(long[] n, RateRatio effect)
    {
        var says = effect.Verdict switch
        {
            EffectVerdict.Fell => "与对照相比，问题确有减少",
            EffectVerdict.Rose => "与对照相比，问题反而增多",
            _ => "与对照相比，看不出整治有作用",
        };
        return Text(
            $"整治区域由{n[0]}件变为{n[1]}件，对照区域由{n[2]}件变为{n[3]}件。按天数折算，比率之比为{effect.Ratio:0.00}（95%区间{effect.Low:0.00}—{effect.High:0.00}）：{says}。{(effect.Corrected ? "有计数为零，四个数各加0.5后计算。" : "")}"
        );
    }

    private static string English(long[] n, RateRatio effect)
    {
        var says = effect.Verdict switch
        {
            EffectVerdict.Fell => "issues fell against the controls",
            EffectVerdict.Rose => "issues rose against the controls",
            _ => "no effect is shown against the controls",
        };
        return Text(
            $"Treated areas went from {n[0]} to {n[1]} issues, controls from {n[2]} to {n[3]}. By days, the ratio of ratios is {effect.Ratio:0.00} (95 % interval {effect.Low:0.00} to {effect.High:0.00}): {says}.{(effect.Corrected ? " A count was zero; 0.5 was added to all four." : "")}"
        );
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
