SELECT {{Issues/feature_issue.sql}}::text
FROM issues r
{{Geography/place_on_day.sql}}
WHERE r.id = @id;
