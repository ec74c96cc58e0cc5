json_build_object(
    'type', 'Feature', 'id', r.id, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'id', r.id, 'code', r.code, 'name', r.name, 'category', r.category, 'state', r.state, 'open', r.is_open,
        'found_at', beijing_text(r.found_at),
        'closed_at', beijing_text(r.closed_at),
        'description', r.description, 'point', r.point_code, 'street', r.street_code, 'grid', pl.grid_code,
        'community', pl.community_code, 'placement', pl.placement, 'snap_distance_m', pl.snap_distance_m,
        'covert', r.covert, 'reported_at', beijing_text(r.reported_at), 'entered_same_day', r.entered_same_day,
        'lead_body', r.lead_body,
        'lead_body_name', (SELECT b.name FROM bodies b WHERE b.street_code = r.street_code AND b.code = r.lead_body),
        'due_at', beijing_text(issue_due(r.street_code, r.id, r.state, r.file_due_at)),
        'overdue', coalesce(issue_due(r.street_code, r.id, r.state, r.file_due_at) <= @now, false)))
