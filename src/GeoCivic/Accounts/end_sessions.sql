UPDATE sessions SET ended_at = now()
WHERE account_id = @account AND ended_at IS NULL AND (@but::uuid IS NULL OR session_id <> @but);
