SELECT count(*) AS examined,
       count(*) FILTER (WHERE r.grid_code IS NOT NULL AND p.grid_code IS NOT NULL AND r.grid_code <> p.grid_code) AS changed_grid,
       count(*) FILTER (WHERE r.grid_code IS NULL AND p.grid_code IS NOT NULL) AS newly_placed,
       count(*) FILTER (WHERE r.grid_code IS NOT NULL AND p.grid_code IS NULL) AS became_orphan,
       count(*) FILTER (WHERE r.community_code IS NOT NULL AND p.community_code IS NOT NULL AND r.community_code <> p.community_code) AS changed_community
FROM placed_{{table}} p
JOIN {{table}} r ON r.street_code = @street AND r.{{key}} = p.key;
