-- where the street's hexagons begin, and what they have to touch; grids in code order, as everywhere
SELECT f.lon, f.lat, v.level = 'grid' AS is_grid, v.geom
FROM hex_frames f
JOIN area_versions v ON v.street_code = f.street_code AND v.valid_until = 'infinity'
WHERE f.street_code = @street
ORDER BY v.code COLLATE "C";
