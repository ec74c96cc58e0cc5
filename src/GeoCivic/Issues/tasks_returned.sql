-- The tasks of the dispatch that runs, the lead's first. The lead's may be done already: it was found not to be.
WITH over AS (
    UPDATE issue_tasks SET state = 'returned', paused_at = NULL, remaining_seconds = NULL
    WHERE street_code = @street AND issue_id = @issue AND task_no >= @task AND (state <> 'done' OR role = 'lead') AND state <> 'returned'
    RETURNING task_no
)
UPDATE task_deadlines d SET ended_at = @now
FROM over o
WHERE d.street_code = @street AND d.issue_id = @issue AND d.task_no = o.task_no AND d.met_at IS NULL;
