-- Every task that was not sent back, with how its limits were kept by @now: what is closed kept every limit or did not;
-- what is open is overdue when the limit that runs is over. Rates are on time ÷ (closed + overdue open), over the tasks
-- dispatched in a window.
SELECT t.street_code, t.issue_id, t.task_no, t.body_code, t.role, t.state, t.dispatched_at, t.due_at, t.done_at,
       t.state = 'done' AS closed,
       EXISTS (SELECT FROM task_deadlines d
               WHERE d.street_code = t.street_code AND d.issue_id = t.issue_id AND d.task_no = t.task_no
                 AND d.met_at >= d.due_at) AS late,
       coalesce(t.state IN ('open', 'replied') AND t.due_at <= @now, false) AS overdue
FROM issue_tasks t
WHERE t.state <> 'returned'
