-- Plans of checks: what has to be seen how often, and the runs that follow from it.

CREATE TABLE plans (
    street_code text NOT NULL,
    plan_id uuid NOT NULL,
    revision integer NOT NULL DEFAULT 1,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_plans PRIMARY KEY (street_code, plan_id),
    CONSTRAINT fk_plans_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_plans_account FOREIGN KEY (created_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_plans_revision CHECK (revision >= 1)
);
CREATE INDEX ix_plans_account ON plans (created_by);

-- A run is judged by the version in force on its first day, whatever the plan says later.
CREATE TABLE plan_versions (
    street_code text NOT NULL,
    plan_id uuid NOT NULL,
    valid_from date NOT NULL,
    valid_until date NOT NULL DEFAULT 'infinity',
    name text NOT NULL,
    cadence text NOT NULL,
    kind text NOT NULL,
    -- Empty: every type, the whole street. Named points come on top of what types and areas choose.
    point_types text[] NOT NULL,
    communities text[] NOT NULL,
    grids text[] NOT NULL,
    points text[] NOT NULL,
    -- In each of these shifts the share (percent) of the points has to be seen.
    shifts text[] NOT NULL,
    share integer NOT NULL,
    starts date NOT NULL,
    ends date NOT NULL DEFAULT 'infinity',
    -- The day before which this version has no run: its start, or the day on which the cadence changed.
    counts_from date NOT NULL,
    working_days boolean NOT NULL,
    note text,
    recorded_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    CONSTRAINT pk_plan_versions PRIMARY KEY (street_code, plan_id, valid_from),
    CONSTRAINT fk_plan_versions_plan FOREIGN KEY (street_code, plan_id) REFERENCES plans (street_code, plan_id),
    CONSTRAINT fk_plan_versions_account FOREIGN KEY (recorded_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_plan_versions_name CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT ck_plan_versions_cadence CHECK (cadence IN ('daily', 'weekly', 'monthly', 'quarterly')),
    CONSTRAINT ck_plan_versions_kind CHECK (kind IN ('special', 'comprehensive')),
    CONSTRAINT ck_plan_versions_shifts CHECK (
        cardinality(shifts) > 0 AND shifts <@ ARRAY['day', 'night', 'school_peak']
    ),
    CONSTRAINT ck_plan_versions_share CHECK (share BETWEEN 1 AND 100),
    CONSTRAINT ck_plan_versions_days CHECK (starts <= ends AND starts <= counts_from AND isfinite(starts)),
    CONSTRAINT ck_plan_versions_range CHECK (valid_from < valid_until AND isfinite(valid_from)),
    CONSTRAINT ex_plan_versions_overlap EXCLUDE USING gist (
        street_code WITH =, plan_id WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX ix_plan_versions_account ON plan_versions (recorded_by);

-- Whether people work on a day; null where the State Council's notice for the year is not entered.
CREATE FUNCTION works_on(of_day date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        (SELECT d.is_working FROM calendar_days d WHERE d.day = of_day),
        (SELECT extract(isodow FROM of_day) < 6 FROM calendar_years y WHERE y.year = extract(year FROM of_day)))
$$;

-- Whether a version of a plan asks for a point.
CREATE FUNCTION plan_asks(v plan_versions, of_point text, of_type text, of_community text, of_grid text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT of_point = ANY (v.points) OR (
        (cardinality(v.points) = 0 OR cardinality(v.point_types) + cardinality(v.communities) + cardinality(v.grids) > 0)
        AND (cardinality(v.point_types) = 0 OR of_type = ANY (v.point_types))
        AND (cardinality(v.communities) + cardinality(v.grids) = 0
             OR coalesce(of_community = ANY (v.communities), false) OR coalesce(of_grid = ANY (v.grids), false)))
$$;

-- The runs of a street's plans that have a day in a window: days, weeks from Monday, months or quarters of the
-- calendar, cut to the days of the plan. A run that was under way when its plan was ended early is not judged.
-- Working days are told apart by whoever calls: their calendar may be missing.
CREATE FUNCTION plan_runs(of_street text, from_day date, to_day date)
RETURNS TABLE (plan_id uuid, version date, unit text, period date, first date, last date)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT v.plan_id, v.valid_from, u.unit, p.start::date, r.first, r.last
    FROM plan_versions v
    CROSS JOIN LATERAL (
        SELECT CASE v.cadence WHEN 'daily' THEN 'day' WHEN 'weekly' THEN 'week' WHEN 'monthly' THEN 'month' ELSE 'quarter' END AS unit,
               CASE v.cadence WHEN 'daily' THEN INTERVAL '1 day' WHEN 'weekly' THEN INTERVAL '7 days'
                              WHEN 'monthly' THEN INTERVAL '1 month' ELSE INTERVAL '3 months' END AS step
    ) u
    CROSS JOIN LATERAL generate_series(
        date_trunc(u.unit, greatest(from_day, v.counts_from)::timestamp), least(to_day, v.ends)::timestamp, u.step) AS p (start)
    CROSS JOIN LATERAL (
        SELECT greatest(p.start::date, v.counts_from) AS first, least((p.start + u.step)::date - 1, v.ends) AS last
    ) r
    WHERE v.street_code = of_street
      AND v.valid_from <= r.first AND r.first < v.valid_until
      AND r.first <= to_day AND from_day <= r.last
      AND NOT EXISTS (
          SELECT FROM plan_versions l
          WHERE l.street_code = v.street_code AND l.plan_id = v.plan_id AND l.valid_until = 'infinity' AND l.ends < r.last)
$$;
