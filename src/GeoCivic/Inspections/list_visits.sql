SELECT {{Inspections/feature_visit.sql}}::text, v.received_at, v.id
{{Inspections/from_visits.sql}}
{{Inspections/where_visits.sql}}
  AND (@street::text IS NULL OR v.street_code = @street)
  AND (@point::text IS NULL OR v.point_code = @point)
  AND (@community::text IS NULL OR r.community_code = @community)
  AND (@grid::text IS NULL OR r.grid_code = @grid)
  AND (@account::uuid IS NULL OR v.account_id = @account)
  AND (@shift::text IS NULL OR v.shift = @shift)
  AND (@result::text IS NULL OR v.result = @result)
  AND (@outside::boolean IS NULL OR coalesce(o.outside_geofence, false) = @outside)
  AND (@covert::boolean IS NULL OR v.covert = @covert)
  AND (@from::timestamptz IS NULL OR v.visited_at >= @from)
  AND (@to::timestamptz IS NULL OR v.visited_at < @to)
  AND (@after_time::timestamptz IS NULL OR (v.received_at, v.id) < (@after_time, @after_id))
ORDER BY v.received_at DESC, v.id DESC
LIMIT @limit;
