using NetTopologySuite.Geometries;

namespace GeoCivic.Spatial.Walking;

/// <summary>A way one can walk on, in both directions whatever its traffic does.</summary>
/// <param name="Street">Code of the street that keeps it.</param>
/// <param name="Code">Its code there.</param>
/// <param name="Line">WGS-84 degrees, longitude first; straight between its places.</param>
/// <param name="Layer">0 on the ground, above it on bridges, below it in tunnels: ways meet where they cross in one layer only.</param>
/// <param name="AccuracyMetres">How far the line may lie from the truth, metres.</param>
public sealed record Way(
    string Street,
    string Code,
    LineString Line,
    int Layer,
    double AccuracyMetres
);

/// <summary>A gate from which is walked.</summary>
/// <param name="Gate">Its code.</param>
/// <param name="Place">Where it is.</param>
public sealed record WalkingStart(string Gate, LonLat Place);

/// <summary>The shortest way on foot from a gate to a door.</summary>
/// <param name="Gate">The gate it begins at.</param>
/// <param name="Metres">Its whole length on the ellipsoid, with both snap legs.</param>
/// <param name="GateSnapMetres">The straight leg from the gate to the network, part of the length.</param>
/// <param name="DoorSnapMetres">The straight leg from the network to the door, part of the length.</param>
/// <param name="Path">From the gate to the door.</param>
/// <param name="AccuracyMetres">That of the least accurate way walked on.</param>
public sealed record WalkingRoute(
    string Gate,
    double Metres,
    double GateSnapMetres,
    double DoorSnapMetres,
    LineString Path,
    double AccuracyMetres
);

/// <summary>The nearest place of the network.</summary>
/// <param name="Place">On an edge.</param>
/// <param name="Metres">From the place asked for, on the ellipsoid.</param>
/// <param name="Way">The way the edge is a piece of.</param>
public sealed record WalkingPlace(LonLat Place, double Metres, Way Way);

/// <summary>What became of the ways.</summary>
/// <param name="Ways">Given.</param>
/// <param name="Edges">Pieces between nodes.</param>
/// <param name="Nodes">Ends, junctions and crossings.</param>
/// <param name="Metres">Length of all edges.</param>
/// <param name="Components">Parts that do not hang together.</param>
/// <param name="LargestShare">Share of the largest part in the length, 0 to 1.</param>
/// <param name="JoinedEnds">Ends of ways that were moved onto another end or way.</param>
/// <param name="GreatestSnapMetres">The farthest such move.</param>
/// <param name="Crossings">Places where two ways of one layer crossed without a common vertex, and were split.</param>
/// <param name="Dropped">Pieces without length and repeated pieces, left out.</param>
public sealed record NetworkReport(
    int Ways,
    int Edges,
    int Nodes,
    double Metres,
    int Components,
    double LargestShare,
    int JoinedEnds,
    double GreatestSnapMetres,
    int Crossings,
    int Dropped
);
