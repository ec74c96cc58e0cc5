SELECT street_code, areas_revision FROM streets
WHERE @street::text IS NULL OR street_code = @street
ORDER BY street_code COLLATE "C";
