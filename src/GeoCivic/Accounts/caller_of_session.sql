WITH used AS (
    -- noted at most every five minutes: a read should not write
    UPDATE sessions SET seen_at = now()
    WHERE session_id = @session AND ended_at IS NULL AND seen_at < now() - INTERVAL '5 minutes'
      AND seen_at > now() - make_interval(hours => @hours)
)
SELECT a.account_id, a.user_name, a.display_name, s.session_id, true, NULL::text[], NULL::text[], {{Accounts/caller_grants.sql}}
FROM sessions s
JOIN accounts a ON a.account_id = s.account_id AND a.disabled_at IS NULL
LEFT JOIN grants g ON g.account_id = a.account_id AND g.valid_from <= @today AND @today < g.valid_until
WHERE s.session_id = @session AND s.ended_at IS NULL AND s.seen_at > now() - make_interval(hours => @hours);
