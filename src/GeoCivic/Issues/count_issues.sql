SELECT count(*)
FROM issues r
{{Geography/place_on_day.sql}}
{{Issues/where_issues.sql}};
