using GeoCivic.Accounts;

namespace GeoCivic.Tests.Accounts;

/// <summary>One call and who may make it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Pattern of the route as it is mapped.</param>
/// <param name="Roles">Who may make it; null: everybody signed in.</param>
/// <param name="Own">Paths about the caller's own street. Reads succeed and show nothing of others.</param>
/// <param name="Away">Paths that name what belongs to another street. Reads find nothing, writes do not succeed.</param>
internal sealed record Call(
    string Method,
    string Route,
    Role[]? Roles,
    string[] Own,
    string[] Away
);

/// <summary>
/// Every call of the service but sign-in, health, problem pages and files. <see cref="ScopeTests"/> compares it with the
/// routes that are mapped: a new route without a line here fails. <c>ISSUE</c>, <c>VISIT</c>, <c>PLAN</c>, <c>MOCK</c>, <c>VETO</c>, <c>ALARM</c> and <c>PHOTO</c> stand for ids of records of
/// the other street; <c>OWN-1</c> and <c>FOREIGN-1</c> are codes of records in the own and in the other street.
/// </summary>
internal static class EndpointTable
{
    private const string Tile = "18/208637/108560.mvt";

    private const string Campaign =
        "before_from=2025-12-01&before_to=2025-12-31&during_from=2026-01-01&during_to=2026-01-31";

    private static readonly Role[] Administrators = [Role.Admin];
    private static readonly Role[] Importers = [Role.Admin, Role.Supervisor, Role.Planner];
    private static readonly Role[] Planners = [Role.Planner, Role.Admin];
    private static readonly Role[] Reporters = [Role.Worker, Role.Supervisor];
    private static readonly Role[] Actors = [Role.Handler, Role.Supervisor];
    private static readonly Role[] Senders = [Role.Worker, Role.Handler, Role.Supervisor];
    private static readonly Role[] Supervisors = [Role.Supervisor];
    private static readonly Role[] Keepers = [Role.Admin, Role.Supervisor];
    private static readonly Role[] BulletinReaders =
    [
        Role.Handler,
        Role.Supervisor,
        Role.Planner,
        Role.Admin,
        Role.Auditor,
    ];
    private static readonly Role[] Readers = [Role.Admin, Role.Auditor];

    /// <summary>All calls.</summary>
    public static readonly IReadOnlyList<Call> All =
    [
        new("GET", "/openapi/{documentName}.json", null, ["/openapi/v1.json"], []),
        new("GET", "/api/session", null, ["/api/session"], []),
        new("DELETE", "/api/session", null, [], []),
        new("POST", "/api/session/password", null, ["/api/session/password"], []),
        new("GET", "/api/tokens", null, ["/api/tokens"], []),
        new("POST", "/api/tokens", null, ["/api/tokens"], []),
        new("DELETE", "/api/tokens/{id}", null, [$"/api/tokens/{Guid.Empty}"], []),
        new("GET", "/api/accounts", Readers, ["/api/accounts"], ["/api/accounts?street=away"]),
        new("POST", "/api/accounts", Administrators, ["/api/accounts"], []),
        new(
            "PATCH",
            "/api/accounts/{id}",
            Administrators,
            [$"/api/accounts/{Guid.Empty}"],
            ["/api/accounts/ACCOUNT"]
        ),
        new(
            "POST",
            "/api/accounts/{id}/grants",
            Administrators,
            [$"/api/accounts/{Guid.Empty}/grants"],
            ["/api/accounts/ACCOUNT/grants"]
        ),
        new(
            "DELETE",
            "/api/accounts/{id}/grants/{grant}",
            Administrators,
            [$"/api/accounts/{Guid.Empty}/grants/{Guid.Empty}"],
            ["/api/accounts/ACCOUNT/grants/GRANT"]
        ),
        new("POST", "/api/handovers", Administrators, ["/api/handovers"], []),
        new("GET", "/api/audit", Readers, ["/api/audit", "/api/audit?format=csv"], []),
        new("GET", "/api/config", null, ["/api/config"], []),
        new(
            "GET",
            "/api/areas",
            null,
            ["/api/areas?level=street", "/api/areas?level=community", "/api/areas?level=grid"],
            ["/api/areas?level=grid&street=away"]
        ),
        new(
            "GET",
            "/api/areas/locate",
            null,
            ["/api/areas/locate?lon=106.5505&lat=29.5605"],
            ["/api/areas/locate?lon=106.5505&lat=29.5605&street=away"]
        ),
        new(
            "GET",
            "/api/ownership",
            null,
            ["/api/ownership?lon=106.5505&lat=29.5605&radius=5000"],
            ["/api/ownership?lon=106.5505&lat=29.5605&street=away"]
        ),
        new(
            "GET",
            "/api/ownership/map",
            null,
            [
                "/api/ownership/map?street=home&category=uncivil_pets",
                "/api/ownership/map?street=home",
            ],
            ["/api/ownership/map?street=away&category=uncivil_pets"]
        ),
        new(
            "GET",
            "/api/ownership/findings",
            null,
            ["/api/ownership/findings?street=home&category=illegal_parking"],
            ["/api/ownership/findings?street=away"]
        ),
        new("GET", "/api/bodies", null, ["/api/bodies"], ["/api/bodies?street=away"]),
        new(
            "PUT",
            "/api/bodies/{code}",
            Administrators,
            ["/api/bodies/OWN-1?street=home"],
            ["/api/bodies/FOREIGN-1?street=away"]
        ),
        new(
            "GET",
            "/api/duties",
            null,
            ["/api/duties", "/api/duties?at=2026-01-05"],
            ["/api/duties?street=away"]
        ),
        new(
            "PUT",
            "/api/duties/{code}",
            Administrators,
            ["/api/duties/OWN-1?street=home"],
            ["/api/duties/FOREIGN-1?street=away"]
        ),
        new(
            "POST",
            "/api/duties/{code}/end",
            Administrators,
            ["/api/duties/OWN-1/end?street=home"],
            ["/api/duties/FOREIGN-1/end?street=away"]
        ),
        new(
            "GET",
            "/api/people",
            null,
            ["/api/people", "/api/people?at=2026-01-05"],
            ["/api/people?street=away"]
        ),
        new(
            "PUT",
            "/api/people/{code}",
            Administrators,
            ["/api/people/OWN-1?street=home"],
            ["/api/people/FOREIGN-1?street=away"]
        ),
        new(
            "POST",
            "/api/people/{code}/end",
            Administrators,
            ["/api/people/OWN-1/end?street=home"],
            ["/api/people/FOREIGN-1/end?street=away"]
        ),
        new("GET", "/api/campaigns", null, ["/api/campaigns"], []),
        new(
            "POST",
            "/api/responsibility",
            [Role.Admin, Role.Supervisor],
            ["/api/responsibility?street=home&dryRun=true"],
            ["/api/responsibility?street=away&dryRun=true"]
        ),
        new(
            "GET",
            "/api/responsibility",
            null,
            ["/api/responsibility?street=home"],
            ["/api/responsibility?street=away"]
        ),
        new(
            "GET",
            "/api/coverage",
            null,
            ["/api/coverage?street=home"],
            ["/api/coverage?street=away"]
        ),
        new("GET", "/api/base", null, ["/api/base"], ["/api/base?street=away"]),
        new(
            "GET",
            "/api/search",
            null,
            ["/api/search?q=1", "/api/search?q=FOREIGN-1"],
            ["/api/search?q=1&street=away"]
        ),
        new(
            "GET",
            "/api/points",
            null,
            ["/api/points", "/api/points?at=2026-01-05"],
            ["/api/points?street=away"]
        ),
        new(
            "GET",
            "/api/points/{code}",
            null,
            ["/api/points/OWN-1"],
            ["/api/points/FOREIGN-1", "/api/points/FOREIGN-1?street=away"]
        ),
        new("POST", "/api/photos", Senders, ["/api/photos"], []),
        new("GET", "/api/photos/{sha256}", null, [], ["/api/photos/PHOTO"]),
        new("POST", "/api/visits", Reporters, ["/api/visits"], []),
        new(
            "GET",
            "/api/visits",
            null,
            ["/api/visits", "/api/visits?point=OWN-1"],
            ["/api/visits?street=away", "/api/visits?street=away&point=FOREIGN-1"]
        ),
        new("GET", "/api/visits/{id}", null, [], ["/api/visits/VISIT"]),
        new(
            "POST",
            "/api/visits/{id}/comments",
            Supervisors,
            [$"/api/visits/{Guid.Empty}/comments"],
            ["/api/visits/VISIT/comments"]
        ),
        new("GET", "/api/my-day", null, ["/api/my-day"], []),
        new("GET", "/api/plans", null, ["/api/plans?street=home"], ["/api/plans?street=away"]),
        new("POST", "/api/plans", Keepers, ["/api/plans"], []),
        new("PATCH", "/api/plans/{id}", Keepers, [$"/api/plans/{Guid.Empty}"], ["/api/plans/PLAN"]),
        new(
            "GET",
            "/api/plans/runs",
            null,
            ["/api/plans/runs?street=home"],
            ["/api/plans/runs?street=away"]
        ),
        new("GET", "/api/plans/{id}/run", null, [], ["/api/plans/PLAN/run?first=2026-01-05"]),
        new(
            "GET",
            "/api/patrol-coverage",
            null,
            ["/api/patrol-coverage?street=home", "/api/patrol-coverage?street=home&shift=night"],
            ["/api/patrol-coverage?street=away"]
        ),
        new(
            "POST",
            "/api/assessment-trees",
            Keepers,
            ["/api/assessment-trees?street=home&dryRun=true"],
            ["/api/assessment-trees?street=away&dryRun=true"]
        ),
        new(
            "GET",
            "/api/assessment-trees",
            null,
            ["/api/assessment-trees?street=home"],
            ["/api/assessment-trees?street=away"]
        ),
        new("POST", "/api/mock-assessments", Keepers, ["/api/mock-assessments"], []),
        new(
            "GET",
            "/api/mock-assessments",
            null,
            ["/api/mock-assessments?street=home"],
            ["/api/mock-assessments?street=away"]
        ),
        new("GET", "/api/mock-assessments/{id}", null, [], ["/api/mock-assessments/MOCK"]),
        new(
            "GET",
            "/api/veto-indicators",
            null,
            ["/api/veto-indicators?street=home"],
            ["/api/veto-indicators?street=away"]
        ),
        new("GET", "/api/veto-indicators/{id}", null, [], ["/api/veto-indicators/VETO"]),
        new("POST", "/api/veto-indicators", Keepers, ["/api/veto-indicators"], []),
        new(
            "PATCH",
            "/api/veto-indicators/{id}",
            Keepers,
            [$"/api/veto-indicators/{Guid.Empty}"],
            ["/api/veto-indicators/VETO"]
        ),
        new(
            "POST",
            "/api/veto-indicators/{id}/alarms",
            Keepers,
            [$"/api/veto-indicators/{Guid.Empty}/alarms"],
            ["/api/veto-indicators/VETO/alarms"]
        ),
        new(
            "POST",
            "/api/veto-indicators/{id}/alarms/{alarm}/clear",
            Keepers,
            [$"/api/veto-indicators/{Guid.Empty}/alarms/{Guid.Empty}/clear"],
            ["/api/veto-indicators/VETO/alarms/ALARM/clear"]
        ),
        new(
            "GET",
            "/api/checklists",
            null,
            ["/api/checklists", "/api/checklists?street=home&point_type=market&shift=day"],
            [
                "/api/checklists?street=away",
                "/api/checklists?street=away&point_type=market&shift=day",
            ]
        ),
        new(
            "PUT",
            "/api/checklists/{code}",
            Administrators,
            ["/api/checklists/own?street=home"],
            ["/api/checklists/own?street=away"]
        ),
        new(
            "GET",
            "/api/visit-rules",
            null,
            ["/api/visit-rules?street=home"],
            ["/api/visit-rules?street=away"]
        ),
        new(
            "PUT",
            "/api/visit-rules",
            Administrators,
            ["/api/visit-rules?street=home"],
            ["/api/visit-rules?street=away"]
        ),
        new(
            "PUT",
            "/api/points/{code}/workers",
            [Role.Admin, Role.Supervisor],
            ["/api/points/OWN-1/workers?street=home"],
            ["/api/points/FOREIGN-1/workers?street=away"]
        ),
        new(
            "GET",
            "/api/issues",
            null,
            ["/api/issues", "/api/issues?at=2026-01-05"],
            ["/api/issues?street=away"]
        ),
        new("GET", "/api/issues/{id}", null, [], ["/api/issues/ISSUE"]),
        new(
            "GET",
            "/api/issues/counts",
            null,
            ["/api/issues/counts"],
            ["/api/issues/counts?street=away"]
        ),
        new(
            "GET",
            "/api/issues/nearby",
            null,
            ["/api/issues/nearby?lon=106.5505&lat=29.5605&category=uncivil_pets&radius=1000"],
            []
        ),
        new("POST", "/api/issues", Reporters, ["/api/issues"], []),
        new(
            "PATCH",
            "/api/issues/{id}",
            Reporters,
            [$"/api/issues/{Guid.Empty}"],
            ["/api/issues/ISSUE"]
        ),
        new(
            "POST",
            "/api/issues/{id}/transitions",
            Actors,
            [$"/api/issues/{Guid.Empty}/transitions"],
            ["/api/issues/ISSUE/transitions"]
        ),
        new(
            "POST",
            "/api/issues/{id}/tasks/{no}/reply",
            [Role.Handler],
            [$"/api/issues/{Guid.Empty}/tasks/1/reply"],
            ["/api/issues/ISSUE/tasks/1/reply"]
        ),
        new(
            "POST",
            "/api/issues/{id}/extension-requests",
            [Role.Handler],
            [$"/api/issues/{Guid.Empty}/extension-requests"],
            ["/api/issues/ISSUE/extension-requests"]
        ),
        new("GET", "/api/calendar", null, ["/api/calendar", "/api/calendar?year=2024"], []),
        new("PUT", "/api/calendar/{year}", Administrators, ["/api/calendar/2031"], []),
        new(
            "GET",
            "/api/clock-rules",
            null,
            ["/api/clock-rules"],
            ["/api/clock-rules?street=away"]
        ),
        new(
            "PUT",
            "/api/clock-rules",
            Administrators,
            ["/api/clock-rules?street=home"],
            ["/api/clock-rules?street=away"]
        ),
        new(
            "GET",
            "/api/ledger",
            null,
            [
                "/api/ledger",
                "/api/ledger?format=csv",
                "/api/ledger?as_of=2026-06-01T00:00:00Z",
                "/api/ledger?mine=true",
            ],
            ["/api/ledger?street=away", "/api/ledger?street=away&format=csv"]
        ),
        new(
            "GET",
            "/api/letters",
            null,
            ["/api/letters", "/api/letters?kind=notice&state=issued"],
            ["/api/letters?street=away"]
        ),
        new("GET", "/api/letters/{id}", null, [], ["/api/letters/LETTER"]),
        new("GET", "/api/letters/{id}.docx", null, [], ["/api/letters/LETTER.docx"]),
        new(
            "POST",
            "/api/letters/{id}/confirm",
            [Role.Supervisor],
            [$"/api/letters/{Guid.Empty}/confirm"],
            ["/api/letters/LETTER/confirm"]
        ),
        new(
            "POST",
            "/api/letters/{id}/void",
            [Role.Supervisor],
            [$"/api/letters/{Guid.Empty}/void"],
            ["/api/letters/LETTER/void"]
        ),
        new(
            "GET",
            "/api/reminders/preview",
            [Role.Supervisor, Role.Auditor],
            ["/api/reminders/preview?street=home"],
            ["/api/reminders/preview?street=away"]
        ),
        new(
            "POST",
            "/api/reminders",
            [Role.Supervisor],
            ["/api/reminders?street=home"],
            ["/api/reminders?street=away"]
        ),
        new(
            "GET",
            "/api/performance",
            null,
            ["/api/performance?street=home", "/api/performance?street=home&by=community"],
            ["/api/performance?street=away"]
        ),
        new(
            "GET",
            "/api/bulletins",
            BulletinReaders,
            ["/api/bulletins?street=home", "/api/bulletins?street=home&kind=weekly"],
            ["/api/bulletins?street=away"]
        ),
        new("POST", "/api/bulletins", Supervisors, ["/api/bulletins"], []),
        new(
            "GET",
            "/api/bulletins/preview",
            Supervisors,
            ["/api/bulletins/preview?street=home&kind=monthly"],
            ["/api/bulletins/preview?street=away"]
        ),
        new(
            "GET",
            "/api/bulletins/preview/records",
            Supervisors,
            ["/api/bulletins/preview/records?street=home&kind=monthly&figure=open"],
            ["/api/bulletins/preview/records?street=away&figure=open"]
        ),
        new(
            "GET",
            "/api/bulletins/{id}",
            BulletinReaders,
            ["/api/bulletins/OWNBULLETIN"],
            ["/api/bulletins/AWAYBULLETIN"]
        ),
        new(
            "GET",
            "/api/bulletins/{id}/records",
            BulletinReaders,
            ["/api/bulletins/OWNBULLETIN/records?figure=open"],
            ["/api/bulletins/AWAYBULLETIN/records?figure=open"]
        ),
        new(
            "GET",
            "/api/bulletins/{id}/file",
            BulletinReaders,
            [
                "/api/bulletins/OWNBULLETIN/file?format=docx",
                "/api/bulletins/OWNBULLETIN/file?format=xlsx",
            ],
            ["/api/bulletins/AWAYBULLETIN/file?format=docx"]
        ),
        new(
            "POST",
            "/api/bulletins/{id}/issue",
            Supervisors,
            [$"/api/bulletins/{Guid.Empty}/issue"],
            ["/api/bulletins/AWAYBULLETIN/issue"]
        ),
        new(
            "DELETE",
            "/api/bulletins/{id}",
            Supervisors,
            [$"/api/bulletins/{Guid.Empty}"],
            ["/api/bulletins/AWAYBULLETIN"]
        ),
        new(
            "PUT",
            "/api/bulletin-schedule",
            [Role.Supervisor, Role.Admin],
            ["/api/bulletin-schedule?street=home"],
            ["/api/bulletin-schedule?street=away"]
        ),
        new(
            "GET",
            "/api/grading-formula",
            BulletinReaders,
            ["/api/grading-formula?street=home"],
            ["/api/grading-formula?street=away"]
        ),
        new(
            "PUT",
            "/api/grading-formula",
            [Role.Supervisor, Role.Admin],
            ["/api/grading-formula?street=home"],
            ["/api/grading-formula?street=away"]
        ),
        new("GET", "/api/schools", null, ["/api/schools"], ["/api/schools?street=away"]),
        new("GET", "/api/gates", null, ["/api/gates"], ["/api/gates?street=away"]),
        new("GET", "/api/venues", null, ["/api/venues"], ["/api/venues?street=away"]),
        new("POST", "/api/venues", Planners, ["/api/venues"], []),
        new(
            "PATCH",
            "/api/venues/{code}",
            Planners,
            ["/api/venues/OWN-1?street=home"],
            ["/api/venues/FOREIGN-1?street=away"]
        ),
        new(
            "DELETE",
            "/api/venues/{code}",
            Planners,
            ["/api/venues/OWN-1?street=home"],
            ["/api/venues/FOREIGN-1?street=away"]
        ),
        new(
            "PUT",
            "/api/schools/{code}/shape",
            Planners,
            ["/api/schools/OWN-1/shape?street=home"],
            ["/api/schools/NEIGHBOUR-1/shape?street=away"]
        ),
        new(
            "GET",
            "/api/perimeters",
            null,
            [
                "/api/perimeters",
                "/api/perimeters?street=home&zones=false",
                "/api/perimeters?dissolve=true",
            ],
            ["/api/perimeters?street=away"]
        ),
        new("POST", "/api/perimeters/check", null, ["/api/perimeters/check"], []),
        new(
            "GET",
            "/api/perimeters/allowed",
            null,
            ["/api/perimeters/allowed?street=home&category=karaoke"],
            ["/api/perimeters/allowed?street=away&category=karaoke"]
        ),
        new(
            "GET",
            "/api/perimeters/compliance",
            null,
            [
                "/api/perimeters/compliance",
                "/api/perimeters/compliance?street=home&format=csv",
                "/api/perimeters/compliance?format=geojson",
            ],
            ["/api/perimeters/compliance?street=away"]
        ),
        new(
            "GET",
            "/api/perimeters/summary",
            null,
            ["/api/perimeters/summary", "/api/perimeters/summary?street=home"],
            ["/api/perimeters/summary?street=away"]
        ),
        new("POST", "/api/perimeters/runs", Planners, ["/api/perimeters/runs"], []),
        new(
            "GET",
            "/api/perimeters/runs",
            null,
            ["/api/perimeters/runs?street=home"],
            ["/api/perimeters/runs?street=away"]
        ),
        new(
            "GET",
            "/api/perimeters/changes",
            null,
            ["/api/perimeters/changes?street=home"],
            ["/api/perimeters/changes?street=away"]
        ),
        new("POST", "/api/perimeters/what-if", Planners, ["/api/perimeters/what-if"], []),
        new(
            "GET",
            "/api/perimeters/evidence",
            null,
            [
                "/api/perimeters/evidence?school=OWN-1&venue=OWN-1",
                "/api/perimeters/evidence?school=OWN-1&venue=OWN-1&street=home&format=docx",
            ],
            [
                "/api/perimeters/evidence?school=OWN-1&venue=FOREIGN-1",
                "/api/perimeters/evidence?school=OWN-1&venue=FOREIGN-1&street=away",
            ]
        ),
        new("GET", "/api/ways", null, ["/api/ways"], ["/api/ways?street=away"]),
        // The other street's schools are public ground here: it lies on the same ground.
        new(
            "GET",
            "/api/perimeters/walking",
            null,
            ["/api/perimeters/walking?school=OWN-1&lon=106.55&lat=29.56"],
            []
        ),
        new(
            "GET",
            "/api/perimeters/reach",
            null,
            ["/api/perimeters/reach?school=OWN-1&metres=200"],
            []
        ),
        new(
            "GET",
            "/api/perimeters/rules",
            null,
            ["/api/perimeters/rules"],
            ["/api/perimeters/rules?street=away"]
        ),
        new(
            "GET",
            "/api/perimeters/phase-out",
            null,
            ["/api/perimeters/phase-out"],
            ["/api/perimeters/phase-out?street=away"]
        ),
        new(
            "GET",
            "/api/perimeters/events",
            null,
            ["/api/perimeters/events", "/api/perimeters/events?from=2020-01-01&to=2020-12-31"],
            ["/api/perimeters/events?street=away"]
        ),
        new(
            "GET",
            "/api/hotspots",
            null,
            ["/api/hotspots?street=home", "/api/hotspots?street=home&level=hex&state=all"],
            ["/api/hotspots?street=away", "/api/hotspots?street=away&level=hex&state=all"]
        ),
        new(
            "GET",
            "/api/hotspots/explain",
            null,
            ["/api/hotspots/explain?street=home&cell=A1"],
            ["/api/hotspots/explain?street=away&cell=A1"]
        ),
        new(
            "GET",
            "/api/hotspots/records",
            null,
            [
                "/api/hotspots/records?street=home&cell=A1&state=all",
                "/api/hotspots/records?street=home&cell=B2&state=all",
                "/api/hotspots/records?street=home&cell=h2000:0:0&state=all&level=hex&size=2000",
            ],
            [
                "/api/hotspots/records?street=away&cell=A1&state=all",
                "/api/hotspots/records?street=away&cell=h2000:0:0&state=all&level=hex&size=2000",
            ]
        ),
        new(
            "GET",
            "/api/density",
            null,
            [
                "/api/density",
                "/api/density?level=community",
                "/api/density?from=2026-01-01&state=all",
                "/api/density?level=hex&state=all",
                "/api/density?measure=per_visit&state=all",
                "/api/density?measure=overdue_share",
            ],
            ["/api/density?street=away"]
        ),
        new(
            "GET",
            "/api/clusters",
            null,
            ["/api/clusters", "/api/clusters?street=home&min_points=2"],
            ["/api/clusters?street=away&min_points=2"]
        ),
        new(
            "GET",
            "/api/clusters/members",
            null,
            [],
            ["/api/clusters/members?street=away&min_points=2&cluster=1"]
        ),
        new("GET", "/api/trends", null, [], ["/api/trends?street=away"]),
        new(
            "GET",
            "/api/profiles",
            null,
            ["/api/profiles", "/api/profiles?street=home&state=all"],
            ["/api/profiles?street=away"]
        ),
        new(
            "GET",
            "/api/recurrence",
            null,
            ["/api/recurrence", "/api/recurrence?street=home"],
            ["/api/recurrence?street=away"]
        ),
        new(
            "GET",
            "/api/campaign-effects",
            null,
            [$"/api/campaign-effects?street=home&areas=A1&controls=A2&{Campaign}"],
            [$"/api/campaign-effects?street=away&areas=A1&controls=A2&{Campaign}"]
        ),
        new(
            "GET",
            "/api/key-places",
            null,
            ["/api/key-places", "/api/key-places?street=home"],
            ["/api/key-places?street=away"]
        ),
        new("POST", "/api/key-places", Keepers, ["/api/key-places"], []),
        new("GET", "/api/key-places/{id}", null, [], ["/api/key-places/KEYPLACE"]),
        new(
            "PATCH",
            "/api/key-places/{id}",
            Keepers,
            [$"/api/key-places/{Guid.Empty}"],
            ["/api/key-places/KEYPLACE"]
        ),
        new(
            "DELETE",
            "/api/key-places/{id}",
            Keepers,
            [$"/api/key-places/{Guid.Empty}"],
            ["/api/key-places/KEYPLACE"]
        ),
        new(
            "GET",
            "/api/density/series",
            null,
            [
                "/api/density/series",
                "/api/density/series?mode=open&step=month",
                "/api/density/series?level=hex",
            ],
            ["/api/density/series?street=away"]
        ),
        new(
            "GET",
            "/tiles/{layers}/{z}/{x}/{y}.mvt",
            null,
            [$"/tiles/communities,grids,points,issues,schools,venues/{Tile}"],
            [$"/tiles/communities,grids,points,issues,schools,venues/{Tile}?street=away"]
        ),
        new("GET", "/tiles/{layer}.json", null, ["/tiles/points.json"], []),
        new("GET", "/api/imports", null, ["/api/imports"], ["/api/imports?street=away"]),
        new("GET", "/api/imports/datasets", null, ["/api/imports/datasets"], []),
        new(
            "POST",
            "/api/imports/{dataset}",
            Importers,
            [],
            [
                "/api/imports/points?street=away&crs=wgs84",
                "/api/imports/points?crs=wgs84",
                "/api/imports/streets?street=home",
            ]
        ),
    ];
}
