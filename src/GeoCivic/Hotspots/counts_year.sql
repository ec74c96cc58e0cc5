-- running sums by day of the year: at the end of the window less those before it; no issue row is read
SELECT street_code, grid_code,
       (CASE WHEN year = @to_year THEN sum_until(@to_day::smallint, days, sums) ELSE sums[cardinality(sums)] END
        - CASE WHEN year = @from_year THEN sum_until(@before_day::smallint, days, sums) ELSE 0 END)::bigint AS n,
       embargoed
FROM issue_year_counts
WHERE (@street::text IS NULL OR street_code = @street) AND slice = @slice AND year BETWEEN @from_year AND @to_year
