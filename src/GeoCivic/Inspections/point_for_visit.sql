SELECT r.street_code, r.type, r.community_code,
       array_remove(array_prepend(r.grid_code, ARRAY(
           SELECT x.grid_code FROM point_grids x WHERE x.street_code = r.street_code AND x.code = r.code)), NULL)
FROM points r
WHERE r.code = @point AND (@street::text IS NULL OR r.street_code = @street)
  AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope)
LIMIT 2;
