using System.Globalization;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>Every number of the ledger is what the same filter shows on the map.</summary>
public static class LedgerAndMap
{
    /// <summary>The list, the ledger as a file, the ledger on the screen and the map show the same number.</summary>
    /// <param name="site">The running site.</param>
    /// <param name="person">Who looks.</param>
    /// <param name="state">Code of the issues' state.</param>
    public static async Task AgreeAsync(Site site, Person person, string state)
    {
        var expected = await CountAsync(site, person, $"state={state}");
        var file = await Visit.AskAsync(
            site,
            $"/api/ledger?format=json&street={DemoSite.Street}&state={state}",
            person
        );
        Assert.Equal(expected, file.GetProperty("count").GetInt64());
        await Visit.MakeAsync(
            site,
            new Uri(site.Address, $"/?area=ledger&states={state}"),
            async page =>
            {
                await Expect(page.Locator("[data-matched]"))
                    .ToHaveAttributeAsync(
                        "data-matched",
                        expected.ToString(CultureInfo.InvariantCulture)
                    );
                await Expect(page.Locator(".ledger-table tbody tr"))
                    .ToHaveCountAsync((int)Math.Min(100, expected));
                await page.WaitForFunctionAsync(
                    """
                    (expected) => {
                      const singles = document.querySelectorAll('.symbol-marker[data-key^="issue:"]').length;
                      const grouped = [...document.querySelectorAll('.cluster.of-issues')];
                      return singles + grouped.reduce((sum, each) => sum + Number(each.textContent), 0) === expected;
                    }
                    """,
                    expected
                );
            },
            person: person
        );
    }

    /// <summary>Issues of the demo street that a filter of the API finds.</summary>
    public static async Task<long> CountAsync(Site site, Person person, string filter)
    {
        var answer = await Visit.AskAsync(
            site,
            $"/api/issues?street={DemoSite.Street}&limit=1&{filter}",
            person
        );
        return answer.GetProperty("numberMatched").GetInt64();
    }
}
