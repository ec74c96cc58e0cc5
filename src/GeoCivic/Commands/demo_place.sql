-- Where a demo story plays: on the point's geometry, within the area of who reports it, and what is there is called.
SELECT ST_X(at.geom), ST_Y(at.geom), p.name || ' ' || c.name
FROM points p
LEFT JOIN area_versions a ON a.street_code = p.street_code AND a.level = @level AND a.code = @area AND a.valid_until = 'infinity'
CROSS JOIN LATERAL (
    SELECT ST_PointOnSurface(CASE WHEN @level::text IS NULL THEN p.geom ELSE ST_Intersection(p.geom, a.geom) END) AS geom
) at
JOIN issue_categories c ON c.code = @category
WHERE p.street_code = @street AND p.code = @point AND NOT ST_IsEmpty(at.geom);
