-- where record r belongs: as stored, or by the boundaries of another day
LEFT JOIN LATERAL grid_of(r.street_code, r.geom, @at::date) then_ ON @at::date IS NOT NULL
CROSS JOIN LATERAL (SELECT
    CASE WHEN @at::date IS NULL THEN r.grid_code ELSE then_.grid_code END AS grid_code,
    CASE WHEN @at::date IS NULL THEN r.community_code ELSE then_.community_code END AS community_code,
    CASE WHEN @at::date IS NULL THEN r.placement ELSE then_.placement END AS placement,
    CASE WHEN @at::date IS NULL THEN r.snap_distance_m ELSE then_.snap_distance_m END AS snap_distance_m) pl
