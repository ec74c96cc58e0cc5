SELECT body_code, role = 'lead', state FROM issue_tasks
WHERE street_code = @street AND issue_id = @issue AND task_no = @task;
