-- The run that stands for the state before the first day, then the last of the last day. Without a run before the first
-- day, the first there is stands for it.
WITH base AS (
    SELECT coalesce(
        (SELECT max(seq) FROM perimeter_runs WHERE street_code = @street AND day < @from),
        (SELECT min(seq) FROM perimeter_runs WHERE street_code = @street AND day <= @to)) AS seq
), until AS (
    SELECT max(seq) AS seq FROM perimeter_runs WHERE street_code = @street AND day <= @to
)
SELECT r.run_id, r.seq, r.made_at, r.day, r.kind, r.tally::text, r.changes::text
FROM (SELECT seq, 1 AS place FROM base UNION ALL SELECT seq, 2 FROM until) b
JOIN perimeter_runs r ON r.street_code = @street AND r.seq = b.seq
ORDER BY b.place;
