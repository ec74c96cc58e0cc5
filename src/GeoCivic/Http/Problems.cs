namespace GeoCivic.Http;

/// <summary>One kind of problem that calls can answer with.</summary>
/// <param name="Code">Stable last part of the <c>type</c>, <c>/problems/{code}</c>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Short title.</param>
/// <param name="Help">What it means and what to do; served at its type.</param>
public sealed record ProblemKind(string Code, int Status, string Title, string Help);

/// <summary>The catalogue of problems.</summary>
public static class Problems
{
    /// <summary>A parameter is missing, malformed, unknown or given twice.</summary>
    public static readonly ProblemKind InvalidParameter = new(
        "invalid-parameter",
        400,
        "A parameter cannot be read",
        "errors[] names each parameter and what is expected. Numbers are plain ASCII decimals in longitude, latitude order; unknown and doubled parameters are refused so that a typing error cannot widen a query."
    );

    /// <summary>Nothing of that name.</summary>
    public static readonly ProblemKind NotFound = new(
        "not-found",
        404,
        "There is no such thing",
        "The code or id names nothing that you may see."
    );

    /// <summary>A place outside all grids.</summary>
    public static readonly ProblemKind OutsideCoverage = new(
        "outside-coverage",
        404,
        "The place lies outside all grids",
        "No grid in force on that day covers the place or lies within 20 m of it. nearest names the closest grid and its geodesic distance in metres."
    );

    /// <summary>The street is unknown.</summary>
    public static readonly ProblemKind StreetUnknown = new(
        "street-unknown",
        404,
        "There is no such street",
        "Add it with: geocivic street add CODE NAME"
    );

    /// <summary>A community has used all its grid codes.</summary>
    public static readonly ProblemKind GridCodesExhausted = new(
        "grid-codes-exhausted",
        409,
        "The community has no grid code left",
        "GB/T 30428.1 gives a community 999 sequence numbers, and a code is never used again. Divide the community."
    );

    /// <summary>Rows of an import were refused.</summary>
    public static readonly ProblemKind ImportRefused = new(
        "import-refused",
        422,
        "Rows were refused, nothing was imported",
        "rows[] names line, field and reason of each refused row. Correct them and send the file again, or send it with skipBadRows=true to import the others. Status 400 when every refused row is malformed."
    );

    /// <summary>The declared datum looks wrong.</summary>
    public static readonly ProblemKind DatumSuspected = new(
        "datum-suspected",
        422,
        "The coordinates do not look like the declared system",
        "The import is held: read as suspected, the coordinates would fit the street or known records far better. Send it with that crs, exchange the columns, or insist with acceptDatum=true."
    );

    /// <summary>A table without a coordinate system.</summary>
    public static readonly ProblemKind CrsMissing = new(
        "crs-missing",
        422,
        "The coordinate system is not declared",
        "Tables do not carry their coordinate system. Declare crs=wgs84, cgcs2000, gcj02, bd09 or EPSG:n."
    );

    /// <summary>An unknown coordinate system.</summary>
    public static readonly ProblemKind CrsUnknown = new(
        "crs-unknown",
        400,
        "Unknown coordinate system",
        "Use wgs84, cgcs2000, gcj02, bd09 or an EPSG code that PostGIS knows."
    );

    /// <summary>The path has other methods.</summary>
    public static readonly ProblemKind MethodNotAllowed = new(
        "method-not-allowed",
        405,
        "The path does not take this method",
        "The header Allow lists the methods; /docs/ describes them."
    );

    /// <summary>The upload's type.</summary>
    public static readonly ProblemKind UnsupportedMediaType = new(
        "unsupported-media-type",
        415,
        "This type of content is not read here",
        "Send GeoJSON (application/geo+json), CSV (text/csv), xlsx, or a form (multipart/form-data) with the field file."
    );

    /// <summary>The upload's size.</summary>
    public static readonly ProblemKind TooLarge = new(
        "too-large",
        413,
        "The upload is too large",
        "Split it, or import it with the command line, which has no limit on the size of the file."
    );

    /// <summary>A refusal by the framework that has no kind of its own.</summary>
    public static readonly ProblemKind NotAnswered = new(
        "not-answered",
        400,
        "The request cannot be answered",
        "The status says why: the request as such was refused before any call saw it."
    );

    /// <summary>Nobody is signed in.</summary>
    public static readonly ProblemKind NotSignedIn = new(
        "not-signed-in",
        401,
        "Sign in first",
        "People sign in with POST /api/session; programs send Authorization: Bearer with a token made by POST /api/tokens or: geocivic token add USER."
    );

    /// <summary>Name or password are wrong.</summary>
    public static readonly ProblemKind SignInFailed = new(
        "sign-in-failed",
        401,
        "Name or password are wrong",
        "Which of the two is not said. After ten wrong passwords for an account from an address, that pair waits until the oldest is fifteen minutes old."
    );

    /// <summary>Too many wrong passwords.</summary>
    public static readonly ProblemKind TooManyAttempts = new(
        "too-many-attempts",
        429,
        "Too many wrong passwords",
        "Retry-After says how many seconds to wait. The account is not locked for others, and not for ever."
    );

    /// <summary>The caller may see, but not do this.</summary>
    public static readonly ProblemKind Forbidden = new(
        "forbidden",
        403,
        "Your role does not allow this",
        "detail names the role that is needed. What lies outside your areas answers 404 instead."
    );

    /// <summary>A member of a JSON body is faulty.</summary>
    public static readonly ProblemKind InvalidBody = new(
        "invalid-body",
        400,
        "The body cannot be read",
        "errors[] names each member and what is expected. Unknown and doubled members are refused; times need an offset."
    );

    /// <summary>A body that can be read but not accepted.</summary>
    public static readonly ProblemKind Unacceptable = new(
        "unacceptable",
        422,
        "The values cannot be accepted",
        "errors[] names each member, what is wrong with it and what to do."
    );

    /// <summary>Something of that name is there.</summary>
    public static readonly ProblemKind Exists = new(
        "exists",
        409,
        "There is one already",
        "Names and codes are given once."
    );

    /// <summary>A version that records refer to cannot be changed.</summary>
    public static readonly ProblemKind VersionInUse = new(
        "version-in-use",
        409,
        "This version is in use",
        "Visits answered it, and what they answered must stay readable. Give the changed list another version."
    );

    /// <summary>A submission's id was used before.</summary>
    public static readonly ProblemKind IdInUse = new(
        "id-in-use",
        409,
        "The id was used for something else",
        "Whoever submits makes a new UUID for each thing; sending the same thing again with the same id does nothing twice."
    );

    /// <summary>There is no such step from the state.</summary>
    public static readonly ProblemKind TransitionNotAllowed = new(
        "transition-not-allowed",
        409,
        "The issue's state has no such step",
        "state is where the issue stands, allowed[] the steps you may take from there. Somebody may have been quicker: read it again."
    );

    /// <summary>Cooperating bodies have not answered yet.</summary>
    public static readonly ProblemKind OpenTasks = new(
        "open-tasks",
        409,
        "Cooperating bodies have not answered",
        "An issue is verified when every body it was sent to has answered; tasks[] lists those that have not."
    );

    /// <summary>The record changed since it was read.</summary>
    public static readonly ProblemKind Stale = new(
        "stale",
        412,
        "It was changed meanwhile",
        "If-Match names a revision that is no more. Read it again and decide anew."
    );

    /// <summary>A change without saying of what.</summary>
    public static readonly ProblemKind PreconditionRequired = new(
        "precondition-required",
        428,
        "Say which revision is meant",
        "Send If-Match with the ETag of the record that the change is based on."
    );

    /// <summary>The working calendar of a year is not known.</summary>
    public static readonly ProblemKind CalendarMissing = new(
        "calendar-missing",
        409,
        "The working calendar of a year is missing",
        "Enter the State Council's notice for the year (PUT /api/calendar/{year}). Time limits are never computed from the bare week."
    );

    /// <summary>A write from a page of another site.</summary>
    public static readonly ProblemKind CrossOrigin = new(
        "cross-origin",
        403,
        "The request comes from another site",
        "Writes are taken from this service's own page and from programs, not from pages of other sites."
    );

    /// <summary>Something unforeseen.</summary>
    public static readonly ProblemKind Internal = new(
        "internal",
        500,
        "Something went wrong here",
        "Nothing of the request was kept. The trace id identifies the entry in the service's log."
    );

    /// <summary>The database does not answer.</summary>
    public static readonly ProblemKind Unavailable = new(
        "unavailable",
        503,
        "The database does not answer",
        "Nothing of the request was kept. Try again in a few seconds."
    );

    /// <summary>All kinds that have a page of their own.</summary>
    public static readonly IReadOnlyList<ProblemKind> All =
    [
        InvalidParameter,
        NotFound,
        OutsideCoverage,
        StreetUnknown,
        GridCodesExhausted,
        ImportRefused,
        DatumSuspected,
        CrsMissing,
        CrsUnknown,
        MethodNotAllowed,
        UnsupportedMediaType,
        TooLarge,
        NotAnswered,
        NotSignedIn,
        SignInFailed,
        TooManyAttempts,
        Forbidden,
        InvalidBody,
        Unacceptable,
        Exists,
        IdInUse,
        VersionInUse,
        TransitionNotAllowed,
        OpenTasks,
        Stale,
        PreconditionRequired,
        CalendarMissing,
        CrossOrigin,
        Internal,
        Unavailable,
        .. BulletinProblems.All,
        .. FileProblems.All,
        .. AssessmentProblems.All,
        .. HotspotProblems.All,
        .. LetterProblems.All,
        .. PhotoProblems.All,
        .. TrendProblems.All,
    ];
}
