using GeoCivic.Database;
using GeoCivic.Http;
using Npgsql;

namespace GeoCivic.Issues;

/// <summary>A photo that comes with a submission.</summary>
/// <param name="Sha256">Name of the stored photo.</param>
/// <param name="Kind">What it shows.</param>
internal sealed record IssuePhoto(string Sha256, string Kind);

/// <summary>Photos of issues: sent first, then named in the submission they belong to.</summary>
internal static class IssuePhotos
{
    private const int MostPhotos = 20;

    private static readonly string[] Kinds = ["scene", "before", "after", "inspection", "evidence"];

    /// <summary>Reads <c>photos</c> of a body.</summary>
    public static List<IssuePhoto> Read(BodyReader body)
    {
        var photos = new List<IssuePhoto>();
        foreach (var entry in body.Objects("photos", MostPhotos))
        {
            var sha256 = entry.Text("sha256", 64, required: true);
            var kind = entry.Choice("kind", required: true, Kinds);
            if (
                sha256 is not null
                && (sha256.Length != 64 || !sha256.All(char.IsAsciiHexDigitLower))
            )
            {
                entry.Fault("sha256", "must be the sha256 that POST /api/photos answered");
            }
            else if (sha256 is not null && photos.Exists(p => p.Sha256 == sha256))
            {
                entry.Refuse("sha256", "is named twice");
            }
            else if (sha256 is not null && kind is not null)
            {
                photos.Add(new IssuePhoto(sha256, kind));
            }
        }

        return photos;
    }

    /// <summary>What photos of these kinds fulfil.</summary>
    public static IssueRequirements Given(IEnumerable<IssuePhoto> photos) =>
        photos.Aggregate(
            IssueRequirements.None,
            (given, photo) =>
                given
                | photo.Kind switch
                {
                    "before" => IssueRequirements.BeforePhoto,
                    "after" => IssueRequirements.AfterPhoto,
                    "inspection" => IssueRequirements.InspectionPhoto,
                    _ => IssueRequirements.None,
                }
        );

    /// <summary>Attaches photos that the account sent; one that the issue has already proves nothing new.</summary>
    /// <exception cref="ProblemException">A photo is not there, or is the issue's already.</exception>
    public static async Task AttachAsync(
        NpgsqlConnection connection,
        string street,
        Guid issue,
        int seq,
        Guid account,
        DateTime now,
        IReadOnlyList<IssuePhoto> photos,
        CancellationToken cancellationToken
    )
    {
        if (photos.Count == 0)
        {
            return;
        }

        NpgsqlCommand Command(string file) =>
            new NpgsqlCommand(Sql.Load($"Issues/{file}.sql"), connection)
                .With("street", street)
                .With("issue", issue)
                .With("account", account)
                .With("photos", photos.Select(p => p.Sha256).ToArray());

        await using (var check = Command("check_photos"))
        await using (var rows = await check.ExecuteReaderAsync(cancellationToken))
        {
            var errors = new List<FieldError>();
            while (await rows.ReadAsync(cancellationToken))
            {
                errors.Add(
                    new FieldError(
                        $"photos[{rows.GetInt64(0) - 1}].sha256",
                        rows.GetBoolean(1)
                            ? "is a photo that the issue has already; take a new one"
                            : "is no photo that you sent; send it with POST /api/photos first"
                    )
                );
            }

            if (errors.Count > 0)
            {
                throw ProblemException.ForFields(Problems.Unacceptable, errors);
            }
        }

        await using var attach = Command("attach_photos")
            .With("kinds", photos.Select(p => p.Kind).ToArray())
            .With("seq", seq)
            .With("now", now);
        await attach.ExecuteNonQueryAsync(cancellationToken);
    }
}
