SELECT json_build_object('plans', coalesce(json_agg({{Inspections/plan_json.sql}} ORDER BY v.name, p.plan_id), '[]'::json))::text
{{Inspections/from_plans.sql}};
