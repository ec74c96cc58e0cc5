-- newest first
SELECT {{Issues/feature_issue.sql}}::text,
       r.found_at, r.id
FROM issues r
{{Geography/place_on_day.sql}}
WHERE r.street_code = @street AND r.id = ANY (@ids)
  AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
  AND (@after_found::timestamptz IS NULL OR (r.found_at, r.id) < (@after_found, @after_id))
ORDER BY r.found_at DESC, r.id DESC
LIMIT @limit
