WITH alarm AS MATERIALIZED (
    {{Assessments/visible_alarms.sql}} AND a.street_code = @street
)
SELECT json_build_object(
    'raised', count(*) FILTER (WHERE h.open > 0),
    'indicators', coalesce(json_agg({{Assessments/veto_json.sql}} ORDER BY h.open = 0, v.code COLLATE "C"), '[]'::json))::text
FROM veto_indicators v
CROSS JOIN LATERAL (
    {{Assessments/alarm_rows.sql}} FILTER (WHERE a.cleared_at IS NULL), '[]'::json) AS alarms
    FROM alarm a WHERE a.indicator_id = v.indicator_id
) h
WHERE v.street_code = @street AND in_street_scope(v.street_code, @scope) AND (NOT v.retired OR h.open > 0);
