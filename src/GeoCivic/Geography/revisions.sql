SELECT street_code, areas_revision FROM streets
WHERE (@street::text IS NULL OR street_code = @street) AND in_street_scope(street_code, @scope)
ORDER BY street_code COLLATE "C";
