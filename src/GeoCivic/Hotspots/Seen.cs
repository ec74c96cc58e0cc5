using GeoCivic.Accounts;
using GeoCivic.Geography;

namespace GeoCivic.Hotspots;

/// <summary>Which grids of a street a caller sees, and where covert findings count for them.</summary>
internal sealed class Seen
{
    private readonly Scope _scope;
    private readonly string _street;
    private readonly bool _wholeCovert;

    // Null where the whole street is seen: the usual case costs nothing a grid.
    private readonly bool[]? _grids;
    private readonly bool[]? _covert;
    private readonly HashSet<string>? _communities;

    private Seen(StreetAreas grids, Scope scope)
    {
        _scope = scope;
        _street = grids.Street;
        _wholeCovert = Scope.Covers(scope.CovertKeys, _street, community: null, grid: null);
        _covert = _wholeCovert ? null : Covered(grids, scope.CovertKeys);
        if (!scope.CoversStreet(_street))
        {
            _grids = Covered(grids, scope.Keys);
            // A community is shown to whoever holds it or a grid in it.
            _communities = grids
                .Shapes.Where((_, place) => _grids[place])
                .Select(g => g.Parent!)
                .ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>What the caller sees of a street.</summary>
    public static Seen Of(StreetAreas grids, Scope scope) => new(grids, scope);

    /// <summary>Whether the whole street is seen.</summary>
    public bool Everything => _grids is null;

    /// <summary>Whether issues in a grid count.</summary>
    public bool Grid(int place, bool embargoed) =>
        _grids?[place] is not false && (!embargoed || _covert?[place] is not false);

    /// <summary>Whether issues in no grid count.</summary>
    public bool Unplaced(bool embargoed) => _grids is null && (!embargoed || _wholeCovert);

    /// <summary>Whether an area of the answer is shown.</summary>
    public bool Area(string level, StreetAreas areas, int place) =>
        _grids is null
        || (
            level == "grid"
                ? _grids[place]
                : _communities!.Contains(areas.Shapes[place].Code)
                    || _scope.Covers(_street, areas.Shapes[place].Code, grid: null)
        );

    private static bool[] Covered(StreetAreas grids, string[] keys) =>
        [.. grids.Shapes.Select(g => Scope.Covers(keys, grids.Street, g.Parent, g.Code))];
}
