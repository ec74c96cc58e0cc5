-- The runs of @street with a day in @from..@to, judged at @today over the points that the caller may see.
run AS MATERIALIZED (
    SELECT r.plan_id, r.version, r.unit, r.period, r.first, r.last, v.name, v.cadence, v.kind, v.shifts, v.share, v.working_days
    FROM plan_runs(@street, @from, @to) r
    JOIN plan_versions v ON v.street_code = @street AND v.plan_id = r.plan_id AND v.valid_from = r.version
    WHERE (@plan::uuid IS NULL OR r.plan_id = @plan)
      AND (NOT v.working_days OR EXISTS (
          SELECT FROM generate_series(r.first::timestamp, r.last::timestamp, INTERVAL '1 day') AS d (day) WHERE works_on(d.day::date)))
), asked AS MATERIALIZED (
    -- a point that joined the street after a run began is not asked for in it
    SELECT v.plan_id, v.valid_from AS version, s.unit, r.code, r.community_code, r.grid_code,
           beijing_day(r.added_at) AS joined
    FROM (SELECT DISTINCT plan_id, version, unit FROM run) s
    JOIN plan_versions v ON v.street_code = @street AND v.plan_id = s.plan_id AND v.valid_from = s.version
    JOIN points r ON r.street_code = @street AND plan_asks(v, r.code, r.type, r.community_code, r.grid_code)
    WHERE point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope)
), made AS MATERIALIZED (
    -- visits that count: not before a locked door, and covert ones for those who may know of them
    SELECT w.point_code, w.shift, w.visited_at, beijing_day(w.visited_at) AS day, w.covert
    FROM visits w
    WHERE w.street_code = @street AND w.result <> 'unreachable'
      AND w.visited_at >= (SELECT min(first) FROM run)::timestamp AT TIME ZONE INTERVAL '8 hours'
      AND w.visited_at < ((SELECT max(last) FROM run) + 1)::timestamp AT TIME ZONE INTERVAL '8 hours'
), seen AS MATERIALIZED (
    SELECT k.plan_id, k.version, k.first, a.code, m.shift, max(m.visited_at) AS visited_at
    FROM made m
    JOIN asked a ON a.code = m.point_code
    JOIN run k ON k.plan_id = a.plan_id AND k.version = a.version
        AND k.period = date_trunc(a.unit, m.day::timestamp)::date AND m.day BETWEEN k.first AND k.last
    WHERE a.joined <= k.first AND m.shift = ANY (k.shifts)
      AND (NOT m.covert OR point_in_scope(@street, a.code, a.community_code, a.grid_code, @covert_scope))
    GROUP BY 1, 2, 3, 4, 5
), joined AS (
    SELECT plan_id, version, joined, count(*) AS n FROM asked GROUP BY 1, 2, 3
), sized AS (
    SELECT k.*, n.points, ceil(n.points * k.share / 100.0)::bigint AS required
    FROM run k
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(j.n), 0)::bigint AS points FROM joined j
        WHERE j.plan_id = k.plan_id AND j.version = k.version AND j.joined <= k.first
    ) n
    WHERE n.points > 0
), counted AS (
    SELECT plan_id, version, first, shift, count(*) AS seen FROM seen GROUP BY 1, 2, 3, 4
), judged AS (
    SELECT z.*, b.shift_rows,
           CASE WHEN b.enough THEN 'done' WHEN @today < z.first THEN 'upcoming' WHEN @today <= z.last THEN 'running' ELSE 'missed' END AS status
    FROM sized z
    CROSS JOIN LATERAL (
        SELECT bool_and(coalesce(c.seen, 0) >= z.required) AS enough,
               json_agg(json_build_object('shift', s.shift, 'required', z.required, 'seen', coalesce(c.seen, 0)) ORDER BY s.i) AS shift_rows
        FROM unnest(z.shifts) WITH ORDINALITY AS s (shift, i)
        LEFT JOIN counted c ON c.plan_id = z.plan_id AND c.version = z.version AND c.first = z.first AND c.shift = s.shift
    ) b
)
