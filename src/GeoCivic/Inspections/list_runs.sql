WITH {{Inspections/runs_judged.sql}}
SELECT json_build_object(
    'from', @from, 'to', @to, 'today', @today,
    'tally', (SELECT json_object_agg(w.status, (SELECT count(*) FROM judged j WHERE j.status = w.status))
              FROM unnest(ARRAY['missed', 'running', 'upcoming', 'done']) AS w (status)),
    -- years whose calendar is not entered: their runs on working days only are not known
    'calendar_missing', ARRAY(
        SELECT DISTINCT extract(year FROM d.day)::integer
        FROM plan_runs(@street, @from, @to) r
        JOIN plan_versions v ON v.street_code = @street AND v.plan_id = r.plan_id AND v.valid_from = r.version AND v.working_days
        CROSS JOIN LATERAL generate_series(r.first::timestamp, r.last::timestamp, INTERVAL '1 day') AS d (day)
        WHERE works_on(d.day::date) IS NULL ORDER BY 1),
    'runs', coalesce((
        SELECT json_agg(json_build_object(
            'plan', j.plan_id, 'name', j.name, 'cadence', j.cadence, 'type', j.kind, 'first', j.first, 'last', j.last,
            'rules_of', j.version, 'working_days', j.working_days, 'share', j.share, 'points', j.points, 'status', j.status,
            'shifts', j.shift_rows) ORDER BY j.first DESC, j.last DESC, j.name, j.plan_id)
        FROM judged j
        WHERE (@status::text IS NULL OR j.status = @status)), '[]'::json))::text;
