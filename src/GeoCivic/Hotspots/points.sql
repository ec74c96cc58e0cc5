-- a line or an area counts where most of it lies, in hexagons by one point on it
SELECT p.street_code, coalesce(p.grid_code, '') AS grid_code, count(*) AS n, false AS covert,
       CASE WHEN @hex THEN ST_X(ST_PointOnSurface(p.geom)) END AS lon, CASE WHEN @hex THEN ST_Y(ST_PointOnSurface(p.geom)) END AS lat
FROM points p
WHERE (@street::text IS NULL OR p.street_code = @street)
GROUP BY 1, 2, 5, 6
