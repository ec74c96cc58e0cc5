INSERT INTO task_deadlines (
    street_code, issue_id, task_no, stage, unit, amount, started_at, due_at, first_due_at, explanation_zh, explanation_en)
VALUES (@street, @issue, @task, @stage, @unit, @amount, @now, @due, @due, @zh, @en);
