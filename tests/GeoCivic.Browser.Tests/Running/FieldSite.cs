using System.Globalization;
using System.Text.Json;
using GeoCivic.Accounts;

namespace GeoCivic.Browser.Tests.Running;

/// <summary>The demo street with people who work outside; tests write into it.</summary>
public sealed class FieldSite : Site
{
    public const string Grid = "500103011012002";

    private Person? worker;

    private Person? supervisor;

    /// <summary>Worker of <see cref="Grid"/>.</summary>
    public Person Worker => worker ?? throw new InvalidOperationException("not started");

    public Person Supervisor => supervisor ?? throw new InvalidOperationException("not started");

    /// <summary>The points that are the worker's.</summary>
    public async Task<IReadOnlyList<MyPoint>> PointsAsync()
    {
        var answer = await Visit.AskAsync(
            this,
            $"/api/points?assignee=me&street={DemoSite.Street}&limit=1000",
            Worker
        );
        return [.. answer.GetProperty("features").EnumerateArray().Select(MyPoint.Read)];
    }

    /// <summary>The device stands at a point, or some metres north of it.</summary>
    public static Geolocation At(MyPoint point, double metresNorth = 0) =>
        new()
        {
            Longitude = (float)point.Lon,
            Latitude = (float)(point.Lat + (metresNorth / 110_900)),
            Accuracy = 8,
        };

    protected override Task PrepareAsync() => RunAsync("demo", "load", "--no-stories", "--checks");

    protected override async Task PrepareServedAsync()
    {
        worker = await AddPersonAsync(
            "grid-worker",
            "第02网格网格员",
            new GrantRequest(Role.Worker, DemoSite.Street, Grid, null)
        );
        supervisor = await AddPersonAsync(
            "field-supervisor",
            "督查组三组",
            new GrantRequest(Role.Supervisor, DemoSite.Street, DemoSite.Street, null)
        );
    }
}

/// <summary>A point as a worker's list has it.</summary>
public sealed record MyPoint(
    string Code,
    string Name,
    string Type,
    string Geometry,
    double Lon,
    double Lat,
    string Status
)
{
    public static MyPoint Read(JsonElement feature)
    {
        var p = feature.GetProperty("properties");
        var anchor = p.GetProperty("anchor");
        return new MyPoint(
            p.GetProperty("code").GetString()!,
            p.GetProperty("name").GetString()!,
            p.GetProperty("type").GetString()!,
            feature.GetProperty("geometry").GetProperty("type").GetString()!,
            anchor[0].GetDouble(),
            anchor[1].GetDouble(),
            p.GetProperty("due_status").GetString()!
        );
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Code} {Status}");
}

/// <summary>All classes that work outside share one street.</summary>
[CollectionDefinition(Name)]
public sealed class FieldCollection : ICollectionFixture<FieldSite>
{
    public const string Name = "field work";
}
