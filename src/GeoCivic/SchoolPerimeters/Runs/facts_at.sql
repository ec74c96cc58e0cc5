SELECT subject, subject_street, subject_code, name, facts::text
FROM perimeter_facts
WHERE street_code = @street AND first_run <= @run AND (last_run IS NULL OR last_run >= @run);
