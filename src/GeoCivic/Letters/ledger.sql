-- a row an issue; the columns are those of LedgerColumn, in its order
SELECT r.code, c.name, s.name, r.is_open, r.found_at, ca.name, ga.name, p.name, r.name, r.description, r.closed_at,
       st.name, r.category, r.state, pl.community_code, pl.grid_code, r.point_code, r.id::text,
       @link_base || r.id::text, ST_X(r.geom), ST_Y(r.geom)
FROM issues r
{{Geography/place_on_day.sql}}
JOIN streets st ON st.street_code = r.street_code
JOIN issue_categories c ON c.code = r.category
JOIN issue_states s ON s.code = r.state
LEFT JOIN points p ON p.street_code = r.street_code AND p.code = r.point_code
-- names of the areas on the day whose boundaries count
LEFT JOIN area_versions ca ON ca.street_code = r.street_code AND ca.level = 'community' AND ca.code = pl.community_code
    AND CASE WHEN @at::date IS NULL THEN ca.valid_until = 'infinity' ELSE ca.valid_from <= @at AND @at < ca.valid_until END
LEFT JOIN area_versions ga ON ga.street_code = r.street_code AND ga.level = 'grid' AND ga.code = pl.grid_code
    AND CASE WHEN @at::date IS NULL THEN ga.valid_until = 'infinity' ELSE ga.valid_from <= @at AND @at < ga.valid_until END
{{Issues/where_issues.sql}}
ORDER BY r.found_at DESC, r.id DESC;
