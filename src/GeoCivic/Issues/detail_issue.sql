json_build_object(
    'revision', r.revision, 'origin', r.origin, 'clock_ahead', r.clock_ahead, 'accuracy_m', r.accuracy_m,
    'building', r.building, 'floor', r.floor, 'sub_place', r.sub_place, 'merged_into', r.merged_into,
    'reported_by_name', (SELECT a.display_name FROM accounts a WHERE a.account_id = r.reported_by),
    'mine', r.reported_by IS NOT DISTINCT FROM @caller,
    'file_due_at', beijing_text(r.file_due_at),
    'file_due_explanation', CASE WHEN r.file_due_zh IS NOT NULL THEN json_build_object('zh', r.file_due_zh, 'en', r.file_due_en) END,
    'tasks', coalesce((
        SELECT json_agg(json_build_object(
            'no', t.task_no, 'body', t.body_code, 'body_name', b.name, 'role', t.role, 'state', t.state,
            'stage', t.stage, 'dispatched_at', beijing_text(t.dispatched_at), 'due_at', beijing_text(t.due_at),
            'due_unit', t.due_unit, 'due_amount', t.due_amount,
            'overdue', coalesce(t.state IN ('open', 'replied') AND t.due_at <= @now, false),
            'due_explanation', CASE WHEN t.due_at IS NOT NULL THEN json_build_object('zh', t.due_explanation_zh, 'en', t.due_explanation_en) END,
            -- the limit stands as it was computed; the calendar has been changed since
            'calendar_changed', t.calendar_revision <> (SELECT sum(y.revision) FROM calendar_years y),
            'paused', t.paused_at IS NOT NULL, 'paused_at', beijing_text(t.paused_at),
            'remaining_seconds', t.remaining_seconds,
            'replied_at', beijing_text(t.replied_at), 'done_at', beijing_text(t.done_at),
            'mine', t.body_code = ANY (@bodies)) ORDER BY t.task_no)
        FROM issue_tasks t
        JOIN bodies b ON b.street_code = t.street_code AND b.code = t.body_code
        WHERE t.street_code = r.street_code AND t.issue_id = r.id), '[]'::json),
    'events', coalesce((
        SELECT json_agg(json_build_object(
            'seq', e.seq, 'kind', e.kind, 'recorded_at', beijing_text(e.recorded_at), 'occurred_at', beijing_text(e.occurred_at),
            'actor', a.display_name, 'role', e.role, 'from', e.from_state, 'to', e.to_state, 'note', e.note,
            'body', e.body_code, 'task', e.task_no, 'days', e.days, 'merged_into', e.merged_into,
            'photos', ARRAY(SELECT p.sha256 FROM issue_photos p
                            WHERE p.street_code = e.street_code AND p.issue_id = e.issue_id AND p.event_seq = e.seq ORDER BY p.kind, p.sha256)
            ) ORDER BY e.seq)
        FROM issue_events e
        JOIN accounts a ON a.account_id = e.account_id
        WHERE e.street_code = r.street_code AND e.issue_id = r.id), '[]'::json),
    'photos', coalesce((
        SELECT json_agg(json_build_object(
            'sha256', p.sha256, 'kind', p.kind, 'orientation', f.orientation, 'width', f.width, 'height', f.height)
            ORDER BY p.event_seq, p.kind, p.sha256)
        FROM issue_photos p
        JOIN photos f ON f.sha256 = p.sha256
        WHERE p.street_code = r.street_code AND p.issue_id = r.id), '[]'::json),
    -- what waits for a word is seen by those who can give it, and by auditors
    'letters', coalesce((
        SELECT json_agg(json_build_object(
            'id', l.letter_id, 'kind', l.kind, 'number', l.number, 'state', l.state, 'level', l.level, 'body', l.body_code,
            'task', l.task_no, 'issued_at', beijing_text(l.issued_at)) ORDER BY l.drafted_at, l.letter_id)
        FROM letters l
        WHERE l.street_code = r.street_code AND l.issue_id = r.id
          AND (l.state <> 'draft' OR in_scope(r.street_code, r.community_code, r.grid_code, @covert_scope))), '[]'::json))
