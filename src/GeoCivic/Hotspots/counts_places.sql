-- for hexagons: where the issues lie
SELECT i.street_code, coalesce(i.grid_code, '') AS grid_code, count(*) AS n, i.embargoed, ST_X(i.geom), ST_Y(i.geom)
FROM issues i
WHERE @hex AND {{Hotspots/fits.sql}}
  AND CASE @state WHEN 'all' THEN true WHEN 'open' THEN i.is_open ELSE i.state = @state END
GROUP BY 1, 2, 4, i.geom
