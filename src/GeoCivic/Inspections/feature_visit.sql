json_build_object(
    'type', 'Feature', 'id', v.id, 'geometry', ST_AsGeoJSON(o.geom, 7)::json,
    'properties', json_build_object(
        'id', v.id, 'street', v.street_code, 'point', v.point_code, 'point_name', r.name, 'point_type', r.type,
        'grid', r.grid_code, 'community', r.community_code,
        'worker', (SELECT a.display_name FROM accounts a WHERE a.account_id = v.account_id),
        'mine', v.account_id = @me,
        'shift', v.shift, 'result', v.result, 'note', v.note, 'covert', v.covert,
        'started_at', beijing_text(v.started_at),
        'received_at', beijing_text(v.received_at),
        'visited_at', beijing_text(v.visited_at),
        'clock_ahead', v.started_at > v.received_at + INTERVAL '10 minutes',
        'accuracy_m', o.accuracy_m,
        'distance_m', round(o.distance_m::numeric, 1),
        'geofence_m', o.geofence_m,
        'outside_geofence', o.outside_geofence,
        'checklist', CASE WHEN v.checklist_code IS NOT NULL THEN (
            SELECT json_build_object('code', c.code, 'version', c.version, 'name', c.name, 'name_en', c.name_en)
            FROM checklists c
            WHERE (c.street_code, c.code, c.version) = (v.checklist_street, v.checklist_code, v.checklist_version)) END,
        'answers', (
            SELECT coalesce(json_agg(json_build_object(
                'item', i.item, 'text', i.text, 'text_en', i.text_en, 'category', i.category, 'answer', w.answer, 'note', w.note) ORDER BY i.sort), '[]'::json)
            FROM visit_answers w
            JOIN checklist_items i ON (i.street_code, i.code, i.version, i.item) = (v.checklist_street, v.checklist_code, v.checklist_version, w.item)
            WHERE w.street_code = v.street_code AND w.visit_id = v.id),
        'photos', (
            SELECT coalesce(json_agg(json_build_object(
                'sha256', p.sha256, 'kind', x.kind, 'media_type', p.media_type, 'orientation', p.orientation, 'width', p.width, 'height', p.height,
                'taken_at', beijing_text(p.taken_at),
                -- how far from the point the camera claims to have been; more than 200 m is worth a question
                'taken_distance_m', round(d.metres::numeric, 1), 'taken_far', coalesce(d.metres > 200, false)) ORDER BY x.kind, p.sha256), '[]'::json)
            FROM visit_photos x
            JOIN photos p ON p.sha256 = x.sha256
            LEFT JOIN photo_places l ON l.sha256 = p.sha256
            CROSS JOIN LATERAL (SELECT ST_Distance(r.geom::geography, l.geom::geography) AS metres) d
            WHERE x.street_code = v.street_code AND x.visit_id = v.id),
        'comments', (
            SELECT coalesce(json_agg(json_build_object(
                'id', c.comment_id, 'text', c.text, 'made_at', beijing_text(c.made_at), 'by', a.display_name) ORDER BY c.made_at, c.comment_id), '[]'::json)
            FROM visit_comments c
            JOIN accounts a ON a.account_id = c.account_id
            WHERE c.street_code = v.street_code AND c.visit_id = v.id)))
