-- Only what the caller sent: knowing a photo's name is no right to it. The lock keeps the sweep of unattached photos away.
WITH mine AS (
    SELECT p.sha256
    FROM photos p
    JOIN photo_uploads u ON u.sha256 = p.sha256 AND u.account_id = @account
    WHERE p.sha256 = ANY (@names)
    FOR KEY SHARE OF p
)
INSERT INTO visit_photos (street_code, visit_id, kind, sha256)
SELECT @street, @id, a.kind, a.sha256
FROM unnest(@kinds, @names) AS a (kind, sha256)
JOIN mine USING (sha256);
