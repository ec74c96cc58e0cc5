-- a row an issue; the columns are those of LedgerColumn, in its order
SELECT r.code, c.name, s.name, r.is_open,
       coalesce(issue_due(r.street_code, r.id, r.state, r.file_due_at) <= @now, false),
       r.found_at, r.reported_at, r.entered_same_day, ca.name, ga.name,
       nullif(concat_ws(' ', r.building, r.floor || '层', sp.name), ''), p.name, r.name, r.description,
       lb.name, others.names, happened.dispatched_at,
       issue_due(r.street_code, r.id, r.state, r.file_due_at),
       happened.replied_at, happened.rectified_at, happened.verified_at, r.closed_at,
       sent.notices, sent.replies, sent.reminders, r.covert,
       st.name, r.street_code, r.category, r.state, pl.community_code, pl.grid_code, r.point_code, r.lead_body, r.id::text,
       @link_base || r.id::text, ST_X(r.geom), ST_Y(r.geom)
FROM issues r
{{Geography/place_on_day.sql}}
JOIN streets st ON st.street_code = r.street_code
JOIN issue_categories c ON c.code = r.category
JOIN issue_states s ON s.code = r.state
LEFT JOIN points p ON p.street_code = r.street_code AND p.code = r.point_code
LEFT JOIN sub_places sp ON sp.code = r.sub_place
LEFT JOIN bodies lb ON lb.street_code = r.street_code AND lb.code = r.lead_body
-- names of the areas on the day whose boundaries count
LEFT JOIN area_versions ca ON ca.street_code = r.street_code AND ca.level = 'community' AND ca.code = pl.community_code
    AND CASE WHEN @at::date IS NULL THEN ca.valid_until = 'infinity' ELSE ca.valid_from <= @at AND @at < ca.valid_until END
LEFT JOIN area_versions ga ON ga.street_code = r.street_code AND ga.level = 'grid' AND ga.code = pl.grid_code
    AND CASE WHEN @at::date IS NULL THEN ga.valid_until = 'infinity' ELSE ga.valid_from <= @at AND @at < ga.valid_until END
-- the bodies that cooperate in the dispatch that runs
LEFT JOIN LATERAL (
    SELECT string_agg(ob.name, '、' ORDER BY t.task_no) AS names
    FROM issue_tasks t JOIN bodies ob ON ob.street_code = t.street_code AND ob.code = t.body_code
    WHERE t.street_code = r.street_code AND t.issue_id = r.id AND t.role = 'cooperating' AND t.task_no > r.lead_task_no
) others ON r.lead_task_no IS NOT NULL
-- the last step of each kind
LEFT JOIN LATERAL (
    SELECT max(e.occurred_at) FILTER (WHERE e.to_state = 'dispatched') AS dispatched_at,
           max(e.occurred_at) FILTER (WHERE e.to_state = 'replied') AS replied_at,
           max(e.occurred_at) FILTER (WHERE e.to_state = 'rectified') AS rectified_at,
           max(e.occurred_at) FILTER (WHERE e.to_state = 'verified') AS verified_at
    FROM issue_events e
    WHERE e.street_code = r.street_code AND e.issue_id = r.id AND e.recorded_at <= @now
) happened ON true
-- numbers of the letters that had gone out
LEFT JOIN LATERAL (
    SELECT string_agg(l.number, '、' ORDER BY l.seq) FILTER (WHERE l.kind = 'notice') AS notices,
           string_agg(l.number, '、' ORDER BY l.seq) FILTER (WHERE l.kind = 'reply') AS replies,
           string_agg(l.number, '、' ORDER BY l.seq) FILTER (WHERE l.kind = 'reminder') AS reminders
    FROM letters l
    WHERE l.street_code = r.street_code AND l.issue_id = r.id AND l.issued_at <= @now
      AND (l.voided_at IS NULL OR l.voided_at > @now)
) sent ON true
{{Issues/where_issues.sql}}
ORDER BY r.found_at DESC, r.id DESC;
