-- A school with its gates. Schools are public ground: one is shown to whoever holds the street, the community or the grid
-- of it, and to whoever holds an area within 0.005 degree (over 400 m), so that both sides of a border see it.
SELECT s.street_code, s.code, s.geom, g.codes, g.lons, g.lats, accuracy_m(s.accuracy)
FROM schools s
CROSS JOIN LATERAL (
    SELECT array_agg(g.code ORDER BY g.code COLLATE "C") AS codes,
           array_agg(ST_X(g.geom) ORDER BY g.code COLLATE "C") AS lons,
           array_agg(ST_Y(g.geom) ORDER BY g.code COLLATE "C") AS lats
    FROM gates g
    WHERE g.street_code = s.street_code AND g.school_code = s.code
) g
WHERE s.code = @school
  AND (@street::text IS NULL OR s.street_code = @street)
  AND (in_scope(s.street_code, s.community_code, s.grid_code, @scope) OR EXISTS (
      SELECT FROM area_versions a
      WHERE a.valid_until = 'infinity' AND a.geom && ST_Expand(s.geom, 0.005) AND ST_DWithin(a.geom, s.geom, 0.005)
        AND CASE a.level WHEN 'street' THEN in_scope(a.street_code, NULL, NULL, @scope)
                         WHEN 'community' THEN in_scope(a.street_code, a.code, NULL, @scope)
                         ELSE in_scope(a.street_code, a.parent_code, a.code, @scope) END))
ORDER BY in_scope(s.street_code, s.community_code, s.grid_code, @scope) DESC, s.street_code COLLATE "C"
LIMIT 1;
