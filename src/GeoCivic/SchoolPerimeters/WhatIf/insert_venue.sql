INSERT INTO venues (
    street_code, code, name, category, licensed_from, licensed_until, accuracy, datum, geom, grid_code, community_code, placement,
    snap_distance_m, updated_at)
SELECT @street, @code, @name, @category, @licensed_from, @licensed_until, @accuracy, @datum, @geom, p.grid_code, p.community_code,
       p.placement, p.snap_distance_m, @now
FROM grid_of(@street, @geom, @on) p;
INSERT INTO venue_grids (street_code, code, grid_code, measure, share)
SELECT @street, @code, x.grid_code, x.measure, x.share
FROM grid_shares(@street, @geom, @on) x
WHERE ST_Dimension(@geom) > 0;
