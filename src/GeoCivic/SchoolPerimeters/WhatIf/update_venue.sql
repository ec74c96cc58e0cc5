UPDATE venues v
SET name = coalesce(@name, v.name), category = coalesce(@category, v.category),
    licensed_from = CASE WHEN 'licensed_from' = ANY (@clear) THEN NULL ELSE coalesce(@licensed_from, v.licensed_from) END,
    licensed_until = CASE WHEN 'licensed_until' = ANY (@clear) THEN NULL ELSE coalesce(@licensed_until, v.licensed_until) END,
    accuracy = CASE WHEN 'accuracy' = ANY (@clear) THEN NULL ELSE coalesce(@accuracy, v.accuracy) END,
    datum = coalesce(@datum, v.datum), geom = coalesce(@geom, v.geom),
    grid_code = CASE WHEN @geom IS NULL THEN v.grid_code ELSE p.grid_code END,
    community_code = CASE WHEN @geom IS NULL THEN v.community_code ELSE p.community_code END,
    placement = CASE WHEN @geom IS NULL THEN v.placement ELSE p.placement END,
    snap_distance_m = CASE WHEN @geom IS NULL THEN v.snap_distance_m ELSE p.snap_distance_m END,
    updated_at = @now
FROM (SELECT) one
LEFT JOIN LATERAL grid_of(@street, @geom, @on) p ON @geom IS NOT NULL
WHERE v.street_code = @street AND v.code = @code;
DELETE FROM venue_grids WHERE @geom IS NOT NULL AND street_code = @street AND code = @code;
INSERT INTO venue_grids (street_code, code, grid_code, measure, share)
SELECT @street, @code, x.grid_code, x.measure, x.share
FROM grid_shares(@street, @geom, @on) x
WHERE @geom IS NOT NULL AND ST_Dimension(@geom) > 0;
