-- running sums as they are stored; no issue row is read
SELECT street_code, grid_code, embargoed, slice = 'closed' AS closed, year, days, sums
FROM issue_year_counts
WHERE (@street::text IS NULL OR street_code = @street) AND slice = ANY (@slices)
  AND year BETWEEN @first_year AND @last_year AND (year - @first_year) % @span = 0
