-- found within the window; the index on (street_code, found_at) bounds what is read
SELECT street_code, coalesce(grid_code, '') AS grid_code, count(*) AS n, embargoed
FROM issues
WHERE (@street::text IS NULL OR street_code = @street)
  AND (@from::timestamptz IS NULL OR found_at >= @from) AND (@to::timestamptz IS NULL OR found_at < @to)
  AND (NOT @open OR is_open)
  AND (@category::text IS NULL OR category = @category)
GROUP BY 1, 2, embargoed
