-- Rounds at a point in a shift over whole days @first … @last (Beijing time): as many as the rule's turns that fit, one when a
-- longer turn ended in them; made are the days on which somebody got there, not more than were due. Covert visits count for
-- nobody, and neither does standing before a locked door.
WITH rules AS (
    SELECT r.point_type, r.shift, r.every_days, r.valid_from
    FROM visit_rules r
    WHERE r.valid_from <= @last AND @last < r.valid_until
      AND (r.street_code = @street
           OR (r.street_code = '*' AND NOT EXISTS (
               SELECT FROM visit_rules o
               WHERE o.street_code = @street AND o.point_type = r.point_type AND o.valid_from <= @last AND @last < o.valid_until)))
), made AS (
    SELECT v.point_code, v.shift, count(DISTINCT beijing_day(v.visited_at)) AS days,
           count(*) AS visits, max(v.visited_at) AS last_visit,
           (SELECT count(*) FROM visit_photos x
            WHERE x.street_code = @street AND x.visit_id = ANY (array_agg(v.id))) AS photos
    FROM visits v
    WHERE v.street_code = @street AND NOT v.covert AND v.result <> 'unreachable' AND v.visited_at <= @now
      AND v.visited_at >= @first::date::timestamp AT TIME ZONE INTERVAL '8 hours'
      AND v.visited_at < (@last::date + 1)::timestamp AT TIME ZONE INTERVAL '8 hours'
    GROUP BY v.point_code, v.shift
), turns AS (
    SELECT p.code, p.name, p.community_code, r.shift, r.every_days,
           greatest(@first::date, r.valid_from, beijing_day(p.added_at)) AS since
    FROM points p
    JOIN rules r ON r.point_type = p.type
    WHERE p.street_code = @street
), due AS (
    SELECT t.*,
           CASE WHEN t.since > @last THEN 0
                WHEN t.every_days <= @last::date - t.since + 1 THEN (@last::date - t.since + 1) / t.every_days
                ELSE coalesce((
                    -- a turn longer than the period: from the last visit before it, or from when point and rule began
                    SELECT CASE WHEN coalesce(max(beijing_day(v.visited_at)) + t.every_days,
                                              b.began + t.every_days - 1) <= @last THEN 1 ELSE 0 END
                    FROM visits v
                    WHERE v.street_code = @street AND v.point_code = t.code AND v.shift = t.shift AND NOT v.covert
                      AND v.result <> 'unreachable' AND v.visited_at < @first::date::timestamp AT TIME ZONE INTERVAL '8 hours'), 0)
           END AS expected
    FROM turns t
    CROSS JOIN LATERAL (
        SELECT greatest(r.valid_from, beijing_day(p.added_at)) AS began
        FROM points p JOIN rules r ON r.point_type = p.type AND r.shift = t.shift
        WHERE p.street_code = @street AND p.code = t.code
    ) b
)
SELECT p.code, p.name, p.community_code, ca.name, coalesce(d.shift, m.shift), coalesce(d.expected, 0)::int,
       least(coalesce(m.days, 0), coalesce(d.expected, 0))::int, coalesce(m.visits, 0)::int, m.last_visit, coalesce(m.photos, 0)::int
FROM due d
FULL JOIN made m ON m.point_code = d.code AND m.shift = d.shift
JOIN points p ON p.street_code = @street AND p.code = coalesce(d.code, m.point_code)
LEFT JOIN area_versions ca ON ca.street_code = p.street_code AND ca.level = 'community' AND ca.code = p.community_code
    AND ca.valid_until = 'infinity'
WHERE coalesce(d.expected, 0) > 0 OR coalesce(m.visits, 0) > 0
ORDER BY p.code, coalesce(d.shift, m.shift);
