-- what a letter about a task quotes
SELECT st.name AS street_name, r.code, c.name AS category, ca.name AS community, ga.name AS grid, p.name AS point,
       r.building, r.floor, sp.name AS sub_place, r.name, r.description, r.found_at,
       t.body_code, b.name AS body, t.role, t.dispatched_at, t.due_at,
       reply.due_at AS reply_due_at, reply.explanation_zh AS reply_explanation,
       rectify.due_at AS rectify_due_at, rectify.explanation_zh AS rectify_explanation,
       -- the leader whom the dispatch names, by title
       (SELECT e.leader FROM issue_events e
        WHERE e.street_code = t.street_code AND e.issue_id = t.issue_id AND e.to_state = 'dispatched' AND e.leader IS NOT NULL
        ORDER BY e.seq DESC LIMIT 1) AS leader,
       -- the body that leads the dispatch, and the others it goes to
       (SELECT lb.name FROM issue_tasks l JOIN bodies lb ON lb.street_code = l.street_code AND lb.code = l.body_code
        WHERE l.street_code = t.street_code AND l.issue_id = t.issue_id AND l.dispatched_at = t.dispatched_at AND l.role = 'lead'
        LIMIT 1) AS lead,
       (SELECT string_agg(ob.name, '、' ORDER BY o.task_no)
        FROM issue_tasks o JOIN bodies ob ON ob.street_code = o.street_code AND ob.code = o.body_code
        WHERE o.street_code = t.street_code AND o.issue_id = t.issue_id AND o.dispatched_at = t.dispatched_at
          AND o.role = 'cooperating') AS cooperating,
       (SELECT n.number FROM letters n
        WHERE n.street_code = t.street_code AND n.issue_id = t.issue_id AND n.task_no = t.task_no AND n.kind = 'notice'
        ORDER BY n.seq DESC LIMIT 1) AS notice_number,
       (SELECT n.number FROM letters n
        WHERE n.street_code = t.street_code AND n.issue_id = t.issue_id AND n.task_no = t.task_no AND n.kind = 'reminder'
          AND n.level = 1 AND n.state = 'issued' AND n.due_at = t.due_at) AS reminder_number
FROM issue_tasks t
JOIN issues r ON r.street_code = t.street_code AND r.id = t.issue_id
JOIN streets st ON st.street_code = t.street_code
JOIN bodies b ON b.street_code = t.street_code AND b.code = t.body_code
JOIN issue_categories c ON c.code = r.category
LEFT JOIN task_deadlines reply ON reply.street_code = t.street_code AND reply.issue_id = t.issue_id AND reply.task_no = t.task_no
    AND reply.stage = 'reply'
LEFT JOIN task_deadlines rectify ON rectify.street_code = t.street_code AND rectify.issue_id = t.issue_id
    AND rectify.task_no = t.task_no AND rectify.stage = 'rectify'
LEFT JOIN sub_places sp ON sp.code = r.sub_place
LEFT JOIN points p ON p.street_code = r.street_code AND p.code = r.point_code
LEFT JOIN area_versions ca ON ca.street_code = r.street_code AND ca.level = 'community' AND ca.code = r.community_code
    AND ca.valid_until = 'infinity'
LEFT JOIN area_versions ga ON ga.street_code = r.street_code AND ga.level = 'grid' AND ga.code = r.grid_code
    AND ga.valid_until = 'infinity'
WHERE t.street_code = @street AND t.issue_id = @issue AND t.task_no = @task;
