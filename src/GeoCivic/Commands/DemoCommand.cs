using System.CommandLine;
using System.Globalization;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Imports;
using GeoCivic.Photos;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary><c>geocivic demo load</c>: the made-up street of <c>data/demo</c>, through the ordinary import.</summary>
public static class DemoCommand
{
    private const string Street = "500103011";

    private static readonly (Dataset Dataset, string File)[] Files =
    [
        (Datasets.Streets, "street.geojson"),
        (Datasets.Communities, "communities.geojson"),
        (Datasets.Grids, "grids.geojson"),
        (Datasets.Base, "base.geojson"),
        (Datasets.Ways, "ways.geojson"),
        (Datasets.Bodies, "bodies.csv"),
        (Datasets.People, "people.csv"),
        (Datasets.Duties, "duties.csv"),
        (Datasets.Points, "points.geojson"),
        (Datasets.Schools, "schools.geojson"),
        (Datasets.Gates, "gates.geojson"),
        (Datasets.Venues, "venues.geojson"),
        (Datasets.Issues, "issues.csv"),
    ];

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var ifEmpty = new Option<bool>("--if-empty")
        {
            Description =
                "Does nothing when the database has a street of its own or the whole demo already.",
        };
        var signIns = new Option<string>("--sign-ins")
        {
            Description =
                "File to which the sign-ins of the demo accounts are added, for its owner only.",
        };
        var noStories = new Option<bool>("--no-stories")
        {
            Description =
                "Leaves out the made-up issues that are played through reports, letters and deadlines.",
        };
        var checks = new Option<bool>("--checks")
        {
            Description =
                "Makes plans, patrols and mock assessments even where stories are left out.",
        };
        var load = new Command(
            "load",
            "Loads the demo street, its calendar ending today, and makes an account for every role."
        )
        {
            ifEmpty,
            signIns,
            noStories,
            checks,
        };
        load.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var accounts = CommandAccounts.Open();
                var loaded = await LoadedAsync(accounts.Source, cancellationToken);
                // A load that was cut short, or is of an earlier version, is completed; a street of one's own is left alone.
                if (parsed.GetValue(ifEmpty) && loaded is null)
                {
                    return 0;
                }

                await LoadAsync(
                    new Importer(accounts.Source, TimeProvider.System),
                    TimeProvider.System,
                    Console.Out,
                    cancellationToken,
                    parsed.GetValue(ifEmpty) ? loaded : null
                );
                var made = await DemoAccounts.MakeAsync(accounts.Book, cancellationToken);
                await DemoVisits.AddAsync(accounts.Source, TimeProvider.System, cancellationToken);
                await DemoKeyPlaces.AddAsync(
                    accounts.Source,
                    await new DemoPeople(accounts, Street).OfAsync("supervisor", cancellationToken),
                    TimeProvider.System,
                    cancellationToken
                );
                await WriteSignInsAsync(made, parsed.GetValue(signIns), cancellationToken);
                if (
                    !parsed.GetValue(noStories) && loaded?.Contains(DemoStories.Dataset) is not true
                )
                {
                    await PlayStoriesAsync(accounts, Console.Out, cancellationToken);
                }

                if (!parsed.GetValue(noStories) || parsed.GetValue(checks))
                {
                    var plans = await new DemoChecks(
                        accounts,
                        Street,
                        TimeProvider.System
                    ).PlayAsync(cancellationToken);
                    await Console.Out.WriteLineAsync($"demo: {"plans", -12} {plans, 6}");
                }

                return 0;
            }
        );
        return new Command("demo", "The demo street.") { load };
    }

    private static async Task PlayStoriesAsync(
        CommandAccounts accounts,
        TextWriter text,
        CancellationToken cancellationToken
    )
    {
        var photos = new ConfigurationBuilder().AddEnvironmentVariables().Build()[
            "Photos:Directory"
        ];
        using var stories = new DemoStories(
            accounts,
            new FilePhotoStore(
                FilePhotoStore.FolderOf(photos, CommandRunner.ConnectionString()),
                TimeProvider.System
            ),
            Street,
            TimeProvider.System
        );
        var played = await stories.PlayAsync(cancellationToken);
        await text.WriteLineAsync(
            played > 0
                ? $"demo: {DemoStories.Dataset, -12} {played, 6}"
                : "demo: no stories, for the working calendar does not know these weeks (data/calendar)"
        );
    }

    // Datasets of the demo street that are there already; null when there are other streets and no demo.
    private static async Task<HashSet<string>?> LoadedAsync(
        NpgsqlDataSource source,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("Commands/demo_loaded.sql"))
            .With("street", Street);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var loaded = rows.GetFieldValue<string[]>(0).ToHashSet(StringComparer.Ordinal);
        return loaded.Count == 0 && rows.GetBoolean(1) ? null : loaded;
    }

    private static async Task WriteSignInsAsync(
        IReadOnlyList<string> lines,
        string? file,
        CancellationToken cancellationToken
    )
    {
        if (file is null)
        {
            foreach (var line in lines)
            {
                await Console.Out.WriteLineAsync(line);
            }

            return;
        }

        if (lines.Count == 0)
        {
            return;
        }

        // A complete set belongs to a new database: what an earlier one of that name had is void.
        var options = new FileStreamOptions
        {
            Mode = lines.Count == DemoAccounts.All.Count ? FileMode.Create : FileMode.Append,
            Access = FileAccess.Write,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }

    /// <summary>Imports all files but those of datasets that are there already; every date is moved so that the last day is today.</summary>
    public static async Task LoadAsync(
        Importer importer,
        TimeProvider clock,
        TextWriter text,
        CancellationToken cancellationToken,
        IReadOnlySet<string>? loaded = null
    )
    {
        var folder = Path.Combine(AppPaths.Data, "demo");
        var anchor = DateOnly.ParseExact(
            (
                await File.ReadAllTextAsync(Path.Combine(folder, "anchor.txt"), cancellationToken)
            ).Trim(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture
        );
        var shift = BeijingTime.Today(clock).DayNumber - anchor.DayNumber;
        foreach (
            var (dataset, file) in Files.Where(f => loaded?.Contains(f.Dataset.Name) is not true)
        )
        {
            var request = new ImportRequest(dataset, Path.Combine(folder, file), file, Street)
            {
                Crs = "wgs84",
                ShiftDays = shift,
            };
            var report = await importer.RunAsync(request, progress: null, cancellationToken);
            if (!report.Committed)
            {
                var first = report.Rows[0];
                throw new ProblemException(
                    Problems.ImportRefused,
                    $"data/demo/{file}, line {first.Line}: {first.Field} {first.Reason}; the demo was not loaded completely."
                );
            }

            await text.WriteLineAsync(
                $"demo: {dataset.Name, -12} {report.Added + report.Changed + report.Unchanged, 6}"
            );
        }
    }
}
