UPDATE issues r
SET category = coalesce(@category, r.category), name = coalesce(@name, r.name),
    description = coalesce(@description, r.description), geom = coalesce(@place, r.geom),
    grid_code = CASE WHEN @place IS NULL THEN r.grid_code ELSE v.grid_code END,
    community_code = CASE WHEN @place IS NULL THEN r.community_code ELSE v.community_code END,
    placement = CASE WHEN @place IS NULL THEN r.placement ELSE v.placement END,
    snap_distance_m = CASE WHEN @place IS NULL THEN r.snap_distance_m ELSE v.snap_distance_m END,
    building = coalesce(@building, r.building), floor = coalesce(@floor, r.floor),
    sub_place = coalesce(@sub_place, r.sub_place), revision = r.revision + 1, updated_at = @now
FROM (SELECT) one
LEFT JOIN LATERAL grid_of(@street, @place, @on) v ON @place IS NOT NULL
WHERE r.street_code = @street AND r.id = @issue;
