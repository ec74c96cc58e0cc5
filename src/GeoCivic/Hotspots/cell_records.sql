SELECT {{Issues/feature_issue.sql}}::text
FROM issues r
{{Geography/place_on_day.sql}}
WHERE r.street_code = @street AND r.id = ANY (@ids)
ORDER BY r.found_at DESC, r.id DESC;
