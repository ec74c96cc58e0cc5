-- limits not met yet, of tasks that are not done
SELECT d.task_no, d.stage, d.unit, d.due_at, d.explanation_zh, d.explanation_en, d.remaining_seconds
FROM task_deadlines d
JOIN issue_tasks t USING (street_code, issue_id, task_no)
WHERE d.street_code = @street AND d.issue_id = @issue AND t.state IN ('open', 'replied', 'suspended')
  AND d.met_at IS NULL AND d.ended_at IS NULL
ORDER BY d.task_no, d.stage;
