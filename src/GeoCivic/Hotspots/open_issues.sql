-- the open ones, or of these the late ones
SELECT i.street_code, coalesce(i.grid_code, '') AS grid_code, count(*) AS n, i.embargoed,
       CASE WHEN @hex THEN ST_X(i.geom) END AS lon, CASE WHEN @hex THEN ST_Y(i.geom) END AS lat
FROM issues i
WHERE i.is_open AND {{Hotspots/fits.sql}}
  AND (@state IN ('all', 'open') OR i.state = @state)
  AND (NOT @overdue OR issue_due(i.street_code, i.id, i.state, i.file_due_at) <= @now)
GROUP BY 1, 2, 4, 5, 6
