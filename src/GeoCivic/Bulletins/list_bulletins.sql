-- newest first
SELECT {{Bulletins/bulletin_columns.sql}}
WHERE b.street_code = @street AND in_scope(b.street_code, NULL, NULL, @scope)
  AND (@kind::text IS NULL OR b.kind = @kind) AND (@drafts OR b.status = 'issued')
ORDER BY b.due_on DESC, coalesce(b.issued_at, 'infinity') DESC, b.bulletin_id
LIMIT @limit;
