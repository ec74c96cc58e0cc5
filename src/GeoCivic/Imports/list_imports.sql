SELECT coalesce(json_agg(json_build_object(
    'id', i.import_id, 'street', i.street_code, 'dataset', i.dataset, 'file', i.file_name, 'finished_at', beijing_text(i.finished_at),
    'read', i.rows_read, 'added', i.rows_added, 'changed', i.rows_changed, 'unchanged', i.rows_unchanged, 'refused', i.rows_refused)
    ORDER BY i.finished_at DESC), '[]'::json)::text
FROM (SELECT * FROM imports WHERE (@street::text IS NULL OR street_code = @street)
      AND in_scope(street_code, NULL, NULL, @scope) ORDER BY finished_at DESC LIMIT @limit) i;
