WHERE issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
  AND (@street::text IS NULL OR r.street_code = @street)
  AND (@bbox::geometry IS NULL OR (r.geom && @bbox AND ST_Intersects(r.geom, @bbox)))
  AND (@categories::text[] IS NULL OR r.category = ANY (@categories))
  AND (@states::text[] IS NULL OR r.state = ANY (@states))
  AND (@open::boolean IS NULL OR r.is_open = @open)
  AND (@community::text IS NULL OR pl.community_code = @community)
  AND (@grid::text IS NULL OR pl.grid_code = @grid)
  AND (@point::text IS NULL OR r.point_code = @point)
  AND (@placement::text IS NULL OR pl.placement = @placement)
  AND (@from::timestamptz IS NULL OR r.found_at >= @from)
  AND (@to::timestamptz IS NULL OR r.found_at < @to)
  AND (@contains::text IS NULL OR r.code ILIKE @contains OR r.name ILIKE @contains OR r.description ILIKE @contains)
  AND (@body::text IS NULL OR r.lead_body = @body)
  AND (@covert::boolean IS NULL OR r.covert = @covert)
  AND (@overdue::boolean IS NULL OR coalesce(issue_due(r.street_code, r.id, r.state, r.file_due_at) <= @now, false) = @overdue)
  AND (@due_before::timestamptz IS NULL OR issue_due(r.street_code, r.id, r.state, r.file_due_at) <= @due_before)
  -- what I reported, or what my bodies have to do with
  AND (NOT @mine OR r.reported_by = @caller OR EXISTS (
      SELECT FROM issue_tasks t
      WHERE t.street_code = r.street_code AND t.issue_id = r.id AND t.task_no >= r.lead_task_no AND t.state <> 'returned'
        AND t.street_code || '/' || t.body_code = ANY (@my_bodies)))
