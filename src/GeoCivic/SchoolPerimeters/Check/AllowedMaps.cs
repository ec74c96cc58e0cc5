using System.Collections.Concurrent;
using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.Spatial.Geodesy;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.SchoolPerimeters.Check;

/// <summary>Where in a street a category is allowed, as somebody sees the street.</summary>
/// <param name="Category">The category.</param>
/// <param name="Rules">The rules that speak of it here, by id.</param>
/// <param name="Areas">The areas; null where no rule covers the category, or the asker has no grid there.</param>
public sealed record AllowedMap(
    VenueCategory Category,
    IReadOnlyList<PerimeterRule> Rules,
    AllowedAreas? Areas
);

/// <summary>
/// Draws maps of where a category is allowed. Each use reads what the last one rested on by its revision (one round trip),
/// so that a map is drawn again only when grids, schools, gates, ways or rules have changed since.
/// </summary>
public sealed class AllowedMaps(NpgsqlDataSource source, KnownSchools schools, RuleBook rules)
{
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<string, (long Revision, Geometry? Area)> _areas = new(
        StringComparer.Ordinal
    );

    private readonly ConcurrentDictionary<string, (string State, AllowedMap Map)> _maps = new(
        StringComparer.Ordinal
    );

    /// <summary>The map of a street that the caller may know of.</summary>
    /// <param name="street">Code of the street.</param>
    /// <param name="category">Code of a venue category.</param>
    /// <param name="on">The Beijing day whose rules count.</param>
    /// <param name="scope">The caller's area.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ProblemException">There is no such category.</exception>
    public async Task<AllowedMap> OfAsync(
        string street,
        string category,
        DateOnly on,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        var asker = $"{street}\n{string.Join('\n', scope.Keys)}";
        var within = PlaceCheck.WithinOf(rules.Kept?.All ?? [], category);
        var state = await ReadAsync(_areas.GetValueOrDefault(asker).Area);
        var revision = RevisionOf(state);
        if (!_areas.TryGetValue(asker, out var kept) || kept.Revision != revision)
        {
            kept = (revision, await AreaAsync(street, scope, cancellationToken));
            Keep(_areas, asker, kept);
            state = await ReadAsync(kept.Area);
        }

        var set = await rules.AtAsync(state.Rules, cancellationToken);
        var needed = PlaceCheck.WithinOf(set.All, category);
        if (needed > within)
        {
            within = needed;
            state = await ReadAsync(kept.Area);
        }

        // What the map rests on; the day counts by the rules that hold on it.
        var key = $"{asker}\n\n{category}\n{on:O}";
        var rest = string.Join(
            '\n',
            state
                .Schools.Select(school => $"{school.Street} {school.Code} {school.Written}")
                .Order(StringComparer.Ordinal)
                .Prepend($"{state.Category} {state.Rules} {state.Ways} {kept.Revision}")
        );
        if (_maps.TryGetValue(key, out var drawn) && drawn.State == rest)
        {
            return drawn.Map;
        }

        var map = await DrawAsync(
            new PlaceQuestion(category, street, on, SchoolKinds: null, scope),
            kept.Area,
            state,
            set,
            needed,
            cancellationToken
        );
        Keep(_maps, key, (rest, map));
        return map;

        Task<CheckState> ReadAsync(Geometry? area) =>
            CheckState.ReadAsync(
                source,
                GeodesicBox.Around(area?.EnvelopeInternal ?? new Envelope(0, 0, 0, 0), within),
                category,
                scope,
                cancellationToken
            );

        long RevisionOf(CheckState read) =>
            read.Streets.FirstOrDefault(one => one.Code == street)?.Revision ?? -1;
    }

    private async Task<AllowedMap> DrawAsync(
        PlaceQuestion question,
        Geometry? area,
        CheckState state,
        RuleSet set,
        double within,
        CancellationToken cancellationToken
    )
    {
        var around = area is null
            ? null
            : await Surroundings.OfAsync(
                question,
                await schools.OfAsync(state.Schools, cancellationToken),
                set,
                (those, reach) => schools.WalksAsync(those, state.Ways, reach, cancellationToken),
                within
            );
        PerimeterRule[] applied =
        [
            .. set.InForce(question.Street, question.On)
                .Where(rule =>
                    rule.VenueCategories.Contains(question.Category, StringComparer.Ordinal)
                )
                .Concat(around?.Schools.SelectMany(near => near.Rules) ?? [])
                .DistinctBy(rule => rule.Id, StringComparer.Ordinal)
                .OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ];
        return new AllowedMap(
            state.Category,
            applied,
            around is null || applied.Length == 0 ? null : AllowedAreas.Of(area!, around)
        );
    }

    private async Task<Geometry?> AreaAsync(
        string street,
        Scope scope,
        CancellationToken cancellationToken
    )
    {
        await using var command = source
            .CreateCommand(Sql.Load("SchoolPerimeters/Check/caller_area.sql"))
            .With("street", street)
            .With(scope);
        return await command.ExecuteScalarAsync(cancellationToken) as Geometry;
    }

    private static void Keep<T>(ConcurrentDictionary<string, T> kept, string key, T value)
    {
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[key] = value;
    }
}
