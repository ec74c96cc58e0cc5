SELECT coalesce(max(task_no), 0) + 1 FROM issue_tasks WHERE street_code = @street AND issue_id = @issue;
