json_build_object(
    'type', 'Feature', 'id', i.id, 'geometry', ST_AsGeoJSON(i.geom, 7)::json,
    'properties', json_build_object(
        'id', i.id, 'code', i.code, 'name', i.name, 'category', i.category, 'state', i.state, 'open', i.is_open,
        'found_at', beijing_text(i.found_at),
        'closed_at', beijing_text(i.closed_at),
        'description', i.description, 'point', i.point_code, 'street', i.street_code, 'grid', pl.grid_code,
        'community', pl.community_code, 'placement', pl.placement, 'snap_distance_m', pl.snap_distance_m))
