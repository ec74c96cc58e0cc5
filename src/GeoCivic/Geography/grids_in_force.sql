SELECT code, parent_code, geom
FROM area_versions
WHERE street_code = @street AND level = 'grid' AND valid_until = 'infinity'
ORDER BY code COLLATE "C";
