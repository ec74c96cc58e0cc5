UPDATE issue_tasks SET state = 'suspended', paused_at = @now
WHERE street_code = @street AND issue_id = @issue AND state IN ('open', 'replied');
