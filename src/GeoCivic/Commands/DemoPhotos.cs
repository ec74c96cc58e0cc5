using GeoCivic.Accounts;
using GeoCivic.Database;
using GeoCivic.Http;
using GeoCivic.Issues;
using GeoCivic.Photos;
using NetTopologySuite.Geometries;
using Npgsql;

namespace GeoCivic.Commands;

/// <summary>Sends the drawings of the demo stories as the accounts of the stories would.</summary>
internal sealed class DemoPhotos(NpgsqlDataSource source, IPhotoStore store) : IDisposable
{
    private const int Variants = 6;
    private readonly PhotoIntake _intake = new(store);
    private readonly Dictionary<(Guid, string, int), string> _sent = [];

    /// <summary>A drawing of the kind, in the store and known as sent by the account.</summary>
    public async Task<IssuePhoto> SendAsync(
        Caller caller,
        string kind,
        int variant,
        DateTime at,
        CancellationToken cancellationToken
    )
    {
        var key = (caller.AccountId, kind, variant % Variants);
        if (!_sent.TryGetValue(key, out var name))
        {
            _sent[key] = name = await SaveAsync(
                DemoPicture.Draw(kind, variant % Variants),
                caller,
                at,
                cancellationToken
            );
        }

        return new IssuePhoto(name, kind);
    }

    private async Task<string> SaveAsync(
        byte[] drawing,
        Caller caller,
        DateTime at,
        CancellationToken cancellationToken
    )
    {
        var received = await _intake.ReceiveAsync(new MemoryStream(drawing), cancellationToken);
        var photo = received.Photo;
        await using var save = source
            .CreateCommand(Sql.Load("Photos/save_photo.sql"))
            .With("sha256", received.Hash.ToString())
            .With("received_sha256", received.ReceivedHash.ToString())
            .With("media_type", photo.Format.MediaType())
            .With("width", photo.Width)
            .With("height", photo.Height)
            .With("bytes", photo.Content.Length)
            .With("orientation", photo.Capture.Orientation)
            .With("taken_at", (DateTime?)null)
            .With("taken_offset_assumed", photo.Capture.OffsetAssumed)
            .With("place", (Point?)null)
            .With("account", caller.AccountId)
            .With("now", at);
        await save.ExecuteNonQueryAsync(cancellationToken);
        return received.Hash.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _intake.Dispose();
}
