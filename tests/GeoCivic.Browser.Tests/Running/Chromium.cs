namespace GeoCivic.Browser.Tests.Running;

/// <summary>The system's Chromium, driven by Playwright. It is never downloaded; where there is none the tests fail.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
    ];

    private readonly IPlaywright playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        // Other projects' tests share the processor.
        SetDefaultExpectTimeout(30_000);
        var driver = await Playwright.CreateAsync();
        var browser = await driver.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = Find(),
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-quic",
                    "--no-first-run",
                ],
            }
        );
        return new Chromium(driver, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
    }

    private static string Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return Names
                .SelectMany(name => folders.Append("/usr/bin").Select(f => Path.Combine(f, name)))
                .FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"The browser tests need one of {string.Join(", ", Names)} in the PATH (Debian: chromium-headless-shell)."
            );
    }
}
