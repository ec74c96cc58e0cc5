CREATE TEMP TABLE demo_visits ON COMMIT DROP AS
WITH mine AS (
    SELECT r.street_code, r.code, r.type, r.geom, a.account_id, abs(hashtextextended(r.code, 0)) AS h
    FROM points r
    JOIN accounts a ON a.user_name = 'worker'
    WHERE r.street_code = @street
      AND a.account_id IN (SELECT w.account_id FROM workers_of(r.street_code, r.code, r.community_code, r.grid_code, @today) w)
      AND NOT EXISTS (SELECT FROM visits v WHERE v.street_code = @street)
), asked AS (
    -- the last visit: today, a full turn ago (due today), or longer ago (overdue)
    SELECT m.*, v.shift, v.every_days,
           CASE WHEN m.h % 10 < 3 THEN 0 WHEN m.h % 10 < 6 THEN v.every_days + 1 + m.h % 3 ELSE v.every_days END AS days_ago
    FROM mine m
    JOIN visit_rules v ON v.street_code = '*' AND v.point_type = m.type AND v.valid_until = 'infinity'
)
SELECT q.*, n, gen_random_uuid() AS id, (q.h + n * 7) % 6 = 0 AS bad,
       least(
           ((@today::date - (q.days_ago + n * q.every_days)::integer)
               + CASE q.shift WHEN 'night' THEN TIME '20:00' WHEN 'school_peak' THEN TIME '07:30' ELSE TIME '09:00' END
               + make_interval(mins => ((q.h + n * 13) % 150)::integer)) AT TIME ZONE INTERVAL '8 hours',
           @now - INTERVAL '5 minutes') AS visited_at
FROM asked q
CROSS JOIN LATERAL generate_series(0, 28 / q.every_days) AS n;

UPDATE points p SET added_at = @now - INTERVAL '60 days'
WHERE p.street_code = @street AND p.code IN (SELECT code FROM demo_visits);

INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift,
                    checklist_street, checklist_code, checklist_version, result, note)
SELECT d.street_code, d.id, d.code, d.account_id, d.visited_at, d.visited_at + INTERVAL '2 minutes', d.visited_at, d.shift,
       c.street_code, c.code, c.version, CASE WHEN d.bad AND c.code IS NOT NULL THEN 'problems' ELSE 'ok' END,
       CASE WHEN d.bad AND c.code IS NOT NULL THEN '已当场劝导，情况见检查项。' END
FROM demo_visits d
LEFT JOIN LATERAL checklist_for(d.street_code, d.type, d.shift, @today) c ON true;

INSERT INTO visit_answers (street_code, visit_id, item, answer)
SELECT v.street_code, v.id, i.item,
       CASE WHEN v.result = 'problems' AND i.sort = (SELECT min(f.sort) FROM checklist_items f
                                                     WHERE (f.street_code, f.code, f.version) = (i.street_code, i.code, i.version))
            THEN 'bad' ELSE 'ok' END
FROM demo_visits d
JOIN visits v ON v.street_code = d.street_code AND v.id = d.id
JOIN checklist_items i ON (i.street_code, i.code, i.version) = (v.checklist_street, v.checklist_code, v.checklist_version);

-- Where the phone was: a few metres from the point, now and then across the road.
INSERT INTO visit_positions (street_code, visit_id, geom, accuracy_m, distance_m, geofence_m)
SELECT d.street_code, d.id, p.geom, 12, ST_Distance(d.geom::geography, p.geom::geography), 62
FROM demo_visits d
CROSS JOIN LATERAL (
    SELECT ST_Translate(ST_PointOnSurface(d.geom), 0.00008, CASE WHEN (d.h + d.n) % 11 = 0 THEN 0.0012 ELSE 0.00005 END) AS geom
) p;

-- A reviewer's comment waits at one point.
INSERT INTO visit_comments (street_code, comment_id, visit_id, account_id, text, made_at)
SELECT d.street_code, gen_random_uuid(), d.id, a.account_id, '照片看不清门前情况，请下次补拍正面。', @now
FROM (SELECT * FROM demo_visits WHERE n = 0 AND days_ago > 0 ORDER BY code, shift LIMIT 1) d
JOIN accounts a ON a.user_name = 'supervisor';

SELECT count(*) FROM demo_visits;
