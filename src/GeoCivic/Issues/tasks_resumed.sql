UPDATE issue_tasks SET state = CASE WHEN replied_at IS NULL THEN 'open' ELSE 'replied' END, paused_at = NULL
WHERE street_code = @street AND issue_id = @issue AND state = 'suspended';
