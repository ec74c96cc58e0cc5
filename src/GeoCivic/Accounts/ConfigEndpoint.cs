using System.Reflection;
using System.Text.Json.Nodes;
using GeoCivic.Database;
using GeoCivic.Http;
using Microsoft.Extensions.Options;
using Npgsql;

namespace GeoCivic.Accounts;

/// <summary>What the page needs to start, as far as this caller may know: streets, code lists, base map.</summary>
public static class ConfigEndpoint
{
    private static readonly string Version = typeof(ConfigEndpoint)
        .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
        .InformationalVersion.Split('+')[0];

    /// <summary>Maps the call.</summary>
    public static void MapConfig(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/config", GetAsync)
            .WithSummary("Streets, code lists and base map")
            .Takes();

    private static async Task<IResult> GetAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        TimeProvider clock,
        IOptions<BaseMap> baseMap,
        IConfiguration configuration
    )
    {
        new QueryReader(context.Request).Done();
        await using var command = source
            .CreateCommand(Sql.Load("Accounts/config.sql"))
            .With(caller.Scope);
        var answer = JsonNode
            .Parse((string)(await command.ExecuteScalarAsync(context.RequestAborted))!)!
            .AsObject();
        answer["version"] = Version;
        answer["today"] = BeijingTime
            .Today(clock)
            .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        answer["reviewNumber"] = configuration["MapReviewNumber"];
        answer["baseMap"] = baseMap.Value.Url is null
            ? null
            : System.Text.Json.JsonSerializer.SerializeToNode(
                baseMap.Value,
                System.Text.Json.JsonSerializerOptions.Web
            );
        return Results.Json(answer);
    }
}
