-- counts: one row per street and grid with n; '' or null stands for orphans
WITH counts AS (
    {{counts}}
), area_counts AS (
    SELECT g.street_code, CASE @level WHEN 'grid' THEN g.code ELSE g.parent_code END AS code, sum(c.n) AS n
    FROM counts c
    JOIN area_versions g ON g.street_code = c.street_code AND g.level = 'grid' AND g.code = c.grid_code AND g.valid_until = 'infinity'
    GROUP BY 1, 2
)
SELECT json_build_object(
    'type', 'Feature', 'id', v.code, 'geometry', CASE WHEN @shapes THEN ST_AsGeoJSON(v.geom, 7)::json END,
    'properties', json_build_object(
        'code', v.code, 'name', v.name, 'level', v.level, 'parent', v.parent_code, 'street', v.street_code,
        'count', coalesce(a.n, 0), 'value', x.value, 'area_m2', round(v.area_m2::numeric, 1)))::text,
    x.value::double precision, coalesce(a.n, 0)::bigint
FROM area_versions v
LEFT JOIN area_counts a ON a.street_code = v.street_code AND a.code = v.code
CROSS JOIN LATERAL (
    SELECT CASE @measure WHEN 'count' THEN coalesce(a.n, 0)::numeric
                         ELSE round((coalesce(a.n, 0) / (v.area_m2 / 1e6))::numeric, 3) END AS value
) x
WHERE v.level = @level AND v.valid_until = 'infinity' AND (@street::text IS NULL OR v.street_code = @street)
ORDER BY v.street_code COLLATE "C", v.code COLLATE "C";
