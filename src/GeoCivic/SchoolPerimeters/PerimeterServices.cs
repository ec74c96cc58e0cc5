using GeoCivic.SchoolPerimeters.Check;
using GeoCivic.SchoolPerimeters.Compliance;
using GeoCivic.SchoolPerimeters.Evidence;
using GeoCivic.SchoolPerimeters.Runs;
using GeoCivic.SchoolPerimeters.WhatIf;
using GeoCivic.SchoolPerimeters.Zones;

namespace GeoCivic.SchoolPerimeters;

/// <summary>Registers and maps what verdicts on the surroundings of schools are made of.</summary>
public static class PerimeterServices
{
    /// <summary>Registers it; <c>Perimeters:Nightly=false</c> leaves the nightly runs to another process.</summary>
    public static void AddPerimeterCompliance(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Walking.WalkingNetworks>();
        builder.Services.AddSingleton<SchoolsAround>();
        builder.Services.AddSingleton<PlaceCheck>();
        builder.Services.AddSingleton<KnownSchools>();
        builder.Services.AddSingleton<AllowedMaps>();
        builder.Services.AddSingleton<ComplianceGround>();
        builder.Services.AddSingleton<ComplianceRows>();
        builder.Services.AddSingleton<ComplianceFacts>();
        builder.Services.AddEvidence();
        builder.Services.AddSingleton<RunBook>();
        builder.Services.AddSingleton<MovedShape>();
        builder.Services.AddSingleton<ShapeBook>();
        builder.Services.AddSingleton<VenueBook>();
        builder.Services.AddSingleton<NightlyRuns>();
        if (builder.Configuration.GetValue("Perimeters:Nightly", defaultValue: true))
        {
            builder.Services.AddHostedService(s => s.GetRequiredService<NightlyRuns>());
        }
    }

    /// <summary>Maps the calls.</summary>
    public static void MapPerimeterCompliance(this IEndpointRouteBuilder routes)
    {
        routes.MapZones();
        routes.MapCheck();
        routes.MapAllowed();
        routes.MapCompliance();
        routes.MapPerimeterSummary();
        routes.MapEvidence();
        routes.MapPerimeterRuns();
        routes.MapSchoolShapes();
        routes.MapVenueChanges();
    }
}
