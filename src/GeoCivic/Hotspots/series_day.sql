-- several filters at once: by the step in which issues were found; where asked, less those closed, by the step of that.
-- Step 0 is all time before the first.
SELECT c.street_code, c.grid_code, sum(e.n)::bigint AS n, c.embargoed, width_bucket(e.day, @starts::text[]::date[]) AS step
FROM issue_day_counts c
CROSS JOIN LATERAL (VALUES (c.day, c.n), (CASE WHEN @closed THEN c.closed_day END, -c.n)) e (day, n)
WHERE (@street::text IS NULL OR c.street_code = @street)
  AND c.category = ANY (ARRAY(SELECT code COLLATE "C" FROM issue_categories WHERE @category::text IS NULL OR code = @category))
  AND c.day BETWEEN @from AND @to AND e.day <= @to
  AND (@shift::text IS NULL OR c.shift = @shift)
  AND CASE @state WHEN 'all' THEN true WHEN 'open' THEN c.is_open ELSE c.state = @state END
GROUP BY 1, 2, 4, 5
