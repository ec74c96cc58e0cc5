SELECT {{Inspections/feature_visit.sql}}::text, v.street_code, v.point_code, r.community_code, r.grid_code
{{Inspections/from_visits.sql}}
{{Inspections/where_visits.sql}}
  AND v.id = @id;
