-- The task shows the limit that runs: the reply's until it is met, then the rectification's; a task that is done keeps its last.
UPDATE issue_tasks t
SET stage = d.stage, due_at = d.due_at, due_unit = d.unit, due_amount = d.amount,
    due_explanation_zh = d.explanation_zh, due_explanation_en = d.explanation_en, remaining_seconds = d.remaining_seconds
FROM (
    SELECT DISTINCT ON (task_no) *
    FROM task_deadlines
    WHERE street_code = @street AND issue_id = @issue
    ORDER BY task_no, (met_at IS NOT NULL OR ended_at IS NOT NULL), CASE WHEN met_at IS NULL THEN stage END DESC, stage
) d
WHERE t.street_code = @street AND t.issue_id = @issue AND t.task_no = d.task_no
  AND t.state IN ('open', 'replied', 'suspended')
  AND (@task::int IS NULL OR t.task_no = @task);
