-- the feature, and what only its own page shows
SELECT {{Issues/feature_issue.sql}}::text, {{Issues/detail_issue.sql}}::text
FROM issues r
{{Geography/place_on_day.sql}}
WHERE r.id = @id AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope);
