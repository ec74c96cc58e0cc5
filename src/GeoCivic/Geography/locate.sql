-- Where a place belongs on a day, among the streets asked for: inside before snapped, then the street with the lowest code.
SELECT s.street_code, s.name, v.community_code, c.name, v.grid_code, g.name, v.placement, v.snap_distance_m
FROM streets s
CROSS JOIN LATERAL grid_of(s.street_code, @place, @at) v
JOIN area_versions g ON g.street_code = s.street_code AND g.level = 'grid' AND g.code = v.grid_code
    AND g.valid_from <= @at AND @at < g.valid_until
LEFT JOIN area_versions c ON c.street_code = s.street_code AND c.level = 'community' AND c.code = v.community_code
    AND c.valid_from <= @at AND @at < c.valid_until
WHERE (@street::text IS NULL OR s.street_code = @street)
  AND in_scope(s.street_code, v.community_code, v.grid_code, @scope)
ORDER BY v.placement, s.street_code COLLATE "C"
LIMIT 1;
