-- Two venues of one street and category that look like one: within a metre of each other, or within 50 m and of the same
-- name but for spaces and the case of letters. Two shops may share a door, so this is a question to people, not an error.
SELECT a.street_code, a.code, b.code, round(ST_Distance(a.geom::geography, b.geom::geography)::numeric, 3)::double precision AS metres
FROM venues a
JOIN venues b ON b.street_code = a.street_code AND b.category = a.category AND b.code COLLATE "C" > a.code COLLATE "C"
    AND b.geom && ST_Expand(a.geom, 0.00045 / greatest(0.02, cos(radians(ST_YMax(a.geom)))), 0.00046)
WHERE (@street::text IS NULL OR a.street_code = @street)
  AND in_scope(a.street_code, a.community_code, a.grid_code, @scope)
  AND in_scope(b.street_code, b.community_code, b.grid_code, @scope)
  AND ST_DWithin(
      a.geom::geography, b.geom::geography,
      CASE WHEN lower(replace(a.name, ' ', '')) = lower(replace(b.name, ' ', '')) THEN 50 ELSE 1 END)
ORDER BY a.street_code COLLATE "C", a.code COLLATE "C", b.code COLLATE "C"
LIMIT 1000;
