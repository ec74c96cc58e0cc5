-- one version, or the one in force: the street's latest, else the latest standard
WITH chosen AS (
    SELECT f.* FROM grading_formulas f
    WHERE CASE WHEN @version::int IS NULL THEN f.street_code IN (@street, '*') ELSE f.street_code = @street AND f.version = @version END
    ORDER BY f.street_code = '*', f.version DESC
    LIMIT 1
)
SELECT c.street_code, c.version, c.min_tasks, c.excellent, c.good, c.fair, c.made_at, i.subject, i.indicator, i.weight, i.zero_at, i.full_at
FROM chosen c
JOIN grading_indicators i ON i.street_code = c.street_code AND i.version = c.version
ORDER BY i.subject, i.sort;
