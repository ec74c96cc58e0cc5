-- areas in force by their codes, as far as the caller may see them; a grid's community is its parent
SELECT a.code, a.level, a.parent_code
FROM area_versions a
WHERE a.street_code = @street AND a.level IN ('community', 'grid') AND a.code = ANY (@codes) AND a.valid_until = 'infinity'
  AND in_scope(a.street_code, CASE a.level WHEN 'grid' THEN a.parent_code ELSE a.code END,
               CASE a.level WHEN 'grid' THEN a.code END, @scope)
ORDER BY a.code, a.level
