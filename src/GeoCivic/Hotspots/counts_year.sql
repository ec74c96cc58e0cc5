-- running sums: at the end of the window less those before it; no issue row is read
SELECT street_code, grid_code,
       (CASE WHEN year = @last_year THEN sum_until(@to_day::smallint, days, sums) ELSE sums[cardinality(sums)] END
        - CASE WHEN year = @first_year THEN sum_until(@before_day::smallint, days, sums) ELSE 0 END)::bigint AS n,
       embargoed
FROM issue_year_counts
-- where the rows run over several years, those that begin in every such year from the first on
WHERE (@street::text IS NULL OR street_code = @street) AND slice = @slice
  AND year BETWEEN @first_year AND @last_year AND (year - @first_year) % @span = 0
