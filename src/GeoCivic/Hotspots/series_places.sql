-- for hexagons: the same from the issues themselves, where they lie
SELECT i.street_code, coalesce(i.grid_code, '') AS grid_code, sum(e.n)::bigint AS n, i.embargoed,
       width_bucket(e.day, @starts::text[]::date[]) AS step, ST_X(i.geom), ST_Y(i.geom)
FROM issues i
CROSS JOIN LATERAL (VALUES
    (beijing_day(i.found_at), 1),
    (CASE WHEN @closed THEN closing_day(i.found_at, i.closed_at, i.is_open) END, -1)
) e (day, n)
WHERE (@street::text IS NULL OR i.street_code = @street)
  AND (@from_instant::timestamptz IS NULL OR i.found_at >= @from_instant) AND i.found_at < @before_instant AND e.day <= @to
  AND (@category::text IS NULL OR i.category = @category)
  AND (@shift::text IS NULL OR shift_at(i.found_at) = @shift)
  AND CASE @state WHEN 'all' THEN true WHEN 'open' THEN i.is_open ELSE i.state = @state END
GROUP BY 1, 2, 4, 5, i.geom
