-- Issues of which a bulletin about @from … @to (before: @previous … @from) says something, as they are at @now. What the
-- inspected may not know of yet (embargoed) is left out. @stock: what was open at the end of either period.
WITH happened AS (
    SELECT e.issue_id,
           bool_or(e.occurred_at >= @from AND e.to_state = 'filed') AS filed,
           bool_or(e.occurred_at < @from AND e.to_state = 'filed') AS filed_before,
           bool_or(e.occurred_at >= @from AND e.to_state = 'cancelled') AS cancelled,
           bool_or(e.occurred_at < @from AND e.to_state = 'cancelled') AS cancelled_before,
           bool_or(e.occurred_at >= @from AND e.to_state = 'reopened') AS reopened,
           bool_or(e.occurred_at < @from AND e.to_state = 'reopened') AS reopened_before
    FROM issue_events e
    WHERE e.street_code = @street AND e.recorded_at >= @previous AND e.recorded_at <= @now
      AND e.occurred_at >= @previous AND e.occurred_at < @to
      AND (e.to_state IN ('cancelled', 'reopened') OR (e.to_state = 'filed' AND e.from_state IN ('open', 'reported', 'reopened')))
    GROUP BY e.issue_id
), pictures AS (
    SELECT x.issue_id, count(*) FILTER (WHERE x.added_at >= @from) AS photos, count(*) FILTER (WHERE x.added_at < @from) AS photos_before
    FROM issue_photos x
    WHERE x.street_code = @street AND x.added_at >= @previous AND x.added_at < @to
    GROUP BY x.issue_id
), chosen AS (
    SELECT i.id FROM issues i WHERE i.street_code = @street AND i.found_at >= @previous AND i.found_at < @to
    UNION SELECT i.id FROM issues i WHERE i.street_code = @street AND i.reported_at >= @previous AND i.reported_at < @to
    UNION SELECT i.id FROM issues i
          WHERE i.street_code = @street AND i.origin = 'import' AND i.closed_at >= @previous AND i.closed_at < @to AND i.closed_at <= @now
    UNION SELECT issue_id FROM happened
    UNION SELECT issue_id FROM pictures
    UNION SELECT unnest(@stock::uuid[])
)
SELECT i.id, i.code, coalesce(nullif(i.description, ''), i.name), i.category, c.name, i.community_code, ca.name, i.lead_body, b.name,
       s.code, s.name, i.found_at,
       -- a file may tell of a closing that is still to come
       CASE WHEN i.closed_at <= @now THEN i.closed_at END,
       i.found_at >= @from AND i.found_at < @to, i.found_at >= @previous AND i.found_at < @from,
       i.state = 'fixed_on_spot',
       coalesce(h.filed, false), coalesce(h.filed_before, false),
       coalesce(h.cancelled, false) OR (f.cancelled AND i.closed_at >= @from AND i.closed_at < @to),
       coalesce(h.cancelled_before, false) OR (f.cancelled AND i.closed_at >= @previous AND i.closed_at < @from),
       coalesce(h.reopened, false), coalesce(h.reopened_before, false),
       -- came back, as Hotspots/recurrences.sql asks with its standard 30 days and 50 m
       i.found_at >= @previous AND i.found_at < @to AND i.state NOT IN ('merged', 'rejected') AND EXISTS (
           SELECT FROM issues o
           WHERE o.street_code = i.street_code AND o.category = i.category AND o.id <> i.id AND NOT o.embargoed
             AND o.state IN ('closed', 'cancelled', 'fixed_on_spot')
             AND o.closed_at < i.found_at AND o.closed_at >= i.found_at - INTERVAL '30 days'
             AND o.geom && ST_Expand(i.geom, 50 * 1.01 / (111000 * greatest(0.01, cos(radians(abs(ST_Y(i.geom)))))), 50 * 1.01 / 110000)
             AND ST_DWithin(o.geom::geography, i.geom::geography, 50)),
       i.reported_at >= @from AND i.reported_at < @to, i.reported_at >= @previous AND i.reported_at < @from,
       coalesce(i.entered_same_day, false),
       coalesce(p.photos, 0)::int, coalesce(p.photos_before, 0)::int
FROM chosen
JOIN issues i ON i.street_code = @street AND i.id = chosen.id
CROSS JOIN LATERAL (
    SELECT i.origin = 'import' AND i.state IN ('closed', 'cancelled') AND i.closed_at <= @now AS cancelled,
           CASE WHEN i.origin = 'import' AND i.closed_at > @now THEN 'open' ELSE i.state END AS state
) f
JOIN issue_states s ON s.code = f.state
JOIN issue_categories c ON c.code = i.category
LEFT JOIN happened h ON h.issue_id = i.id
LEFT JOIN pictures p ON p.issue_id = i.id
LEFT JOIN area_versions ca ON ca.street_code = i.street_code AND ca.level = 'community' AND ca.code = i.community_code
    AND ca.valid_until = 'infinity'
LEFT JOIN bodies b ON b.street_code = i.street_code AND b.code = i.lead_body
WHERE NOT i.embargoed
ORDER BY i.found_at, i.code;
