WITH mine AS (
    SELECT DISTINCT r.street_code, r.code, r.type, r.added_at
    FROM grants g
    JOIN points r ON (g.street_code IS NULL OR r.street_code = g.street_code)
        AND (g.level IS NULL OR (g.level = 'community' AND r.community_code = g.area_code) OR (g.level = 'grid' AND r.grid_code = g.area_code))
    WHERE g.account_id = @me AND g.role = 'worker' AND g.valid_from <= @today AND @today < g.valid_until
      AND in_scope(r.street_code, r.community_code, r.grid_code, @scope)
      AND @me IN (SELECT w.account_id FROM workers_of(r.street_code, r.code, r.community_code, r.grid_code, @today) w)
), state AS (
    SELECT m.*, (
        SELECT CASE WHEN bool_or(d.status = 'overdue') THEN 'overdue' WHEN bool_or(d.status = 'today') THEN 'today'
                    WHEN bool_or(d.status = 'done') THEN 'done' WHEN bool_or(d.status = 'upcoming') THEN 'upcoming' ELSE 'none' END
        FROM visits_due(m.street_code, m.code, m.type, m.added_at, @today) d) AS status
    FROM mine m
)
SELECT json_build_object(
    'date', @today,
    'total', count(*),
    'overdue', count(*) FILTER (WHERE status = 'overdue'),
    'today', count(*) FILTER (WHERE status = 'today'),
    'done', count(*) FILTER (WHERE status = 'done'),
    'upcoming', count(*) FILTER (WHERE status = 'upcoming'),
    'none', count(*) FILTER (WHERE status = 'none'),
    'comments', (
        -- open until the point is visited again
        SELECT coalesce(json_agg(json_build_object(
            'id', c.comment_id, 'visit', v.id, 'street', v.street_code, 'point', v.point_code, 'point_name', r.name,
            'text', c.text, 'made_at', beijing_text(c.made_at), 'by', a.display_name) ORDER BY c.made_at DESC, c.comment_id), '[]'::json)
        FROM mine m
        JOIN points r ON r.street_code = m.street_code AND r.code = m.code
        JOIN visits v ON v.street_code = m.street_code AND v.point_code = m.code AND NOT v.covert
        JOIN visit_comments c ON c.street_code = v.street_code AND c.visit_id = v.id
        JOIN accounts a ON a.account_id = c.account_id
        WHERE NOT EXISTS (SELECT FROM visits n
                          WHERE n.street_code = v.street_code AND n.point_code = v.point_code AND NOT n.covert AND n.received_at > c.made_at)))::text
FROM state;
