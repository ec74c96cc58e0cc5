using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Photos;

/// <summary>Photos are sent first and named by issues and visits afterwards, so that a weak line repeats little.</summary>
public static class PhotoEndpoints
{
    /// <summary>Different photos that one account may send in 24 hours.</summary>
    public const int MaxPerDay = 1000;

    /// <summary>
    /// Adds what the calls need. <c>Photos:Directory</c> names the folder; by default each database has its own, since
    /// the sweep removes what its database does not know.
    /// </summary>
    public static void AddPhotos(this WebApplicationBuilder builder, string connectionString)
    {
        var folder = FilePhotoStore.FolderOf(
            builder.Configuration["Photos:Directory"],
            connectionString
        );
        builder.Services.AddSingleton<IPhotoStore>(services => new FilePhotoStore(
            folder,
            services.GetRequiredService<TimeProvider>()
        ));
        builder.Services.AddSingleton<PhotoIntake>();
        builder.Services.AddSingleton<PhotoSweep>();
        builder.Services.AddHostedService(s => s.GetRequiredService<PhotoSweep>());
    }

    /// <summary>Maps the calls of this slice.</summary>
    public static void MapPhotos(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/photos", SendAsync)
            .WithSummary(
                "Sends a photo (JPEG, PNG or WebP, at most 20 MiB and 50 million pixels) as the body; its metadata are removed. Answers with its name (sha256), the SHA-256 of what arrived, and the place and time the camera wrote"
            )
            .Takes()
            .Reads("image/jpeg", "image/png", "image/webp", "application/octet-stream")
            .For(Role.Worker, Role.Handler, Role.Supervisor);
        routes
            .MapGet("/api/photos/{sha256}", GetAsync)
            .WithSummary(
                "A photo, for those who sent it or see an issue or visit it belongs to; its orientation is in the record that names it"
            )
            .Takes()
            .Answers("image/jpeg");
    }

    private static async Task<IResult> SendAsync(
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        PhotoIntake intake,
        TimeProvider clock
    )
    {
        new QueryReader(context.Request).Done();
        CheckHeaders(context);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var count = source
            .CreateCommand(Sql.Load("Photos/count_uploads.sql"))
            .With("account", caller.AccountId)
            .With("since", now.AddDays(-1));
        if ((long)(await count.ExecuteScalarAsync(context.RequestAborted))! >= MaxPerDay)
        {
            throw new ProblemException(
                PhotoProblems.TooMany,
                $"This account has sent {MaxPerDay} photos in the last 24 hours."
            );
        }

        var received = await intake.ReceiveAsync(context.Request.Body, context.RequestAborted);
        var (photo, capture) = (received.Photo, received.Photo.Capture);
        await using var save = source
            .CreateCommand(Sql.Load("Photos/save_photo.sql"))
            .With("sha256", received.Hash.ToString())
            .With("received_sha256", received.ReceivedHash.ToString())
            .With("media_type", photo.Format.MediaType())
            .With("width", photo.Width)
            .With("height", photo.Height)
            .With("bytes", photo.Content.Length)
            .With("orientation", capture.Orientation)
            .With("taken_at", capture.TakenAt?.UtcDateTime)
            .With("taken_offset_assumed", capture.OffsetAssumed)
            .With("place", capture.Place is { } p ? new Point(p.Lon, p.Lat) : null)
            .With("account", caller.AccountId)
            .With("now", now);
        await save.ExecuteNonQueryAsync(context.RequestAborted);
        return Results.Json(
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["sha256"] = received.Hash.ToString(),
                ["received_sha256"] = received.ReceivedHash.ToString(),
                ["media_type"] = photo.Format.MediaType(),
                ["width"] = photo.Width,
                ["height"] = photo.Height,
                ["bytes"] = photo.Content.Length,
                ["orientation"] = capture.Orientation,
                ["taken_at"] = capture.TakenAt,
                ["taken_offset_assumed"] = capture.OffsetAssumed,
                ["taken"] = capture.Place is { } at ? new { lon = at.Lon, lat = at.Lat } : null,
            },
            statusCode: StatusCodes.Status201Created
        );
    }

    // The content tells the format; a declared type that is no picture at all is a call gone wrong.
    private static void CheckHeaders(HttpContext context)
    {
        var request = context.Request;
        if (
            request.ContentType is { Length: > 0 } declared
            && !(
                MediaTypeHeaderValue.TryParse(declared, out var type)
                && (
                    type.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
                    || type.MediaType.Equals(
                        "application/octet-stream",
                        StringComparison.OrdinalIgnoreCase
                    )
                )
            )
        )
        {
            throw new ProblemException(
                Problems.UnsupportedMediaType,
                "Send the photo itself as the body, with Content-Type image/jpeg, image/png or image/webp."
            );
        }

        if (request.ContentLength > PhotoLimits.MaxBytes)
        {
            throw PhotoRefusal.TooLarge();
        }

        // The intake counts for itself; this lets it see one byte too many rather than the server's own refusal.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = PhotoLimits.MaxBytes + (1 << 20);
        }
    }

    private static async Task<IResult> GetAsync(
        string sha256,
        HttpContext context,
        Caller caller,
        NpgsqlDataSource source,
        IPhotoStore store
    )
    {
        new QueryReader(context.Request).Done();
        if (PhotoHash.TryParse(sha256, out var hash))
        {
            await using var command = source
                .CreateCommand(Sql.Load("Photos/get_photo.sql"))
                .With("sha256", hash.ToString())
                .With("account", caller.AccountId)
                .With(caller.Scope);
            if (
                await command.ExecuteScalarAsync(context.RequestAborted) is string mediaType
                && store.OpenRead(hash) is { } content
            )
            {
                // Asked again each time: who may see it can change, the picture cannot.
                context.Response.Headers.CacheControl = "private, no-cache";
                return Results.Stream(
                    content,
                    mediaType,
                    entityTag: new EntityTagHeaderValue($"\"{hash}\"")
                );
            }
        }

        throw new ProblemException(Problems.NotFound, "There is no such photo.");
    }
}
