-- a role given today and ended today was never held: its range is empty
UPDATE grants g SET valid_until = greatest(@today, valid_from)
WHERE g.grant_id = @grant AND g.account_id = @account AND g.valid_until > @today
  AND NOT (g.account_id = @self AND g.role = 'admin')
  AND {{Accounts/administered_grant.sql}};
