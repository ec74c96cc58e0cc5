-- Records already there with the same code (same dataset) or the same distinctive name (any dataset of places),
-- each by its first vertex, as the sample is.
WITH given AS (
    SELECT n::int - 1 AS row, code, name
    FROM unnest(@codes, @names) WITH ORDINALITY AS g (code, name, n)
), known AS (
    SELECT 'points' AS dataset, code, name, geom FROM points
    WHERE street_code = @street AND (code = ANY (@codes) OR name = ANY (@names))
    UNION ALL SELECT 'schools', code, name, geom FROM schools
    WHERE street_code = @street AND (code = ANY (@codes) OR name = ANY (@names))
    UNION ALL SELECT 'venues', code, name, geom FROM venues
    WHERE street_code = @street AND (code = ANY (@codes) OR name = ANY (@names))
    UNION ALL SELECT 'issues', code, NULL, geom FROM issues
    WHERE street_code = @street AND code = ANY (@codes)
), matched AS (
    SELECT g.row, k.geom, 0 AS rank FROM given g JOIN known k ON k.code = g.code AND k.dataset = @dataset
    UNION ALL
    SELECT g.row, k.geom, 1 FROM given g JOIN known k ON k.name = g.name WHERE length(g.name) >= 4
)
SELECT DISTINCT ON (m.row) m.row, ST_X(v.geom), ST_Y(v.geom)
FROM matched m
CROSS JOIN LATERAL (SELECT d.geom FROM ST_DumpPoints(m.geom) d LIMIT 1) v
ORDER BY m.row, m.rank;
