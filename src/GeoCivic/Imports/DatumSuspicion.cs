using System.Globalization;
using GeoCivic.Spatial;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Imports;

/// <summary>
/// Notices coordinates that are not in the declared system: most of them miss the street (or the known records of
/// the same code or name) as declared, but would hit after undoing GCJ-02 or BD-09 or swapping the columns.
/// The GCJ-02 offset (about 350–600 m) is larger than the rules that are measured with these coordinates.
/// </summary>
internal sealed class DatumSuspicion(Datum declared)
{
    private const int SampleRows = 2000;
    private const int FewestRows = 5;

    // Held when at least a fifth misses as declared and the other reading leaves at most a quarter of those.
    private const double MissingShare = 0.2;
    private const double RemainingShare = 0.25;
    private const double KnownOffsetMetres = 50;
    private const double KnownRemainingShare = 0.2;

    private readonly List<(string Code, string? Name, double X, double Y)> _sample = [];
    private long _seen;

    private sealed record Reading(string Name, string Advice, Func<double, double, LonLat> ToWgs84);

    /// <summary>Remembers one row's first coordinate as it stands in the file; a thinned sample of the rows that can be used.</summary>
    public void Sample(StagedRow row, Coordinate inFile)
    {
        if (declared.Kind == DatumKind.Projected)
        {
            return;
        }

        // Every row up to the limit, then every so often one replaces an older: spread over the file, deterministic.
        var slot = _seen++ % SampleRows;
        if (_seen > SampleRows && (_seen / SampleRows) % 8 != 0)
        {
            return;
        }

        var entry = (
            (string)row.Values[0]!,
            row.Values.Length > 1 ? row.Values[1] as string : null,
            inFile.X,
            inFile.Y
        );
        if (_sample.Count <= slot)
        {
            _sample.Add(entry);
        }
        else
        {
            _sample[(int)slot] = entry;
        }
    }

    /// <summary>Compares the readings.</summary>
    /// <exception cref="ImportException">Another reading fits so much better that the declared one must be wrong.</exception>
    public async Task ThrowIfWrongAsync(
        NpgsqlConnection connection,
        ImportRequest request,
        CancellationToken cancellationToken
    )
    {
        if (_sample.Count == 0 || request.Street is null || declared.Kind == DatumKind.Projected)
        {
            return;
        }

        await AgainstStreetAsync(connection, request, cancellationToken);
        await AgainstKnownAsync(connection, request, cancellationToken);
    }

    private async Task AgainstStreetAsync(
        NpgsqlConnection connection,
        ImportRequest request,
        CancellationToken cancellationToken
    )
    {
        if (_sample.Count < FewestRows)
        {
            return;
        }

        var shapes = new List<Geometry>();
        await using (
            var command = new NpgsqlCommand(
                Database.Sql.Load("Imports/extent_in_force.sql"),
                connection
            )
        )
        {
            command.Parameters.AddWithValue("street", request.Street!);
            command.Parameters.AddWithValue("level", request.Dataset.AreaLevel ?? "record");
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                shapes.Add(rows.GetFieldValue<Geometry>(0));
            }
        }

        if (shapes.Count == 0)
        {
            return;
        }

        var street = PolygonLocator.Build(shapes);
        double Missing(Reading reading) =>
            _sample.Count(s =>
                Read(reading, s.X, s.Y) is not { } p || street.Locate(p.Lon, p.Lat) < 0
            ) / (double)_sample.Count;

        var asDeclared = Missing(Declared());
        if (asDeclared < MissingShare)
        {
            return;
        }

        var best = Others().Select(o => (Reading: o, Missing: Missing(o))).MinBy(o => o.Missing);
        if (best.Missing <= asDeclared * RemainingShare)
        {
            throw Suspected(
                best.Reading,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{asDeclared:P0} of {_sample.Count} coordinates lie outside the street as {declared}, but only {best.Missing:P0} if they are read as {best.Reading.Name}"
                ),
                asDeclared,
                best.Missing,
                offset: null
            );
        }
    }

    private async Task AgainstKnownAsync(
        NpgsqlConnection connection,
        ImportRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.Dataset.AreaLevel is not null || !request.Dataset.Placed)
        {
            return;
        }

        var sample = _sample.Take(500).ToList();
        var known = new List<(int Row, double Lon, double Lat)>();
        await using (
            var command = new NpgsqlCommand(
                Database.Sql.Load("Imports/known_records.sql"),
                connection
            )
        )
        {
            command.Parameters.AddWithValue("street", request.Street!);
            command.Parameters.AddWithValue("dataset", request.Dataset.Name);
            command.Parameters.AddWithValue("codes", sample.Select(s => s.Code).ToArray());
            command.Parameters.AddWithValue("names", sample.Select(s => s.Name ?? "").ToArray());
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                known.Add((rows.GetInt32(0), rows.GetDouble(1), rows.GetDouble(2)));
            }
        }

        if (known.Count < FewestRows)
        {
            return;
        }

        double Offset(Reading reading)
        {
            var metres = known
                .Select(k =>
                    Read(reading, sample[k.Row].X, sample[k.Row].Y) is { } p
                        ? Metres(p, k.Lon, k.Lat)
                        : double.MaxValue
                )
                .Order()
                .ToList();
            return metres[metres.Count / 2];
        }

        var asDeclared = Offset(Declared());
        if (asDeclared < KnownOffsetMetres)
        {
            return;
        }

        var best = Others().Select(o => (Reading: o, Offset: Offset(o))).MinBy(o => o.Offset);
        if (best.Offset <= asDeclared * KnownRemainingShare)
        {
            throw Suspected(
                best.Reading,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"compared with {known.Count} known records of the same code or name the coordinates are {asDeclared:F0} m off as {declared} (median), but {best.Offset:F0} m if they are read as {best.Reading.Name}"
                ),
                null,
                null,
                asDeclared
            );
        }
    }

    private static ImportException Suspected(
        Reading reading,
        string what,
        double? missing,
        double? remaining,
        double? offset
    ) =>
        new(
            422,
            "datum-suspected",
            $"Held, nothing was written: {what}. {reading.Advice} If they are right as declared, say so with --accept-datum (HTTP: acceptDatum=true).",
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["suspected"] = reading.Name,
                ["outsideShare"] = missing,
                ["outsideShareIfSuspected"] = remaining,
                ["offset_m"] = offset,
            }
        );

    private Reading Declared() => new(declared.ToString(), "", declared.ToWgs84);

    private IEnumerable<Reading> Others()
    {
        yield return new(
            "swapped",
            "Longitude and latitude look swapped: exchange the columns (--map lon=…,lat=…).",
            (x, y) => declared.ToWgs84(y, x)
        );
        foreach (var other in (Datum[])[Datum.Wgs84, Datum.Gcj02, Datum.Bd09])
        {
            // CGCS2000 and WGS-84 are the same within a metre.
            if (
                other.Kind != declared.Kind
                && !(other.Kind == DatumKind.Wgs84 && declared.Kind == DatumKind.Cgcs2000)
            )
            {
                yield return new(
                    other.ToString(),
                    $"Import again with --crs {other}.",
                    other.ToWgs84
                );
            }
        }
    }

    private static LonLat? Read(Reading reading, double x, double y)
    {
        try
        {
            return reading.ToWgs84(x, y);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    // Equirectangular on the mean sphere: good to a percent at these distances, which is all the comparison needs.
    private static double Metres(LonLat p, double lon, double lat)
    {
        const double MetresPerDegree = 111_195;
        var dx = (p.Lon - lon) * Math.Cos(lat * Math.PI / 180);
        return MetresPerDegree * Math.Sqrt((dx * dx) + ((p.Lat - lat) * (p.Lat - lat)));
    }
}
