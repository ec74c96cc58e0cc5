-- Tasks dispatched in the period, kept or not as Letters/kept_tasks.sql says, with the same question for each limit; and
-- those whose reply was missed in it or the period before: its limit ended there (24:00 of the last day included) unmet.
SELECT t.issue_id, t.body_code, b.name, r.code, coalesce(nullif(r.description, ''), r.name), c.name, r.community_code, ca.name,
       t.dispatched_at, coalesce(t.due_at, reply.due_at), t.done_at,
       k.task_no IS NOT NULL AND t.dispatched_at >= @from AND t.dispatched_at < @to,
       coalesce(k.closed, false), coalesce(k.late, false), coalesce(k.overdue, false),
       coalesce(reply.met_at IS NOT NULL, false), coalesce(reply.met_at >= reply.due_at, false),
       coalesce(reply.met_at IS NULL AND t.state IN ('open', 'replied') AND reply.due_at <= @now, false),
       coalesce(rectify.met_at IS NOT NULL, false), coalesce(rectify.met_at >= rectify.due_at, false),
       coalesce(rectify.met_at IS NULL AND t.state IN ('open', 'replied') AND rectify.due_at <= @now, false),
       coalesce(missed.so AND reply.due_at > @from, false), coalesce(missed.so AND reply.due_at <= @from, false),
       reply.due_at, reply.met_at
FROM issue_tasks t
JOIN issues r ON r.street_code = t.street_code AND r.id = t.issue_id AND NOT r.embargoed
JOIN issue_categories c ON c.code = r.category
JOIN bodies b ON b.street_code = t.street_code AND b.code = t.body_code
LEFT JOIN area_versions ca ON ca.street_code = r.street_code AND ca.level = 'community' AND ca.code = r.community_code
    AND ca.valid_until = 'infinity'
LEFT JOIN ({{Letters/kept_tasks.sql}}) k ON k.street_code = t.street_code AND k.issue_id = t.issue_id AND k.task_no = t.task_no
LEFT JOIN task_deadlines reply ON reply.street_code = t.street_code AND reply.issue_id = t.issue_id
    AND reply.task_no = t.task_no AND reply.stage = 'reply'
LEFT JOIN task_deadlines rectify ON rectify.street_code = t.street_code AND rectify.issue_id = t.issue_id
    AND rectify.task_no = t.task_no AND rectify.stage = 'rectify'
CROSS JOIN LATERAL (
    SELECT reply.due_at > @previous AND reply.due_at <= @to AND reply.due_at <= @now
        AND (reply.met_at IS NULL OR reply.met_at >= reply.due_at)
        AND (reply.ended_at IS NULL OR reply.ended_at >= reply.due_at)
        -- a limit that rests was not missed
        AND coalesce(reply.remaining_seconds, 0) <= 0 AS so
) missed
WHERE t.street_code = @street
  AND ((k.task_no IS NOT NULL AND t.dispatched_at >= @from AND t.dispatched_at < @to) OR missed.so)
ORDER BY t.dispatched_at, r.code, t.task_no;
