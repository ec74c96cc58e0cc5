WHERE (@street::text IS NULL OR p.street_code = @street)
  AND (@code::text IS NULL OR p.code = @code)
  AND (@bbox::geometry IS NULL OR (p.geom && @bbox AND ST_Intersects(p.geom, @bbox)))
  AND (@types::text[] IS NULL OR p.type = ANY (@types))
  AND (@placement::text IS NULL OR coalesce(then_.placement, p.placement) = @placement)
  AND (@community::text IS NULL OR CASE WHEN @at::date IS NULL THEN p.community_code ELSE then_.community_code END = @community)
  AND (@grid::text IS NULL
       OR (@at::date IS NULL AND (p.grid_code = @grid OR EXISTS (
           SELECT FROM point_grids x WHERE x.street_code = p.street_code AND x.code = p.code AND x.grid_code = @grid)))
       OR (@at::date IS NOT NULL AND then_.grid_code = @grid))
  AND (@contains::text IS NULL OR p.name ILIKE @contains OR p.code ILIKE @contains)
