json_build_object(
    'type', 'Feature', 'id', k.key_place_id, 'geometry', ST_AsGeoJSON(k.geom, 7)::json,
    'properties', json_build_object(
        'id', k.key_place_id, 'street', k.street_code, 'name', k.name, 'category', k.category,
        'issues_this_month', i.this_month, 'issues_last_month', i.last_month,
        'issues_last_month_same_days', i.last_month_same_days, 'open', i.open,
        'last_found', beijing_text(i.last_found), 'last_visit', beijing_text(v.last_visit),
        'watch_days', k.watch_days, 'watch_due', w.due,
        'watch_status', CASE WHEN k.watch_days IS NULL OR k.retired_at IS NOT NULL THEN 'none' WHEN v.day = @today THEN 'done'
                             WHEN w.due < @today THEN 'overdue' WHEN w.due = @today THEN 'today' ELSE 'upcoming' END,
        'note', k.note, 'cluster', k.cluster, 'created_at', beijing_text(k.created_at), 'updated_at', beijing_text(k.updated_at),
        'retired_at', beijing_text(k.retired_at), 'revision', k.revision))
