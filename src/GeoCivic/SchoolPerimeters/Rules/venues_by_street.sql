SELECT s.street_code, v.category, c.name, count(*)
FROM streets s
LEFT JOIN venues v ON v.street_code = s.street_code AND in_scope(v.street_code, v.community_code, v.grid_code, @scope)
LEFT JOIN venue_categories c ON c.code = v.category
WHERE in_street_scope(s.street_code, @scope) AND (@street::text IS NULL OR s.street_code = @street)
GROUP BY s.street_code, v.category, c.name, c.sort
ORDER BY s.street_code COLLATE "C", c.sort, v.category COLLATE "C";
