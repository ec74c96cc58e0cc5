-- counts behind the options of the filters
SELECT coalesce(json_agg(json_build_object(
    'state', g.state, 'category', g.category, 'body', g.lead_body, 'body_name', b.name, 'open', g.is_open,
    'overdue', g.overdue, 'n', g.n) ORDER BY g.state, g.category, g.lead_body, g.overdue), '[]'::json)::text
FROM (
    SELECT r.street_code, r.state, r.category, r.lead_body, r.is_open,
           coalesce(issue_due(r.street_code, r.id, r.state, r.file_due_at) <= @now, false) AS overdue, count(*) AS n
    FROM issues r
    {{Geography/place_on_day.sql}}
    {{Issues/where_issues.sql}}
    GROUP BY 1, 2, 3, 4, 5, 6
) g
LEFT JOIN bodies b ON b.street_code = g.street_code AND b.code = g.lead_body;
