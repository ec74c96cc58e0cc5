WITH met AS (
    UPDATE task_deadlines SET met_at = @now
    WHERE street_code = @street AND issue_id = @issue AND task_no = @task AND met_at IS NULL
)
UPDATE issue_tasks SET state = 'done', done_at = @now
WHERE street_code = @street AND issue_id = @issue AND task_no = @task;
