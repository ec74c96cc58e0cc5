-- general rules, and those of the street asked for, or of all the caller's
SELECT json_build_object('rules', coalesce(json_agg(json_build_object(
    'street', nullif(street_code, '*'), 'category', nullif(category, '*'), 'stage', stage, 'unit', unit, 'amount', amount)
    ORDER BY street_code = '*' DESC, street_code, category = '*' DESC, category, array_position(ARRAY['file', 'reply', 'rectify'], stage)), '[]'::json))::text
FROM clock_rules
WHERE street_code = '*' OR ((@street::text IS NULL OR street_code = @street) AND in_street_scope(street_code, @scope));
