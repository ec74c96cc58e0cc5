WITH used AS (
    UPDATE tokens SET used_at = now()
    WHERE secret_sha256 = @secret AND (used_at IS NULL OR used_at < now() - INTERVAL '5 minutes')
)
SELECT a.account_id, a.user_name, a.display_name, t.token_id, t.access = 'write', t.areas, t.parents, {{Accounts/caller_grants.sql}}
FROM tokens t
JOIN accounts a ON a.account_id = t.account_id AND a.disabled_at IS NULL
LEFT JOIN grants g ON g.account_id = a.account_id AND g.valid_from <= @today AND @today < g.valid_until
WHERE t.secret_sha256 = @secret AND t.revoked_at IS NULL AND t.expires_at > now();
