-- newest first
SELECT {{Letters/feature_letter.sql}}::text,
       coalesce(l.issued_at, l.drafted_at), l.letter_id
{{Letters/visible_letters.sql}}
  AND (@street::text IS NULL OR l.street_code = @street)
  AND (@kinds::text[] IS NULL OR l.kind = ANY (@kinds))
  AND (@states::text[] IS NULL OR l.state = ANY (@states))
  AND (@issue::uuid IS NULL OR l.issue_id = @issue)
  AND (@body::text IS NULL OR l.body_code = @body)
  AND (@after_at::timestamptz IS NULL OR (coalesce(l.issued_at, l.drafted_at), l.letter_id) < (@after_at, @after_id))
ORDER BY coalesce(l.issued_at, l.drafted_at) DESC, l.letter_id DESC
LIMIT @limit;
