-- Beijing weekday (1 Monday) and hour of finding
SELECT extract(isodow FROM t.at)::integer AS weekday, extract(hour FROM t.at)::integer AS hour, shift_at(r.found_at) AS shift,
       count(*) AS n, min(t.at)::date AS first, max(t.at)::date AS last
FROM issues r
CROSS JOIN LATERAL (SELECT r.found_at AT TIME ZONE INTERVAL '8 hours' AS at) t
WHERE {{Hotspots/window_issues.sql}}
  AND (@community::text IS NULL OR r.community_code = @community)
  AND (@grid::text IS NULL OR r.grid_code = @grid)
GROUP BY 1, 2, 3
