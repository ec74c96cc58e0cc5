-- photos that cannot be attached: not sent by this account, or the issue's already
SELECT p.at, has.it
FROM unnest(@photos) WITH ORDINALITY p (sha256, at)
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM issue_photos i WHERE i.street_code = @street AND i.issue_id = @issue AND i.sha256 = p.sha256) AS it) has
WHERE has.it
   OR NOT EXISTS (SELECT FROM photo_uploads u WHERE u.sha256 = p.sha256 AND u.account_id = @account)
ORDER BY p.at;
