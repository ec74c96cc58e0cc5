using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace GeoCivic.Tests;

/// <summary>
/// A throw-away PostgreSQL cluster from the system's own binaries: one per test process (and one more for a test that
/// breaks its own), in a private folder, on a
/// Unix socket only, without the writes that guard against power cuts. It ends and is deleted with the process,
/// also when that is killed: a small shell stands by and acts when its standard input closes.
/// </summary>
internal static class PostGisCluster
{
    public const string Advice =
        "Install PostgreSQL 15 or later with PostGIS (Debian: postgresql-15-postgis-3), or name a server in "
        + "GEOCIVIC_TEST_DATABASE, for example \"Host=localhost;Username=postgres;Password=…\".";

    private const string Prefix = "geocivic-test-";

    // Arguments: binaries, folder. Everything the server needs lies in the folder. Signals that a terminal sends to
    // the whole group are for the tests; the shell outlives them to clean up.
    private const string Script = """
        bin=$1 dir=$2
        trap '' INT TERM HUP
        echo $$ > "$dir/watch.pid"
        {
          "$bin/initdb" -D "$dir/data" -U geocivic -A trust -E UTF8 --locale=C.UTF-8 --no-sync &&
          "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c fsync=off -c synchronous_commit=off \
            -c full_page_writes=off -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=4GB
          touch "$dir/ended"
        } > "$dir/log" 2>&1 &
        cat > /dev/null
        # Again and again: the end may come while initdb is still at work.
        while [ ! -e "$dir/ended" ]; do
          kill -QUIT "$(head -n 1 "$dir/data/postmaster.pid")"
          sleep 0.1
        done 2> /dev/null
        rm -rf "$dir"
        """;

    // Keeps the pipes to the shells open for as long as this process lives.
    private static readonly List<Process> Watches = [];

    /// <summary>Starts the cluster and waits until it answers.</summary>
    /// <returns>A connection string to its maintenance database, as superuser.</returns>
    /// <exception cref="InvalidOperationException">There is no PostgreSQL with PostGIS here, or it does not start.</exception>
    public static async Task<string> StartAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new InvalidOperationException(
                "Only a named server will do on Windows. " + Advice
            );
        }

        RemoveStale();
        var binaries = FindBinaries();
        var folder = Path.Combine("/tmp", Prefix + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(
            folder,
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        );
        string[] command = ["sh", "-c", Script, "sh", binaries, folder];
        if (string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            // PostgreSQL refuses to run as root.
            var (user, group) = File.ReadLines("/etc/passwd")
                .Any(l => l.StartsWith("postgres:", StringComparison.Ordinal))
                ? ("postgres", "postgres")
                : ("nobody", "nogroup");
            using var chown = Process.Start("chown", [$"{user}:{group}", folder]);
            await chown.WaitForExitAsync();
            command =
            [
                "setpriv",
                $"--reuid={user}",
                $"--regid={group}",
                "--init-groups",
                .. command,
            ];
        }

        var watch =
            Process.Start(
                new ProcessStartInfo(command[0], command[1..])
                {
                    RedirectStandardInput = true,
                    UseShellExecute = false,
                    WorkingDirectory = "/",
                }
            )
            ?? throw new InvalidOperationException(
                "The shell that starts PostgreSQL did not start."
            );
        lock (Watches)
        {
            Watches.Add(watch);
        }

        var connectionString =
            $"Host={folder};Username=geocivic;Database=postgres;Maximum Pool Size=50;Include Error Detail=true";
        await WaitAsync(connectionString, folder, watch);
        return connectionString;
    }

    private static async Task WaitAsync(string connectionString, string folder, Process watch)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException e)
            {
                if (
                    watch.HasExited
                    || File.Exists(Path.Combine(folder, "ended"))
                    || patience.Elapsed > TimeSpan.FromSeconds(60)
                )
                {
                    var log = Path.Combine(folder, "log");
                    var said = File.Exists(log) ? await File.ReadAllTextAsync(log) : "nothing";
                    throw new InvalidOperationException(
                        $"PostgreSQL did not start; its log says: {said}",
                        e
                    );
                }

                await Task.Delay(50);
            }
        }
    }

    /// <summary>The newest PostgreSQL of the system that has PostGIS beside it.</summary>
    private static string FindBinaries()
    {
        var candidates = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .EnumerateDirectories("/usr/lib/postgresql")
                .Where(v => File.Exists(Path.Combine(v, "bin", "initdb")))
                .Where(v =>
                    File.Exists(
                        $"/usr/share/postgresql/{Path.GetFileName(v)}/extension/postgis.control"
                    )
                )
                .OrderByDescending(v =>
                    int.TryParse(Path.GetFileName(v), CultureInfo.InvariantCulture, out var n)
                        ? n
                        : 0
                )
                .Select(v => Path.Combine(v, "bin"))
            : [];
        return candidates.FirstOrDefault()
            ?? throw new InvalidOperationException(
                "The tests need PostGIS, and there is none here. " + Advice
            );
    }

    /// <summary>Removes what a run left whose shell was killed as well, or that the machine's restart ended.</summary>
    private static void RemoveStale()
    {
        foreach (var folder in Directory.EnumerateDirectories("/tmp", Prefix + "*"))
        {
            try
            {
                // A folder without the file may be one that is being made this moment.
                if (
                    Pid(Path.Combine(folder, "watch.pid")) is not { } shell
                    || Directory.Exists($"/proc/{shell}")
                )
                {
                    continue;
                }

                if (
                    Pid(Path.Combine(folder, "data", "postmaster.pid")) is { } server
                    && IsPostgres(server)
                )
                {
                    using var kill = Process.Start(
                        "kill",
                        ["-QUIT", server.ToString(CultureInfo.InvariantCulture)]
                    );
                    kill.WaitForExit();
                }

                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another process is removing it too.
            }
        }

        static int? Pid(string file) =>
            File.Exists(file)
            && int.TryParse(
                File.ReadLines(file).FirstOrDefault(),
                CultureInfo.InvariantCulture,
                out var pid
            )
                ? pid
                : null;

        static bool IsPostgres(int pid) =>
            File.Exists($"/proc/{pid}/comm")
            && File.ReadAllText($"/proc/{pid}/comm")
                .StartsWith("postgres", StringComparison.Ordinal);
    }
}
