json_build_object(
    'type', 'Feature', 'id', r.id, 'geometry', ST_AsGeoJSON(r.geom, 7)::json,
    'properties', json_build_object(
        'id', r.id, 'code', r.code, 'name', r.name, 'category', r.category, 'state', r.state, 'open', r.is_open,
        'found_at', beijing_text(r.found_at),
        'closed_at', beijing_text(r.closed_at),
        'description', r.description, 'point', r.point_code, 'street', r.street_code, 'grid', pl.grid_code,
        'community', pl.community_code, 'placement', pl.placement, 'snap_distance_m', pl.snap_distance_m))
