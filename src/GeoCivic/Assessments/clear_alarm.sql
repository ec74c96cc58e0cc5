UPDATE veto_alarms SET cleared_by = @account, cleared_at = greatest(@now, raised_at), evidence = @evidence
WHERE street_code = @street AND alarm_id = @id AND cleared_at IS NULL;
