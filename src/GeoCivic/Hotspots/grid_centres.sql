-- one point in each grid that stands for it: the centroid, or where that lies outside, one on its surface
SELECT g.street_code, g.code, ST_X(c.geom), ST_Y(c.geom)
FROM area_versions g
CROSS JOIN LATERAL (
    SELECT CASE WHEN ST_Intersects(g.geom, ST_Centroid(g.geom)) THEN ST_Centroid(g.geom) ELSE ST_PointOnSurface(g.geom) END AS geom
) c
WHERE g.street_code = ANY (@streets) AND g.level = 'grid' AND g.valid_until = 'infinity';
