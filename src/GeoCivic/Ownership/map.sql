-- Grids in force on a day, each with the body that leads there.
SELECT json_build_object(
    'type', 'Feature', 'id', g.code, 'geometry', ST_AsGeoJSON(g.geom, 7)::json,
    'properties', json_build_object(
        'code', g.code, 'name', g.name, 'community', g.parent_code, 'street', g.street_code,
        'lead', d.body_code, 'lead_name', b.name, 'leader_role', d.leader_role, 'tie', coalesce(d.tie, false),
        'duty', d.duty_code, 'level', d.level))::text
FROM area_versions g
LEFT JOIN LATERAL duties_at(g.street_code, g.parent_code, g.code, @category, @day) d ON d.role = 'lead' AND d.rank = 1
LEFT JOIN bodies b ON b.street_code = g.street_code AND b.code = d.body_code
WHERE g.street_code = @street AND g.level = 'grid' AND g.valid_from <= @day AND @day < g.valid_until
  AND in_scope(g.street_code, g.parent_code, g.code, @scope)
ORDER BY g.code COLLATE "C";
