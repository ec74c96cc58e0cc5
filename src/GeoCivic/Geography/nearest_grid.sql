-- The index gives the nearest by degrees; the geodesic distance decides among the closest.
WITH near AS MATERIALIZED (
    SELECT v.street_code, v.code, v.name, v.geom
    FROM area_versions v
    WHERE v.level = 'grid' AND v.valid_from <= @at AND @at < v.valid_until
      AND (@street::text IS NULL OR v.street_code = @street)
      AND in_scope(v.street_code, v.parent_code, v.code, @scope)
    ORDER BY v.geom <-> @place LIMIT 20
)
SELECT street_code, code, name, ST_Distance(geom::geography, @place::geography) AS metres
FROM near ORDER BY metres, code COLLATE "C" LIMIT 1;
