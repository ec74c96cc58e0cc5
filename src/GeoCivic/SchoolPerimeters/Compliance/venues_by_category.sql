SELECT v.street_code, v.category, c.name, count(*)
FROM venues v
JOIN venue_categories c ON c.code = v.category
WHERE (@street::text IS NULL OR v.street_code = @street)
  AND in_scope(v.street_code, v.community_code, v.grid_code, @scope)
GROUP BY v.street_code, v.category, c.name;
