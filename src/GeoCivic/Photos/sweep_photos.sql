DELETE FROM photos p
WHERE p.uploaded_at < @before
  AND NOT EXISTS (SELECT FROM issue_photos a WHERE a.sha256 = p.sha256)
  AND NOT EXISTS (SELECT FROM visit_photos a WHERE a.sha256 = p.sha256);
