SELECT json_build_object(
    'type', 'Feature', 'id', b.code, 'geometry', ST_AsGeoJSON(b.geom, 6)::json,
    'properties', json_build_object('code', b.code, 'name', b.name, 'kind', b.kind, 'street', b.street_code))::text
FROM base_features b
WHERE (@street::text IS NULL OR b.street_code = @street)
  AND (@bbox::geometry IS NULL OR b.geom && @bbox)
  AND in_street_scope(b.street_code, @scope)
ORDER BY b.street_code COLLATE "C", b.code COLLATE "C";
