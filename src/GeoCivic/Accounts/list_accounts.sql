WITH held AS (
    SELECT g.account_id, json_agg(json_build_object(
        'id', g.grant_id, 'role', g.role, 'street', g.street_code, 'level', g.level, 'area', g.area_code,
        'areaName', v.name, 'body', g.body_code, 'from', nullif(g.valid_from, '-infinity')) ORDER BY g.role, g.area_code) AS grants
    FROM grants g
    LEFT JOIN area_versions v ON v.street_code = g.street_code AND v.level = g.level AND v.code = g.area_code AND v.valid_until = 'infinity'
    WHERE g.valid_from <= @today AND @today < g.valid_until
      AND (@street::text IS NULL OR g.street_code = @street OR g.street_code IS NULL)
      AND {{Accounts/administered_grant.sql}}
    GROUP BY g.account_id
)
SELECT json_build_object('accounts', coalesce(json_agg(json_build_object(
    'id', a.account_id, 'userName', a.user_name, 'displayName', a.display_name,
    'disabled', a.disabled_at IS NOT NULL, 'grants', h.grants) ORDER BY a.user_name COLLATE "C"), '[]'::json))::text
FROM accounts a
JOIN held h ON h.account_id = a.account_id;
