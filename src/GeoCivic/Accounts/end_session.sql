UPDATE sessions SET ended_at = now() WHERE session_id = @session AND ended_at IS NULL;
