UPDATE {{table}} r
SET grid_code = p.grid_code, community_code = p.community_code, placement = p.placement, snap_distance_m = p.snap_distance_m,
    updated_at = now()
FROM placed_{{table}} p
WHERE r.street_code = @street AND r.{{key}} = p.key
  AND (r.grid_code, r.community_code, r.placement, r.snap_distance_m)
      IS DISTINCT FROM (p.grid_code, p.community_code, p.placement, p.snap_distance_m);
