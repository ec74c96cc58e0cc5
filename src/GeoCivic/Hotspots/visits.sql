-- visits to points, less those that met a locked door
SELECT v.street_code, coalesce(p.grid_code, '') AS grid_code, count(*) AS n, v.covert,
       CASE WHEN @hex THEN ST_X(ST_PointOnSurface(p.geom)) END AS lon, CASE WHEN @hex THEN ST_Y(ST_PointOnSurface(p.geom)) END AS lat
FROM visits v
JOIN points p ON p.street_code = v.street_code AND p.code = v.point_code
WHERE v.result <> 'unreachable' AND (@street::text IS NULL OR v.street_code = @street)
  AND (@from::timestamptz IS NULL OR v.visited_at >= @from) AND (@before::timestamptz IS NULL OR v.visited_at < @before)
  AND (@shift::text IS NULL OR v.shift = @shift)
GROUP BY 1, 2, 4, 5, 6
