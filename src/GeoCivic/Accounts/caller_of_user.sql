SELECT a.account_id, a.user_name, a.display_name, NULL::uuid, true, NULL::text[], NULL::text[], {{Accounts/caller_grants.sql}}
FROM accounts a
LEFT JOIN grants g ON g.account_id = a.account_id AND g.valid_from <= @today AND @today < g.valid_until
WHERE a.normalized_user_name = @user_name AND a.disabled_at IS NULL;
