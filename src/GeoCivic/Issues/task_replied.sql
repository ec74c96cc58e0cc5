WITH met AS (
    UPDATE task_deadlines SET met_at = @now
    WHERE street_code = @street AND issue_id = @issue AND task_no = @task AND stage = 'reply' AND met_at IS NULL
)
UPDATE issue_tasks
SET state = @state, replied_at = coalesce(replied_at, @now), done_at = CASE WHEN @state = 'done' THEN @now END
WHERE street_code = @street AND issue_id = @issue AND task_no = @task;
