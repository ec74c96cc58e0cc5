-- Stands in for the tables: what was recorded by the instant @now, so that every other line of a query stays as it is.
WITH issues AS (
    SELECT i.street_code, i.id, i.code, i.name, i.category, then_.state, s.is_open, i.found_at,
           CASE WHEN NOT s.is_open THEN coalesce(i.closed_at, before.closed_at) END AS closed_at,
           i.description, i.point_code, i.geom, i.placement, i.grid_code, i.community_code, i.snap_distance_m,
           i.covert, i.embargoed, i.reported_by, i.reported_at, i.entered_same_day, i.building, i.floor, i.sub_place, i.file_due_at,
           CASE WHEN later.seq IS NULL THEN i.lead_body ELSE before.body_code END AS lead_body,
           CASE WHEN later.seq IS NULL THEN i.lead_task_no ELSE before.task_no END AS lead_task_no
    FROM public.issues i
    -- the first step after the instant tells the state before it
    LEFT JOIN LATERAL (
        SELECT e.seq, e.from_state FROM issue_events e
        WHERE e.street_code = i.street_code AND e.issue_id = i.id AND e.recorded_at > @now AND e.from_state IS NOT NULL
        ORDER BY e.seq LIMIT 1
    ) later ON true
    -- the last dispatch before it, unless the issue was taken up anew since; when it was closed
    LEFT JOIN LATERAL (
        SELECT CASE WHEN d.seq > coalesce(max(e.seq) FILTER (WHERE e.to_state IN ('filed', 'reopened')), 0) THEN d.body_code END AS body_code,
               CASE WHEN d.seq > coalesce(max(e.seq) FILTER (WHERE e.to_state IN ('filed', 'reopened')), 0) THEN d.task_no END AS task_no,
               max(e.occurred_at) FILTER (WHERE NOT es.is_open) AS closed_at
        FROM issue_events e
        LEFT JOIN issue_states es ON es.code = e.to_state
        LEFT JOIN LATERAL (
            SELECT x.seq, x.body_code, x.task_no FROM issue_events x
            WHERE x.street_code = i.street_code AND x.issue_id = i.id AND x.recorded_at <= @now
              AND x.to_state = 'dispatched' AND x.from_state IN ('filed', 'returned')
            ORDER BY x.seq DESC LIMIT 1
        ) d ON true
        WHERE e.street_code = i.street_code AND e.issue_id = i.id AND e.recorded_at <= @now
        GROUP BY d.seq, d.body_code, d.task_no
    ) before ON true
    -- Files bring states without a history: what was closed after the instant was open at it, and no more is known.
    CROSS JOIN LATERAL (
        SELECT CASE WHEN later.seq IS NOT NULL THEN later.from_state
                    WHEN i.origin = 'import' AND i.closed_at > @now THEN 'open'
                    ELSE i.state END AS state
    ) then_
    JOIN issue_states s ON s.code = then_.state
    WHERE coalesce(i.reported_at, i.found_at) <= @now
), issue_tasks AS (
    SELECT t.street_code, t.issue_id, t.task_no, t.body_code, t.role,
           CASE WHEN t.done_at <= @now THEN 'done'
                WHEN EXISTS (SELECT FROM task_deadlines d
                             WHERE d.street_code = t.street_code AND d.issue_id = t.issue_id AND d.task_no = t.task_no
                               AND d.ended_at <= @now) THEN 'returned'
                WHEN t.replied_at <= @now THEN 'replied'
                ELSE 'open' END AS state
    FROM public.issue_tasks t
    WHERE t.dispatched_at <= @now
)
