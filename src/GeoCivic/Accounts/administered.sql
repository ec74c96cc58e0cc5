-- whether any, and whether every role in force lies within the administrator's areas
SELECT coalesce(bool_or({{Accounts/administered_grant.sql}}), '*' = ANY (@keys)),
       coalesce(bool_and({{Accounts/administered_grant.sql}}), '*' = ANY (@keys))
FROM accounts a
LEFT JOIN grants g ON g.account_id = a.account_id AND g.valid_from <= @today AND @today < g.valid_until
WHERE a.account_id = @account
GROUP BY a.account_id;
