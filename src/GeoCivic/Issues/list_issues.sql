-- newest first
SELECT {{feature}}::text,
       i.found_at, i.id
{{from}}{{where}}
  AND (@after_found::timestamptz IS NULL OR (i.found_at, i.id) < (@after_found, @after_id))
ORDER BY i.found_at DESC, i.id DESC
LIMIT @limit;
