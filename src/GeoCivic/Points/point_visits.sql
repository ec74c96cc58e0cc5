-- The latest visits that the caller may see, and what reviewers wrote since the last one.
SELECT json_build_object(
    'visits', coalesce(json_agg(json_build_object(
        'id', x.id, 'shift', x.shift, 'result', x.result, 'visited_at', beijing_text(x.visited_at), 'worker', x.display_name,
        'outside_geofence', x.outside_geofence, 'distance_m', round(x.distance_m::numeric, 1), 'covert', x.covert, 'note', x.note,
        'bad', x.bad, 'photos', x.photos) ORDER BY x.visited_at DESC, x.id), '[]'::json),
    'comments', (
        SELECT coalesce(json_agg(json_build_object(
            'id', c.comment_id, 'visit', c.visit_id, 'text', c.text, 'made_at', beijing_text(c.made_at), 'by', a.display_name,
            'open', NOT EXISTS (SELECT FROM visits n
                                WHERE n.street_code = v.street_code AND n.point_code = v.point_code AND NOT n.covert AND n.received_at > c.made_at))
            ORDER BY c.made_at DESC, c.comment_id), '[]'::json)
        FROM visits v
        JOIN visit_comments c ON c.street_code = v.street_code AND c.visit_id = v.id
        JOIN accounts a ON a.account_id = c.account_id
        JOIN points r ON r.street_code = v.street_code AND r.code = v.point_code
        WHERE v.street_code = @street AND v.point_code = @code
          AND (NOT v.covert OR point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @covert_scope))))::text
FROM (
    SELECT v.*, a.display_name, o.outside_geofence, o.distance_m,
           (SELECT count(*) FROM visit_answers w WHERE w.street_code = v.street_code AND w.visit_id = v.id AND w.answer = 'bad') AS bad,
           (SELECT count(*) FROM visit_photos w WHERE w.street_code = v.street_code AND w.visit_id = v.id) AS photos
    FROM visits v
    JOIN accounts a ON a.account_id = v.account_id
    JOIN points r ON r.street_code = v.street_code AND r.code = v.point_code
    LEFT JOIN visit_positions o ON o.street_code = v.street_code AND o.visit_id = v.id
    WHERE v.street_code = @street AND v.point_code = @code
      AND (NOT v.covert OR point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @covert_scope))
    ORDER BY v.visited_at DESC, v.id LIMIT 20
) x;
