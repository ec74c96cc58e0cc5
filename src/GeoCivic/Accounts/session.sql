WITH held AS (
    SELECT role, nullif(street, '') AS street, nullif(level, '') AS level, nullif(area, '') AS area, nullif(body, '') AS body, n
    FROM unnest(@roles, @streets, @levels, @areas, @bodies) WITH ORDINALITY AS g (role, street, level, area, body, n)
)
SELECT json_build_object(
    'accountId', @account, 'userName', @user_name, 'displayName', @display_name,
    'roles', coalesce((
        SELECT json_agg(json_build_object(
            'role', h.role, 'street', h.street, 'streetName', s.name, 'level', h.level, 'area', h.area,
            'areaName', v.name, 'body', h.body) ORDER BY h.n)
        FROM held h
        LEFT JOIN streets s ON s.street_code = h.street
        LEFT JOIN area_versions v ON v.street_code = h.street AND v.level = h.level AND v.code = h.area AND v.valid_until = 'infinity'), '[]'::json),
    'areas', coalesce((SELECT json_agg(DISTINCT coalesce(h.area, h.street, '*')) FROM held h), '[]'::json))::text;
