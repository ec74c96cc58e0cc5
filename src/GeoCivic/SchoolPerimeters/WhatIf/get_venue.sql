SELECT json_build_object(
    'type', 'Feature', 'id', v.code, 'geometry', ST_AsGeoJSON(v.geom, 7)::json,
    'properties', json_build_object(
        'code', v.code, 'name', v.name, 'category', v.category, 'licensed_from', v.licensed_from, 'licensed_until', v.licensed_until,
        'street', v.street_code, 'grid', v.grid_code, 'community', v.community_code, 'placement', v.placement,
        'snap_distance_m', v.snap_distance_m, 'accuracy', v.accuracy, 'datum', v.datum, 'revision', v.revision))::text,
    v.revision
FROM venues v
WHERE v.street_code = @street AND v.code = @code AND in_scope(v.street_code, v.community_code, v.grid_code, @scope);
