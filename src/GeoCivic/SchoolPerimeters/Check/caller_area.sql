-- The caller's grids in force in a street, as one shape.
SELECT ST_Multi(ST_Union(a.geom))
FROM area_versions a
WHERE a.street_code = @street AND a.level = 'grid' AND a.valid_until = 'infinity'
  AND in_scope(a.street_code, a.parent_code, a.code, @scope);
