INSERT INTO issue_tasks (street_code, issue_id, task_no, body_code, role, state, dispatched_at, calendar_revision)
VALUES (@street, @issue, @task, @body, @role, 'open', @now, @revision);
