UPDATE perimeter_facts f
SET last_run = @run - 1
FROM jsonb_to_recordset(@ended_facts::jsonb) AS e (subject text, street text, code text)
WHERE f.street_code = @street AND f.last_run IS NULL
  AND f.subject = e.subject AND f.subject_street = e.street AND f.subject_code = e.code;

UPDATE perimeter_findings f
SET last_run = @run - 1
FROM jsonb_to_recordset(@ended_findings::jsonb) AS e (school_street text, school text, venue text, rule text)
WHERE f.street_code = @street AND f.last_run IS NULL
  AND f.school_street = e.school_street AND f.school_code = e.school AND f.venue_code = e.venue AND f.rule = e.rule;

INSERT INTO perimeter_facts (street_code, subject, subject_street, subject_code, first_run, name, facts)
SELECT @street, n.subject, n.subject_street, n.subject_code, @run, n.name, n.facts
FROM jsonb_to_recordset(@facts::jsonb) AS n (subject text, subject_street text, subject_code text, name text, facts jsonb);

INSERT INTO perimeter_findings (
    street_code, school_street, school_code, venue_code, rule, first_run, verdict, reason, limit_m, straight_m, gate_m,
    walking_m, measured_m, uncertainty_m, exempt_until)
SELECT @street, n.school_street, n.school_code, n.venue_code, n.rule, @run, f.verdict, f.reason, f.limit_m, f.straight_m, f.gate_m,
       f.walking_m, f.measured_m, f.uncertainty_m, f.exempt_until
FROM jsonb_to_recordset(@findings::jsonb) AS n (school_street text, school_code text, venue_code text, rule text, finding jsonb)
CROSS JOIN LATERAL jsonb_to_record(n.finding) AS f (
    verdict text, reason text, limit_m double precision, straight_m double precision, gate_m double precision,
    walking_m double precision, measured_m double precision, uncertainty_m double precision, exempt_until date);
