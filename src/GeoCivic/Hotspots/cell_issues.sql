-- the issues of a question that the caller may see, of a grid or all, newest first, with where they lie
SELECT i.id, ST_X(i.geom), ST_Y(i.geom)
FROM issues i
WHERE {{Hotspots/fits.sql}}
  AND CASE @state WHEN 'all' THEN true WHEN 'open' THEN i.is_open ELSE i.state = @state END
  AND (@grid::text IS NULL OR i.grid_code = @grid)
  AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
ORDER BY i.found_at DESC, i.id DESC;
