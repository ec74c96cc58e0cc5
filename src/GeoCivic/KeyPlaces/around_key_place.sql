-- Issues inside that the caller may see, in Beijing months; last month up to the same day of the month, too, so that a month
-- that has just begun is not compared with a whole one.
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE f.day >= m.this) AS this_month,
           count(*) FILTER (WHERE f.day >= m.last AND f.day < m.this) AS last_month,
           count(*) FILTER (WHERE f.day >= m.last AND f.day < m.this AND extract(day FROM f.day) <= extract(day FROM @today::date)) AS last_month_same_days,
           count(*) FILTER (WHERE r.is_open) AS open, max(r.found_at) AS last_found
    FROM (SELECT date_trunc('month', @today::date)::date AS this, (date_trunc('month', @today::date) - INTERVAL '1 month')::date AS last) m,
         issues r
    CROSS JOIN LATERAL (SELECT beijing_day(r.found_at) AS day) f
    WHERE r.street_code = k.street_code AND r.geom && k.geom AND ST_Covers(k.geom, r.geom)
      AND (k.category IS NULL OR r.category = k.category)
      AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
) i
-- As with points, covert visits count for nobody, and neither does standing before a locked door.
CROSS JOIN LATERAL (
    SELECT max(v.visited_at) AS last_visit, beijing_day(max(v.visited_at)) AS day
    FROM points p
    JOIN visits v ON v.street_code = p.street_code AND v.point_code = p.code AND NOT v.covert AND v.result <> 'unreachable'
    WHERE p.street_code = k.street_code AND p.geom && k.geom AND ST_Intersects(p.geom, k.geom)
      AND point_in_scope(p.street_code, p.code, p.community_code, p.grid_code, @scope)
) v
CROSS JOIN LATERAL (
    SELECT coalesce(v.day + k.watch_days,
                    beijing_day(k.created_at) + k.watch_days - 1) AS due
) w
