SELECT coalesce(json_agg(json_build_object(
    'street', nullif(c.street_code, '*'), 'code', c.code, 'version', c.version, 'name', c.name, 'name_en', c.name_en,
    'point_type', c.point_type, 'shift', c.shift,
    'valid_from', CASE WHEN isfinite(c.valid_from) THEN c.valid_from END,
    'items', (
        SELECT coalesce(json_agg(json_build_object(
            'item', i.item, 'text', i.text, 'text_en', i.text_en, 'category', i.category) ORDER BY i.sort), '[]'::json)
        FROM checklist_items i
        WHERE i.street_code = c.street_code AND i.code = c.code AND i.version = c.version)
    ) ORDER BY c.point_type, c.shift NULLS FIRST, c.street_code, c.code, c.version), '[]'::json)::text
FROM (
    SELECT * FROM checklist_for(@street, @type, @shift, @day)
    WHERE @street::text IS NOT NULL AND @type::text IS NOT NULL AND @shift::text IS NOT NULL
    UNION ALL
    SELECT * FROM checklists
    WHERE (@street::text IS NULL OR @type::text IS NULL OR @shift::text IS NULL)
      AND valid_from <= @day AND @day < valid_until
      AND (@type::text IS NULL OR point_type = @type)
      AND (@shift::text IS NULL OR shift IS NULL OR shift = @shift)
      AND (@street::text IS NULL OR street_code IN ('*', @street))
) c
WHERE c.street_code = '*' OR in_street_scope(c.street_code, @scope);
