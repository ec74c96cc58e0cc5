WITH task AS (
    UPDATE issue_tasks SET calendar_revision = @revision
    WHERE street_code = @street AND issue_id = @issue AND task_no = @task
)
UPDATE task_deadlines
SET unit = @unit, due_at = @due, explanation_zh = @zh, explanation_en = @en, remaining_seconds = @remaining::bigint
WHERE street_code = @street AND issue_id = @issue AND task_no = @task AND stage = @stage;
