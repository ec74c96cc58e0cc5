using GeoCivic.Http;
using GeoCivic.Photos;
using GeoCivic.Spatial;

namespace GeoCivic.Inspections;

/// <summary>A visit as a device sends it.</summary>
/// <param name="Id">The device's id.</param>
/// <param name="Point">Code of the point.</param>
/// <param name="Street">Its street, where the code alone is not enough.</param>
/// <param name="StartedAt">The device's clock at check-in, UTC.</param>
/// <param name="Place">Where the device was, WGS-84; null when it could not tell.</param>
/// <param name="AccuracyMetres">How exact that is, metres.</param>
/// <param name="Shift">Shift.</param>
/// <param name="Checklist">Code of the checklist that was answered; null: the one that applies.</param>
/// <param name="Version">Its version.</param>
/// <param name="Answers">Item, answer, note.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Note">Anything else.</param>
/// <param name="Photos">Kind and name of photos sent before.</param>
/// <param name="Covert">A covert inspection.</param>
internal sealed record NewVisit(
    Guid Id,
    string Point,
    string? Street,
    DateTime StartedAt,
    LonLat? Place,
    double? AccuracyMetres,
    string Shift,
    string? Checklist,
    string? Version,
    IReadOnlyList<(string Item, string Answer, string? Note)> Answers,
    string Result,
    string? Note,
    IReadOnlyList<(string Kind, string Name)> Photos,
    bool Covert
)
{
    /// <summary>Shifts.</summary>
    public static readonly string[] Shifts = ["day", "night", "school_peak"];

    /// <summary>What can come of a visit.</summary>
    public static readonly string[] Results = ["ok", "problems", "unreachable"];

    private static readonly string[] AnswerWords = ["ok", "bad", "na"];

    private static readonly string[] PhotoKinds =
    [
        "scene",
        "before",
        "after",
        "inspection",
        "evidence",
    ];

    /// <summary>Reads the body.</summary>
    /// <exception cref="ProblemException">400 malformed, 422 not acceptable, with each member.</exception>
    public static NewVisit Read(BodyReader body, DateTime now)
    {
        var id = body.Id("id", required: true);
        var point = body.Text("point", 64, required: true);
        var street = body.Text("street", 64);
        var startedAt = body.Instant("started_at", required: true);
        if (startedAt > now.AddDays(1))
        {
            body.Refuse("started_at", "lies more than a day in the future");
        }

        var place = body.Place(required: false);
        var accuracy = body.Number("accuracy_m", 0, 100_000);
        var shift = body.Choice("shift", required: true, Shifts);
        var checklist = body.Text("checklist", 64);
        var version = body.Text("version", 64);
        if (version is not null && checklist is null)
        {
            body.Fault("checklist", "is required beside version");
        }

        var answers = ReadAnswers(body);
        var result = body.Choice("result", required: true, Results);
        if (result == "ok" && answers.Exists(a => a.Answer == "bad"))
        {
            body.Refuse("result", "cannot be ok while an answer is bad");
        }

        var note = body.Text("note", 2000);
        var photos = ReadPhotos(body);
        var covert = body.Flag("covert") ?? false;
        body.Done();
        return new NewVisit(
            id!.Value,
            point!,
            street,
            startedAt!.Value,
            place,
            accuracy,
            shift!,
            checklist,
            version,
            answers,
            result!,
            note,
            photos,
            covert
        );
    }

    private static List<(string Item, string Answer, string? Note)> ReadAnswers(BodyReader body)
    {
        var answers = new List<(string, string, string?)>();
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in body.Objects("answers", most: 200))
        {
            var item = answer.Text("item", 64, required: true);
            var word = answer.Choice("answer", required: true, AnswerWords);
            var note = answer.Text("note", 500);
            if (item is not null && !met.Add(item))
            {
                answer.Fault("item", "is answered twice");
            }

            answers.Add((item ?? "", word ?? "", note));
        }

        return answers;
    }

    private static List<(string Kind, string Name)> ReadPhotos(BodyReader body)
    {
        var photos = new List<(string, string)>();
        foreach (var photo in body.Objects("photos", most: 20))
        {
            var name = photo.Text("sha256", 64, required: true);
            var kind = photo.Choice("kind", required: false, PhotoKinds) ?? "inspection";
            if (name is not null && !PhotoHash.TryParse(name, out _))
            {
                photo.Fault("sha256", "must be 64 lower-case hexadecimal digits");
            }
            else if (name is not null && photos.Contains((kind, name)))
            {
                photo.Fault("sha256", "is named twice");
            }

            photos.Add((kind, name ?? ""));
        }

        return photos;
    }
}
