WHERE (@street::text IS NULL OR r.street_code = @street)
  AND (@code::text IS NULL OR r.code = @code)
  AND (@bbox::geometry IS NULL OR (r.geom && @bbox AND ST_Intersects(r.geom, @bbox)))
  AND (@types::text[] IS NULL OR r.type = ANY (@types))
  AND (@placement::text IS NULL OR pl.placement = @placement)
  AND (@community::text IS NULL OR pl.community_code = @community)
  AND (@grid::text IS NULL
       OR (@at::date IS NULL AND (r.grid_code = @grid OR EXISTS (
           SELECT FROM point_grids x WHERE x.street_code = r.street_code AND x.code = r.code AND x.grid_code = @grid)))
       OR (@at::date IS NOT NULL AND then_.grid_code = @grid))
  -- a line or an area also belongs to whoever holds another grid it runs through
  AND (in_scope(r.street_code, r.community_code, r.grid_code, @scope) OR EXISTS (
      SELECT FROM point_grids x
      WHERE x.street_code = r.street_code AND x.code = r.code AND x.street_code || '/g/' || x.grid_code = ANY (@scope)))
  AND (@contains::text IS NULL OR r.name ILIKE @contains OR r.code ILIKE @contains)
  AND (@assignee::uuid IS NULL
       OR @assignee IN (SELECT w.account_id FROM workers_of(r.street_code, r.code, r.community_code, r.grid_code, @today) w))
