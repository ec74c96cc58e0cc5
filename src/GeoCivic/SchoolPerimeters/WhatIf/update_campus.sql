UPDATE schools s
SET geom = @geom, accuracy = @accuracy, datum = @datum, grid_code = p.grid_code, community_code = p.community_code,
    placement = p.placement, snap_distance_m = p.snap_distance_m, updated_at = @now
FROM grid_of(@street, @geom, @on) p
WHERE s.street_code = @street AND s.code = @code;
DELETE FROM school_grids WHERE street_code = @street AND code = @code;
INSERT INTO school_grids (street_code, code, grid_code, measure, share)
SELECT @street, @code, x.grid_code, x.measure, x.share
FROM grid_shares(@street, @geom, @on) x
WHERE ST_Dimension(@geom) > 0;
