-- oldest first, so that the numbers of equally large clusters do not change while issues are added
SELECT r.id, ST_X(r.geom), ST_Y(r.geom), r.category, r.found_at, r.street_code, r.embargoed
FROM issues r
WHERE {{Hotspots/window_issues.sql}}
ORDER BY r.found_at, r.id
LIMIT @most
