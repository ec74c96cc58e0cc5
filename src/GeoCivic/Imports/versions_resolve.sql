-- A code may stand several times in a file, once for each start.
INSERT INTO refused (line, field, reason, value)
SELECT r.line, 'code', format('the code stands on line %s already with the same start; a start may appear once for a code', r.first_line), r.code
FROM (SELECT s.line, s.code, min(s.line) OVER (PARTITION BY s.code, s.valid_from) AS first_line FROM stage s) r
WHERE r.line <> r.first_line;

-- An area may be named without its level where its code leaves no doubt. Areas once known stay known: a duty may
-- concern a grid that is gone.
INSERT INTO refused (line, field, reason, value)
SELECT s.line, f.field, f.reason, s.area_code
FROM stage s
CROSS JOIN LATERAL (
    SELECT count(*) AS n FROM areas a
    WHERE a.street_code = @street AND a.code = s.area_code AND a.level <> 'street' AND (s.level IS NULL OR a.level = s.level)
) found
CROSS JOIN LATERAL (
    SELECT * FROM (VALUES
        (1, 'area', 'is missing; a community or grid needs its code', s.level IN ('community', 'grid') AND s.area_code IS NULL),
        (2, 'area', 'is not the code of the street', s.level = 'street' AND s.area_code <> @street),
        (3, 'area', 'no community or grid of the street has this code; import the boundaries first',
            s.area_code <> @street AND found.n = 0),
        (4, 'level', 'is needed: a community and a grid have this code', s.level IS NULL AND s.area_code <> @street AND found.n > 1)
    ) v (rank, field, reason, holds)
    WHERE v.holds ORDER BY v.rank LIMIT 1
) f;

UPDATE stage s
SET level = CASE WHEN s.area_code <> @street THEN (
        SELECT a.level FROM areas a
        WHERE a.street_code = @street AND a.code = s.area_code AND a.level <> 'street' AND (s.level IS NULL OR a.level = s.level)
        ORDER BY a.level LIMIT 1) END,
    area_code = nullif(s.area_code, @street)
WHERE s.area_code IS NOT NULL OR s.level IS NOT NULL;
