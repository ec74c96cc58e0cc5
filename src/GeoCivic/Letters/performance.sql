-- a row a body or community, and one without a code and with is_total for all of them
WITH tasks AS (
    -- what was dispatched in the window and was not sent back, where the caller may look
    SELECT CASE @by WHEN 'body' THEN t.body_code ELSE r.community_code END AS code, t.closed, t.late, t.overdue
    FROM ({{Letters/kept_tasks.sql}}) t
    JOIN issues r ON r.street_code = t.street_code AND r.id = t.issue_id
    WHERE t.street_code = @street
      AND (@from::timestamptz IS NULL OR t.dispatched_at >= @from) AND (@to::timestamptz IS NULL OR t.dispatched_at < @to)
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
), task_counts AS (
    SELECT code, grouping(code) = 1 AS is_total,
           count(*) FILTER (WHERE closed AND NOT late) AS on_time, count(*) FILTER (WHERE closed) AS closed,
           count(*) FILTER (WHERE NOT closed) AS open, count(*) FILTER (WHERE NOT closed AND overdue) AS overdue_open
    FROM tasks GROUP BY ROLLUP (code)
), entries AS (
    -- what was reported here (not imported) in the window, for 当日发现、当日录入
    SELECT CASE @by WHEN 'body' THEN r.lead_body ELSE r.community_code END AS code, r.entered_same_day
    FROM issues r
    WHERE r.street_code = @street AND r.reported_at IS NOT NULL
      AND (@from::timestamptz IS NULL OR r.reported_at >= @from) AND (@to::timestamptz IS NULL OR r.reported_at < @to)
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
), entry_counts AS (
    SELECT code, grouping(code) = 1 AS is_total, count(*) AS entered, count(*) FILTER (WHERE entered_same_day) AS same_day
    FROM entries GROUP BY ROLLUP (code)
), rates AS (
    SELECT coalesce(t.code, e.code) AS code, coalesce(t.is_total, e.is_total) AS is_total,
           coalesce(t.on_time, 0) AS on_time, coalesce(t.closed, 0) AS closed, coalesce(t.open, 0) AS open,
           coalesce(t.overdue_open, 0) AS overdue_open, coalesce(e.entered, 0) AS entered, coalesce(e.same_day, 0) AS same_day
    FROM task_counts t
    FULL JOIN entry_counts e ON e.code IS NOT DISTINCT FROM t.code AND e.is_total = t.is_total
)
SELECT json_build_object(
    'code', r.code,
    'name', CASE @by
        WHEN 'body' THEN (SELECT b.name FROM bodies b WHERE b.street_code = @street AND b.code = r.code)
        ELSE (SELECT v.name FROM area_versions v WHERE v.street_code = @street AND v.level = 'community' AND v.code = r.code
              AND v.valid_until = 'infinity') END,
    'on_time', r.on_time, 'closed', r.closed, 'open', r.open, 'overdue_open', r.overdue_open,
    'rate', round(r.on_time::numeric / nullif(r.closed + r.overdue_open, 0), 6),
    'entered', r.entered, 'entered_same_day', r.same_day,
    'same_day_entry_rate', round(r.same_day::numeric / nullif(r.entered, 0), 6))::text, r.is_total
FROM rates r
ORDER BY r.is_total DESC, r.code COLLATE "C" NULLS LAST;
