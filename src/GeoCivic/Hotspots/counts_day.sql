-- several filters at once: counts by day, from the index alone; no issue row is read
SELECT street_code, grid_code, sum(n)::bigint AS n, embargoed
FROM issue_day_counts
WHERE (@street::text IS NULL OR street_code = @street)
  -- named one by one where all are meant, so that the days bound what is read of each
  AND category = ANY (ARRAY(SELECT code COLLATE "C" FROM issue_categories WHERE @category::text IS NULL OR code = @category))
  AND day BETWEEN @from AND @to
  AND (@shift::text IS NULL OR shift = @shift)
  AND CASE @state WHEN 'all' THEN true WHEN 'open' THEN is_open ELSE state = @state END
GROUP BY 1, 2, 4
