using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>One person at one screen.</summary>
/// <param name="Width">CSS pixels.</param>
/// <param name="Height">CSS pixels.</param>
/// <param name="Touch">A finger rather than a mouse.</param>
public sealed record Screen(int Width, int Height, bool Touch)
{
    public static Screen Desktop { get; } = new(1440, 900, Touch: false);

    public static Screen Phone { get; } = new(390, 844, Touch: true);
}

/// <summary>
/// A visit to the page in a fresh browser profile. Whatever the browser writes to its console, every script error and
/// every answer of 400 or more counts against the test; a failed test leaves a picture in <c>TestResults</c>.
/// </summary>
public static class Visit
{
    private static readonly string Pictures = Path.Combine(
        GeoCivic.Database.AppPaths.Root,
        "TestResults",
        "browser"
    );

    // Quiet: no call has been on its way for a while, since one call's answer often begins the next.
    private const string CountCalls = """
        (() => {
          let pending = 0;
          let last = performance.now();
          const ask = window.fetch;
          window.fetch = async (...given) => {
            pending += 1;
            try {
              return await ask(...given);
            } finally {
              pending -= 1;
              last = performance.now();
            }
          };
          window.callsQuiet = () => pending === 0 && performance.now() - last > 150;
        })();
        """;

    /// <param name="site">With the browser to use and the people who may visit.</param>
    /// <param name="address">The page with its query string.</param>
    /// <param name="act">What the person does and sees.</param>
    /// <param name="screen">Desktop unless told.</param>
    /// <param name="expected">A part of the address whose failing answers belong to the test.</param>
    /// <param name="before">Runs before the page is loaded, for example to stand in for an answer.</param>
    /// <param name="person">Who is signed in; the site's planner unless told.</param>
    /// <param name="anonymous">Nobody is signed in.</param>
    /// <param name="place">Where the device says it is, with leave to say so; it says nothing unless told.</param>
    /// <param name="name">Of the picture of a failure.</param>
    public static async Task MakeAsync(
        Site site,
        Uri address,
        Func<IPage, Task> act,
        Screen? screen = null,
        string? expected = null,
        Func<IPage, Task>? before = null,
        Person? person = null,
        bool anonymous = false,
        Geolocation? place = null,
        [CallerMemberName] string name = ""
    )
    {
        screen ??= Screen.Desktop;
        await using var context = await site.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = screen.Width, Height = screen.Height },
                HasTouch = screen.Touch,
                IsMobile = screen.Touch,
                Locale = "zh-CN",
                ReducedMotion = ReducedMotion.Reduce,
                Geolocation = place,
                Permissions = place is null ? [] : ["geolocation"],
            }
        );
        if (!anonymous)
        {
            await (person ?? site.Planner).EnterAsync(context, address);
        }

        context.SetDefaultTimeout(30_000);
        await context.AddInitScriptAsync(CountCalls);
        var page = await context.NewPageAsync();
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            var ours =
                expected is not null
                && message.Location.Contains(expected, StringComparison.Ordinal);
            if (!ours)
            {
                complaints.Add($"console {message.Type}: {message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => complaints.Add($"script error: {error}");
        try
        {
            if (before is not null)
            {
                await before(page);
            }

            await page.GotoAsync(address.ToString());
            await act(page);
            Assert.Empty(complaints);
        }
        catch
        {
            Directory.CreateDirectory(Pictures);
            await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}.png") });
            await File.WriteAllTextAsync(
                Path.Combine(Pictures, $"{name}.txt"),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{page.Url}\n{string.Join('\n', complaints)}\n"
                )
            );
            throw;
        }
    }

    /// <summary>Waits until every call has been answered and drawn. Quicker than an idle network, which waits half a second more.</summary>
    public static async Task SettledAsync(IPage page)
    {
        await page.WaitForFunctionAsync(
            "() => document.readyState === 'complete' && window.callsQuiet()"
        );
        await Expect(page.Locator(".panel .skeleton")).ToHaveCountAsync(0);
    }

    /// <summary>Goes to another state of the page without loading it again, as Back and Forward do.</summary>
    /// <param name="page">As it stands.</param>
    /// <param name="query">Query string with its question mark.</param>
    public static async Task StepAsync(IPage page, string query)
    {
        await page.EvaluateAsync(
            "(query) => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }",
            query
        );
        await SettledAsync(page);
    }

    /// <summary>What the service itself answers, asked from outside the page.</summary>
    /// <param name="site">The running site.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="person">Who asks; the site's planner unless told.</param>
    public static async Task<JsonElement> AskAsync(Site site, string path, Person? person = null)
    {
        using var client = (person ?? site.Planner).Client(site.Address);
        using var stream = await client.GetStreamAsync(new Uri(path, UriKind.Relative));
        using var document = await JsonDocument.ParseAsync(stream);
        return document.RootElement.Clone();
    }

    /// <summary>One value from the page's address.</summary>
    public static string? Query(IPage page, string name) =>
        new Uri(page.Url)
            .Query.TrimStart('?')
            .Split('&')
            .Select(part => part.Split('=', 2))
            .Where(part => part[0] == name)
            .Select(part => Uri.UnescapeDataString(part[^1]))
            .FirstOrDefault();
}
