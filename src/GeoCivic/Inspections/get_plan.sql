SELECT {{Inspections/plan_json.sql}}::text, p.revision
{{Inspections/from_plans.sql}}
  AND p.plan_id = @id;
