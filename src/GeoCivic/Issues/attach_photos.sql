INSERT INTO issue_photos (street_code, issue_id, sha256, kind, event_seq, added_by, added_at)
SELECT @street, @issue, p.sha256, p.kind, @seq, @account, @now
FROM unnest(@photos, @kinds) p (sha256, kind);
