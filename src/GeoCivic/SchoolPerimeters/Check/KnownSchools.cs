using System.Collections.Concurrent;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Spatial.Walking;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>The state of a school's row.</summary>
/// <param name="Street">Its street.</param>
/// <param name="Code">Its code.</param>
/// <param name="Written">The transaction that wrote it (xmin).</param>
public readonly record struct SchoolVersion(string Street, string Code, uint Written);

/// <summary>
/// Schools that were asked about lately, ready to be measured from. Whoever asks has just read which states of which
/// schools there are; only those that are not known in that state are read, so that nothing is older than the last commit,
/// whichever process wrote it.
/// </summary>
public sealed class KnownSchools(NpgsqlDataSource source, WalkingNetworks networks)
{
    // With their outlines some 10 kB each.
    private const int MostKept = 5000;

    // With a walking network some 100 kB each.
    private const int MostWalked = 300;

    private readonly ConcurrentDictionary<(string Street, string Code), KnownSchool> _kept = new();
    private int _walked;

    /// <summary>The schools; one that has just gone is left out.</summary>
    public async ValueTask<IReadOnlyList<KnownSchool>> OfAsync(
        IReadOnlyList<SchoolVersion> versions,
        CancellationToken cancellationToken
    )
    {
        var known = new List<KnownSchool>(versions.Count);
        List<SchoolVersion>? unknown = null;
        foreach (var version in versions)
        {
            if (
                _kept.TryGetValue((version.Street, version.Code), out var school)
                && school.Written == version.Written
            )
            {
                known.Add(school);
            }
            else
            {
                (unknown ??= []).Add(version);
            }
        }

        if (unknown is not null)
        {
            known.AddRange(await ReadAsync(unknown, cancellationToken));
        }

        return known;
    }

    /// <summary>The walks of schools, in their order.</summary>
    /// <param name="schools">Schools.</param>
    /// <param name="ways">Revision of all ways, just read; 0: there never were any.</param>
    /// <param name="reach">Metres of walk beyond which a door counts as not reached.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<SchoolWalks[]> WalksAsync(
        IReadOnlyList<KnownSchool> schools,
        long ways,
        double reach,
        CancellationToken cancellationToken
    )
    {
        if (Volatile.Read(ref _walked) > MostWalked)
        {
            Volatile.Write(ref _walked, 0);
            foreach (var school in _kept.Values)
            {
                school.Walks = null;
            }
        }

        var found = new SchoolWalks[schools.Count];
        NetworksOnce? walking = null;
        for (var i = 0; i < found.Length; i++)
        {
            var school = schools[i];
            if (school.Walks is not { } walks || walks.Ways != ways || walks.Reach != reach)
            {
                WalkingNetwork? network = null;
                if (ways != 0 && school.School.Gates.Count > 0)
                {
                    walking ??= new NetworksOnce(
                        networks,
                        [.. schools.Select(s => s.School).Where(s => s.Gates.Count > 0)],
                        reach
                    );
                    network = await walking.AroundAsync(school.School, cancellationToken);
                }

                school.Walks = walks = new SchoolWalks(
                    ways,
                    reach,
                    network,
                    new Lazy<SchoolMeasuring>(() => Measure(school.School, network, reach))
                );
            }

            found[i] = walks;
        }

        return found;
    }

    private SchoolMeasuring Measure(PerimeterSchool school, WalkingNetwork? network, double reach)
    {
        if (network is not null)
        {
            Interlocked.Increment(ref _walked);
        }

        return new SchoolMeasuring(school, network, reach);
    }

    private async Task<List<KnownSchool>> ReadAsync(
        List<SchoolVersion> versions,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Check/schools_by_key.sql"))
            .With("streets", [.. versions.Select(version => version.Street)])
            .With("codes", [.. versions.Select(version => version.Code)]);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var read = new List<KnownSchool>();
        while (await rows.ReadAsync(cancellationToken))
        {
            var school = new KnownSchool(
                SchoolReader.Read(rows),
                rows.GetFieldValue<uint>(SchoolReader.Columns),
                Text(rows, SchoolReader.Columns + 1),
                Text(rows, SchoolReader.Columns + 2)
            );
            read.Add(school);
            if (_kept.Count >= MostKept)
            {
                _kept.Clear();
            }

            _kept[(school.School.Street, school.School.Code)] = school;
        }

        return read;
    }

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
