-- The table asked for, or the street's newest; without any, null members.
WITH chosen AS (
    SELECT * FROM responsibility_tables t
    WHERE t.street_code = @street AND (@id::uuid IS NULL OR t.table_id = @id)
    ORDER BY t.imported_at DESC, t.table_id DESC LIMIT 1
)
SELECT json_build_object(
    'id', c.table_id, 'file', c.file_name, 'imported_at', beijing_text(c.imported_at), 'sheet', c.sheet, 'title', c.title,
    'notes', coalesce(to_json(c.notes), '[]'::json),
    'rows', coalesce((
        SELECT json_agg(json_build_object(
            'sheet_row', r.sheet_row, 'outer_code', r.outer_code, 'outer_normalised', r.outer_normalised, 'outer_name', r.outer_name,
            'inner_code', r.inner_code, 'inner_normalised', r.inner_normalised, 'inner_name', r.inner_name,
            'item', r.item, 'item_number', r.item_number, 'requirement', r.requirement, 'methods', r.methods,
            'lead', r.lead, 'cooperating', r.cooperating, 'spatial', r.spatial) ORDER BY r.sheet_row)
        FROM responsibility_rows r WHERE r.street_code = c.street_code AND r.table_id = c.table_id), '[]'::json),
    'findings', coalesce((
        SELECT json_agg(json_build_object('rule', f.rule, 'severity', f.severity, 'sheet_rows', f.sheet_rows, 'value', f.value,
            'zh', f.zh, 'en', f.en) ORDER BY f.finding_no)
        FROM responsibility_findings f WHERE f.street_code = c.street_code AND f.table_id = c.table_id), '[]'::json),
    'tables', coalesce((
        SELECT json_agg(json_build_object('id', t.table_id, 'file', t.file_name, 'imported_at', beijing_text(t.imported_at), 'title', t.title)
            ORDER BY t.imported_at DESC, t.table_id DESC)
        FROM responsibility_tables t WHERE t.street_code = @street), '[]'::json))::text
FROM (SELECT 1) one LEFT JOIN chosen c ON true
WHERE @id::uuid IS NULL OR c.table_id IS NOT NULL;
