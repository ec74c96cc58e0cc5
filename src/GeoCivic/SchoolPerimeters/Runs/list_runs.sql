SELECT run_id, seq, made_at, day, kind, tally::text, changes::text
FROM perimeter_runs
WHERE street_code = @street
ORDER BY seq DESC
LIMIT 1000;
