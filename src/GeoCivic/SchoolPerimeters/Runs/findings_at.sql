SELECT school_street, school_code, venue_code, rule, verdict, reason, limit_m, straight_m, gate_m, walking_m, measured_m,
       uncertainty_m, exempt_until
FROM perimeter_findings
WHERE street_code = @street AND first_run <= @run AND (last_run IS NULL OR last_run >= @run);
