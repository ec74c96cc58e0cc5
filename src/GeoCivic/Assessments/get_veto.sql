WITH alarm AS MATERIALIZED (
    {{Assessments/visible_alarms.sql}} AND a.indicator_id = @id
)
SELECT {{Assessments/veto_json.sql}}::text, v.revision
FROM veto_indicators v
CROSS JOIN LATERAL (
    {{Assessments/alarm_rows.sql}}, '[]'::json) AS alarms
    FROM alarm a
) h
WHERE v.indicator_id = @id AND in_street_scope(v.street_code, @scope);
