-- Rows that the locator in memory did not decide: lines, areas, and points outside all grids.
UPDATE stage s
SET (grid_code, community_code, placement, snap_distance_m) =
    (SELECT p.grid_code, p.community_code, p.placement, p.snap_distance_m FROM grid_of(@street, s.geom, @today) p)
WHERE s.placement IS NULL;
