using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.SchoolPerimeters.Rules;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary><c>geocivic rules check | load | list</c>: packs of distance rules around schools.</summary>
public static class RulesCommand
{
    internal static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create() =>
        new("rules", "Packs of distance rules around schools (data/rules/README.md).")
        {
            Check(),
            Load(),
            List(),
        };

    private static Argument<string> File() => new("file") { Description = "JSON file of a pack." };

    private static Command Check()
    {
        var file = File();
        var street = new Option<string[]>("--street")
        {
            Description =
                "Street to try it on; without it, every street of its region. Needs a database.",
        };
        var json = new Option<bool>("--json") { Description = "Answers with one JSON object." };
        var check = new Command(
            "check",
            "Says whether a pack is well-formed and, with a database, what it would decide. Changes nothing."
        )
        {
            file,
            street,
            json,
        };
        check.SetAction(
            (parsed, cancellationToken) =>
                RulesCheck.RunAsync(
                    parsed.GetRequiredValue(file),
                    parsed.GetValue(street) ?? [],
                    parsed.GetValue(json),
                    Console.Out,
                    cancellationToken
                )
        );
        return check;
    }

    private static Command Load()
    {
        var file = File();
        var load = new Command(
            "load",
            "Makes a pack the one in use. Older versions stay, so that old verdicts can be explained."
        )
        {
            file,
        };
        load.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = CommandRunner.OpenDatabase();
                var store = new PackStore(source, new RuleBook(source));
                var utf8 = await ReadAsync(parsed.GetRequiredValue(file), cancellationToken);
                var (pack, faults) = await ReadAsync(store, utf8, cancellationToken);
                if (pack is null || faults.Count > 0)
                {
                    throw new InvalidDataException(
                        string.Join(Environment.NewLine, faults.Select(f => $"{f.Path} {f.Reason}"))
                    );
                }

                var added = await store.PutAsync(
                    System.Text.Encoding.UTF8.GetString(utf8),
                    cancellationToken
                );
                await AuditLog.NoteCommandAsync(
                    source,
                    TimeProvider.System,
                    "rules load",
                    $"{pack.Id} {pack.Version}",
                    ["*"],
                    cancellationToken
                );
                Console.WriteLine(
                    $"{pack.Id} {pack.Version}: {pack.Rules.Count} rules {(added ? "loaded" : "were here already")}; it is the version in use."
                );
                return 0;
            }
        );
        return load;
    }

    private static Command List()
    {
        var json = new Option<bool>("--json") { Description = "Answers with one JSON array." };
        var list = new Command("list", "The packs in use.") { json };
        list.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var source = CommandRunner.OpenDatabase();
                var packs = await new PackStore(source, new RuleBook(source)).ListAsync(
                    cancellationToken
                );
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(
                        JsonSerializer.Serialize(
                            packs.Select(p => new
                            {
                                p.Pack,
                                p.Version,
                                p.Name,
                                p.NameEn,
                                p.Region,
                                p.Rules,
                                p.Verified,
                                p.Origin,
                                p.LoadedAt,
                                p.Digest,
                            }),
                            Json
                        )
                    );
                    return 0;
                }

                foreach (var pack in packs)
                {
                    Console.WriteLine(
                        $"{pack.Pack, -12} {pack.Version, -14} region {pack.Region, -8} {pack.Rules, 2} rules, {pack.Verified} verified, {pack.Origin}: {pack.Name}"
                    );
                }

                return 0;
            }
        );
        return list;
    }

    /// <summary>The bytes of a pack's file; a file that is too large is not read.</summary>
    internal static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file '{path}'.");
        }

        return file.Length > PackReader.MostBytes
            ? throw new InvalidDataException(
                $"'{path}' is larger than {PackReader.MostBytes} bytes."
            )
            : await System.IO.File.ReadAllBytesAsync(path, cancellationToken);
    }

    /// <summary>Reads a pack by the lists and rules of a database.</summary>
    internal static async Task<(RulePack? Pack, IReadOnlyList<PackFault> Faults)> ReadAsync(
        PackStore store,
        byte[] utf8,
        CancellationToken cancellationToken
    )
    {
        var everything = await store.ContextAsync(except: null, cancellationToken);
        var (first, _) = PackReader.Read(utf8, everything);
        return PackReader.Read(
            utf8,
            everything with
            {
                Rules = [.. everything.Rules.Where(r => r.Pack != first?.Id)],
            }
        );
    }

    /// <summary>A pool for the configured database; null when none is configured.</summary>
    internal static NpgsqlDataSource? TryOpenDatabase() =>
        Environment.GetEnvironmentVariable("ConnectionStrings__GeoCivic") is { Length: > 0 } text
            ? Schema.CreateDataSource(text)
            : null;
}
