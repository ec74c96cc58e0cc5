-- Where the areas and points that a plan names lie: kind, code, community, grid; a null kind: not there, or not to be seen.
SELECT 'point_types', t.code, NULL::text, NULL::text, k.code IS NOT NULL
FROM unnest(@point_types) AS t (code) LEFT JOIN point_types k ON k.code = t.code
UNION ALL
SELECT 'communities', c.code, c.code, NULL, a.code IS NOT NULL
FROM unnest(@communities) AS c (code)
LEFT JOIN area_versions a ON a.street_code = @street AND a.level = 'community' AND a.code = c.code AND a.valid_until = 'infinity'
    AND area_visible(a.street_code, a.level, a.code, a.parent_code, @scope)
UNION ALL
SELECT 'grids', g.code, a.parent_code, g.code, a.code IS NOT NULL
FROM unnest(@grids) AS g (code)
LEFT JOIN area_versions a ON a.street_code = @street AND a.level = 'grid' AND a.code = g.code AND a.valid_until = 'infinity'
    AND area_visible(a.street_code, a.level, a.code, a.parent_code, @scope)
UNION ALL
SELECT 'points', q.code, r.community_code, r.grid_code, r.code IS NOT NULL
FROM unnest(@points) AS q (code)
LEFT JOIN points r ON r.street_code = @street AND r.code = q.code
    AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope);
