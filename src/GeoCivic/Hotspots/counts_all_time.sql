-- maintained with every write: no issue row is read
SELECT street_code, grid_code, CASE WHEN @open THEN open ELSE total END AS n, embargoed
FROM grid_issue_counts
WHERE @category::text IS NULL AND (@street::text IS NULL OR street_code = @street)
UNION ALL
SELECT street_code, grid_code, CASE WHEN @open THEN open ELSE total END, embargoed
FROM category_issue_counts
WHERE category = @category AND (@street::text IS NULL OR street_code = @street)
