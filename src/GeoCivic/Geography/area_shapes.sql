SELECT v.code, v.name, v.parent_code, v.area_m2, ST_AsGeoJSON(v.geom, 7)
FROM area_versions v
WHERE v.street_code = @street AND v.level = @level AND v.valid_until = 'infinity'
ORDER BY v.code COLLATE "C";
