using System.Text.Encodings.Web;
using GeoCivic.Accounts;
using GeoCivic.Assessments;
using GeoCivic.Bulletins;
using GeoCivic.Database;
using GeoCivic.Geography;
using GeoCivic.Hotspots;
using GeoCivic.Imports;
using GeoCivic.Inspections;
using GeoCivic.Issues;
using GeoCivic.KeyPlaces;
using GeoCivic.Letters;
using GeoCivic.Ownership;
using GeoCivic.Ownership.Responsibility;
using GeoCivic.Photos;
using GeoCivic.Points;
using GeoCivic.SchoolPerimeters;
using GeoCivic.SchoolPerimeters.Events;
using GeoCivic.SchoolPerimeters.PhaseOut;
using GeoCivic.SchoolPerimeters.Rules;
using GeoCivic.SchoolPerimeters.Walking;
using GeoCivic.Tiles;
using Microsoft.AspNetCore.ResponseCompression;
using NetTopologySuite.IO.Converters;

namespace GeoCivic.Http;

/// <summary>Composes the web application.</summary>
public static class WebService
{
    /// <summary>Builds the application; the caller starts it.</summary>
    /// <param name="args">Configuration arguments.</param>
    /// <param name="connectionString">The database.</param>
    public static WebApplication Build(string[] args, string connectionString)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                Args = args,
                ContentRootPath = AppPaths.Root,
                WebRootPath = AppPaths.WebRoot,
            }
        );
        builder
            .Logging.AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information)
            // Warns of keys that are stored unsealed: they lie in the database, whose reader has the sessions anyway.
            .AddFilter(
                "Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager",
                LogLevel.Error
            );
        builder.WebHost.ConfigureKestrel(o => o.AddServerHeader = false);
        builder.Configuration["AllowedHosts"] ??= SameOrigin.LoopbackHosts;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Schema.CreateDataSource(connectionString));
        builder.Services.AddAccounts();
        builder.Services.AddSignIn();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AuditLog>());
        builder.Services.AddSingleton<GridLocators>();
        builder.Services.AddSingleton<PlaceFinder>();
        builder.Services.AddSingleton<RuleBook>();
        builder.Services.AddSingleton<PackStore>();
        builder.Services.AddSingleton<StallEvents>();
        builder.Services.AddSingleton<AreaShapes>();
        builder.Services.AddSingleton<HexShapes>();
        builder.Services.AddSingleton<Density>();
        builder.Services.AddSingleton<IssueClusters>();
        builder.Services.AddSingleton<TrendFinder>();
        builder.Services.AddSingleton<Recurrences>();
        builder.Services.AddSingleton<KeyPlaceBook>();
        builder.Services.AddSingleton<DensitySeries>();
        builder.Services.AddSingleton<Neighbourhoods>();
        builder.Services.AddSingleton<HotspotFinder>();
        builder.Services.AddSingleton<HotspotExplainer>();
        builder.Services.AddSingleton<Importer>();
        builder.Services.AddSingleton<IssueReports>();
        builder.Services.AddSingleton<IssueSteps>();
        builder.Services.AddSingleton<IssueTasks>();
        builder.Services.AddSingleton<IssueEdits>();
        builder.Services.AddSingleton<IssuePage>();
        builder.Services.AddLetters();
        builder.Services.AddBulletins();
        builder.AddPhotos(connectionString);
        builder.Services.AddSingleton<VisitBook>();
        builder.Services.AddSingleton<PlanBook>();
        builder.Services.AddSingleton<TreeBook>();
        builder.Services.AddSingleton<MockBook>();
        builder.Services.AddSingleton<VetoBook>();
        builder.AddPerimeterCompliance();
        builder.Services.Configure<BaseMap>(builder.Configuration.GetSection("BaseMap"));
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ProblemHandler>();
        builder.Services.AddApiDescription();
        builder.Services.AddResponseCompression(o =>
        {
            o.EnableForHttps = true;
            o.MimeTypes =
            [
                .. ResponseCompressionDefaults.MimeTypes,
                "application/geo+json",
                "application/problem+json",
                TileEndpoints.ContentType,
            ];
        });
        builder.Services.ConfigureHttpJsonOptions(o =>
        {
            // Chinese stays readable; answers are JSON with their own content type, never part of a page.
            o.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            o.SerializerOptions.AllowDuplicateProperties = false;
            o.SerializerOptions.Converters.Add(new GeoJsonConverterFactory());
        });

        var app = builder.Build();
        app.UseSecurityHeaders();
        AuditLog.Use(app);
        app.UseExceptionHandler();
        app.UseSameOrigin();
        app.UseResponseCompression();
        app.UseStatusProblems();
        app.UseDefaultFiles();
        app.UseStaticFiles(
            new StaticFileOptions
            {
                OnPrepareResponse = c => c.Context.Response.Headers.CacheControl = "no-cache",
            }
        );
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAccess();
        app.MapApiDescription();
        app.MapHealth();
        app.MapSignIn();
        app.MapConfig();
        app.MapGeography();
        app.MapOwnership();
        app.MapResponsibility();
        app.MapPoints();
        app.MapPhotos();
        app.MapVisits();
        app.MapChecklists();
        app.MapVisitRules();
        app.MapMyDay();
        app.MapPlans();
        app.MapPatrolCoverage();
        app.MapAssessmentTrees();
        app.MapMockAssessments();
        app.MapVetoes();
        app.MapIssues();
        app.MapIssueLife();
        app.MapCalendar();
        app.MapLedger();
        app.MapLetters();
        app.MapReminders();
        app.MapPerformance();
        app.MapBulletins();
        app.MapGradingFormula();
        app.MapSchoolPerimeters();
        app.MapPerimeterCompliance();
        app.MapPerimeterRules();
        app.MapPerimeterEvents();
        app.MapWalking();
        app.MapPerimeterPhaseOut();
        app.MapDensity();
        app.MapClusters();
        app.MapProfiles();
        app.MapTrends();
        app.MapRecurrence();
        app.MapCampaignEffects();
        app.MapKeyPlaces();
        app.MapDensitySeries();
        app.MapHotspots();
        app.MapTiles();
        app.MapImports();
        return app;
    }
}
