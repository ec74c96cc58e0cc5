using GeoCivic.Http;
using GeoCivic.Spatial;

namespace GeoCivic.Issues;

/// <summary>A problem that somebody reports, as read from the body of a call.</summary>
/// <param name="Id">The client's id, which becomes the issue's.</param>
/// <param name="Category">Its category.</param>
/// <param name="At">Where, WGS-84, on the grid of 1e-7 degree that stored coordinates have.</param>
/// <param name="FoundAt">When it was found by the device's clock; null: now.</param>
internal sealed record IssueReport(Guid Id, string Category, LonLat At, DateTime? FoundAt)
{
    public string? Street { get; init; }

    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Point { get; init; }

    public double? AccuracyM { get; init; }

    public string? Building { get; init; }

    public string? Floor { get; init; }

    public string? SubPlace { get; init; }

    public bool Covert { get; init; }

    public bool FixedOnSpot { get; init; }

    public IReadOnlyList<IssuePhoto> Photos { get; init; } = [];

    public byte[] Digest { get; init; } = [];

    /// <summary>How far a device's clock may be ahead before the report is flagged.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(10);

    /// <summary>Reads the body of a report.</summary>
    /// <exception cref="ProblemException">It is faulty.</exception>
    public static async Task<IssueReport> ReadAsync(HttpRequest request, DateTime now)
    {
        var body = await BodyReader.OfAsync(request);
        var id = body.Id("id", required: true);
        var category = body.Text("category", 64, required: true);
        var place = body.Place(required: true);
        var foundAt = body.Instant("found_at");
        if (foundAt > now.AddDays(1))
        {
            body.Refuse("found_at", "lies more than a day ahead; set the device's clock");
        }
        else if (foundAt < new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc))
        {
            body.Refuse("found_at", "lies before the year 2000");
        }

        var report = new IssueReport(
            id ?? Guid.Empty,
            category ?? "",
            place is { } at ? Rounded(at) : default,
            foundAt
        )
        {
            Street = body.Text("street", 64),
            Name = body.Text("name"),
            Description = body.Text("description", 2000),
            Point = body.Text("point", 64),
            AccuracyM = body.Number("accuracy_m", 0, 100_000),
            Building = body.Text("building", 100),
            Floor = body.Text("floor", 20),
            SubPlace = body.Text("sub_place", 64),
            Covert = body.Flag("covert") ?? false,
            FixedOnSpot = body.Flag("fixed_on_spot") ?? false,
            Photos = IssuePhotos.Read(body),
        };
        if (report is { Covert: true, FixedOnSpot: true })
        {
            body.Refuse("covert", "cannot be put right on the spot: that would show who was there");
        }

        body.Done();
        return report with { Digest = body.Digest() };
    }

    internal static LonLat Rounded(LonLat at) => new(Math.Round(at.Lon, 7), Math.Round(at.Lat, 7));
}
