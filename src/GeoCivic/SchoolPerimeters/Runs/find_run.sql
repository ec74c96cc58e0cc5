SELECT run_id, seq, made_at, day, kind, tally::text, changes::text
FROM perimeter_runs
WHERE street_code = @street
  AND (@run::uuid IS NULL OR run_id = @run)
  AND (@night::date IS NULL OR (kind = 'nightly' AND day = @night));
