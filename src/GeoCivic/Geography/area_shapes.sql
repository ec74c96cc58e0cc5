SELECT v.code, v.name, v.parent_code, v.area_m2, ST_AsGeoJSON(v.geom, 7), ST_X(c.geom), ST_Y(c.geom)
FROM area_versions v
CROSS JOIN LATERAL (SELECT ST_Centroid(v.geom) AS geom) c
WHERE v.street_code = @street AND v.level = @level AND v.valid_until = 'infinity'
ORDER BY v.code COLLATE "C";
