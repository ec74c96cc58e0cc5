-- The life of an issue: who reported it and where exactly, its events, the tasks of the bodies with their time limits,
-- the working calendar, the rules of the limits, and the keys that make submissions repeatable.

-- ---------------------------------------------------------------------------------------------------
-- Working calendar and rules of time limits
-- ---------------------------------------------------------------------------------------------------

-- A year is known when it is here; its revision grows with every change.
CREATE TABLE calendar_years (
    year integer NOT NULL,
    notice text NOT NULL,
    revision integer NOT NULL DEFAULT 1,
    origin text NOT NULL DEFAULT 'admin',
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_calendar_years PRIMARY KEY (year),
    CONSTRAINT ck_calendar_years_year CHECK (year BETWEEN 1949 AND 2200),
    CONSTRAINT ck_calendar_years_revision CHECK (revision >= 1),
    CONSTRAINT ck_calendar_years_origin CHECK (origin IN ('reference', 'admin'))
);
-- Days that a notice takes out of the ordinary week.
CREATE TABLE calendar_days (
    day date NOT NULL,
    year integer NOT NULL GENERATED ALWAYS AS (extract(year FROM day)::integer) STORED,
    is_working boolean NOT NULL,
    name text NOT NULL,
    notice text NOT NULL,
    CONSTRAINT pk_calendar_days PRIMARY KEY (day),
    CONSTRAINT fk_calendar_days_year FOREIGN KEY (year) REFERENCES calendar_years (year),
    CONSTRAINT ck_calendar_days_name CHECK (length(name) BETWEEN 1 AND 100)
);
CREATE INDEX ix_calendar_days_year ON calendar_days (year);

-- '*' as street: every street without a rule of its own; as category: every category without one.
CREATE TABLE clock_rules (
    street_code text NOT NULL DEFAULT '*',
    category text NOT NULL DEFAULT '*',
    stage text NOT NULL,
    unit text NOT NULL,
    amount integer NOT NULL,
    CONSTRAINT pk_clock_rules PRIMARY KEY (street_code, category, stage),
    CONSTRAINT ck_clock_rules_stage CHECK (stage IN ('file', 'reply', 'rectify')),
    CONSTRAINT ck_clock_rules_unit CHECK (unit IN ('working_hour', 'urgent_working_hour', 'working_day', 'urgent_working_day')),
    CONSTRAINT ck_clock_rules_amount CHECK (amount BETWEEN 1 AND 1000)
);

-- The limit of a stage: the street's rule for the category, the street's for all, the general one for the category, the general one.
CREATE FUNCTION clock_rule(of_street text, of_category text, of_stage text)
RETURNS TABLE (unit text, amount integer) LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT r.unit, r.amount
    FROM clock_rules r
    WHERE r.street_code IN (of_street, '*') AND r.category IN (of_category, '*') AND r.stage = of_stage
    ORDER BY r.street_code = '*', r.category = '*'
    LIMIT 1
$$;

-- Two problems of one kind nearer than this are offered as one.
ALTER TABLE issue_categories
    ADD COLUMN duplicate_radius_m double precision NOT NULL DEFAULT 50,
    ADD CONSTRAINT ck_issue_categories_duplicate_radius CHECK (duplicate_radius_m BETWEEN 0 AND 1000);

-- ---------------------------------------------------------------------------------------------------
-- Issues
-- ---------------------------------------------------------------------------------------------------

ALTER TABLE issues
    ADD COLUMN origin text NOT NULL DEFAULT 'import',
    ADD COLUMN covert boolean NOT NULL DEFAULT false,
    ADD COLUMN notice_issued_at timestamptz,
    -- Hidden from the inspected body until the notice goes out.
    ADD COLUMN embargoed boolean NOT NULL GENERATED ALWAYS AS (covert AND notice_issued_at IS NULL) STORED,
    ADD COLUMN reported_by uuid,
    ADD COLUMN reported_at timestamptz,
    -- Found and entered on the same day of Beijing time (当日发现、当日录入).
    ADD COLUMN entered_same_day boolean GENERATED ALWAYS AS (
        (found_at AT TIME ZONE INTERVAL '8 hours')::date = (reported_at AT TIME ZONE INTERVAL '8 hours')::date) STORED,
    -- The device's clock was ahead of the server's.
    ADD COLUMN clock_ahead boolean NOT NULL DEFAULT false,
    ADD COLUMN accuracy_m double precision,
    ADD COLUMN building text,
    ADD COLUMN floor text,
    ADD COLUMN sub_place text,
    ADD COLUMN lead_body text,
    ADD COLUMN lead_task_no integer,
    ADD COLUMN file_due_at timestamptz,
    ADD COLUMN file_due_zh text,
    ADD COLUMN file_due_en text,
    ADD COLUMN rectified_by uuid,
    ADD COLUMN verified_by uuid,
    ADD COLUMN merged_into uuid,
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_issues_origin CHECK (
        origin = 'import' OR (origin = 'app' AND reported_by IS NOT NULL AND reported_at IS NOT NULL)),
    ADD CONSTRAINT ck_issues_two_keys CHECK (rectified_by <> verified_by),
    ADD CONSTRAINT ck_issues_cancelled CHECK (
        origin <> 'app' OR state <> 'cancelled' OR (rectified_by IS NOT NULL AND verified_by IS NOT NULL)),
    ADD CONSTRAINT ck_issues_merged CHECK (merged_into IS NULL OR (state = 'merged' AND merged_into <> id)),
    ADD CONSTRAINT ck_issues_accuracy CHECK (accuracy_m BETWEEN 0 AND 100000),
    ADD CONSTRAINT fk_issues_reported_by FOREIGN KEY (reported_by) REFERENCES accounts (account_id),
    ADD CONSTRAINT fk_issues_rectified_by FOREIGN KEY (rectified_by) REFERENCES accounts (account_id),
    ADD CONSTRAINT fk_issues_verified_by FOREIGN KEY (verified_by) REFERENCES accounts (account_id),
    ADD CONSTRAINT fk_issues_lead_body FOREIGN KEY (street_code, lead_body) REFERENCES bodies (street_code, code),
    ADD CONSTRAINT fk_issues_merged_into FOREIGN KEY (street_code, merged_into) REFERENCES issues (street_code, id);
-- Floors and sub-places are of the list that points use.
ALTER TABLE issues
    ADD CONSTRAINT fk_issues_sub_place FOREIGN KEY (sub_place) REFERENCES sub_places (code);
CREATE INDEX ix_issues_reported_by ON issues (reported_by) WHERE reported_by IS NOT NULL;
CREATE INDEX ix_issues_rectified_by ON issues (rectified_by) WHERE rectified_by IS NOT NULL;
CREATE INDEX ix_issues_verified_by ON issues (verified_by) WHERE verified_by IS NOT NULL;
CREATE INDEX ix_issues_lead_body ON issues (street_code, lead_body) WHERE lead_body IS NOT NULL;
CREATE INDEX ix_issues_merged_into ON issues (street_code, merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ix_issues_sub_place ON issues (sub_place) WHERE sub_place IS NOT NULL;
CREATE INDEX ix_issues_id ON issues (id);
-- What is still hidden: few, and counts have to leave them out.
CREATE INDEX ix_issues_embargoed ON issues (street_code, grid_code) WHERE embargoed;

-- ---------------------------------------------------------------------------------------------------
-- Events: only added to. The pairs of states are those of IssueLife; a test compares them.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE issue_events (
    street_code text NOT NULL,
    issue_id uuid NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    recorded_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    from_state text,
    to_state text,
    note text,
    body_code text,
    task_no integer,
    days integer,
    merged_into uuid,
    -- Title of the leader a notice names.
    leader text,
    CONSTRAINT pk_issue_events PRIMARY KEY (street_code, issue_id, seq),
    CONSTRAINT fk_issue_events_issue FOREIGN KEY (street_code, issue_id) REFERENCES issues (street_code, id),
    CONSTRAINT fk_issue_events_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT ck_issue_events_seq CHECK (seq >= 1),
    CONSTRAINT ck_issue_events_role CHECK (role IN ('worker', 'handler', 'supervisor')),
    CONSTRAINT ck_issue_events_kind CHECK (
        (kind = 'created' AND seq = 1 AND from_state IS NULL AND to_state IN ('reported', 'fixed_on_spot'))
        OR (kind = 'transition' AND from_state IS NOT NULL AND to_state IS NOT NULL)
        OR (kind IN ('edited', 'task_reply', 'extension_request') AND from_state IS NULL AND to_state IS NULL)
    ),
    CONSTRAINT ck_issue_events_step CHECK (
        from_state IS NULL OR (from_state, to_state) IN (
            ('open', 'filed'), ('reported', 'filed'), ('reopened', 'filed'),
            ('open', 'rejected'), ('reported', 'rejected'), ('filed', 'rejected'),
            ('open', 'merged'), ('reported', 'merged'), ('filed', 'merged'),
            ('filed', 'dispatched'), ('returned', 'dispatched'),
            ('dispatched', 'returned'), ('extended', 'returned'), ('rectified', 'returned'),
            ('dispatched', 'extended'), ('extended', 'extended'),
            ('dispatched', 'suspended'), ('extended', 'suspended'), ('replied', 'suspended'),
            ('suspended', 'dispatched'),
            ('dispatched', 'replied'), ('extended', 'replied'),
            ('replied', 'rectified'),
            ('rectified', 'verified'),
            ('verified', 'cancelled'),
            ('cancelled', 'reopened'), ('closed', 'reopened'), ('rejected', 'reopened'), ('fixed_on_spot', 'reopened'),
            ('dispatched', 'filed'), ('replied', 'filed'), ('rectified', 'filed'), ('verified', 'filed'), ('returned', 'filed'), ('extended', 'filed'), ('suspended', 'filed')
        )
    ),
    CONSTRAINT ck_issue_events_merged CHECK ((to_state IS NOT DISTINCT FROM 'merged') = (merged_into IS NOT NULL))
);
CREATE INDEX ix_issue_events_account ON issue_events (account_id);
CREATE INDEX ix_issue_events_recorded ON issue_events (street_code, recorded_at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tr_issue_events_keep BEFORE UPDATE OR DELETE ON issue_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_issue_events_no_truncate BEFORE TRUNCATE ON issue_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- ---------------------------------------------------------------------------------------------------
-- Tasks: what one body has to do about an issue, since one dispatch. Numbers go on over later dispatches.
-- due_* are the limit that runs now (the reply's, then the rectification's of the lead), kept from task_deadlines.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE issue_tasks (
    street_code text NOT NULL,
    issue_id uuid NOT NULL,
    task_no integer NOT NULL,
    body_code text NOT NULL,
    role text NOT NULL,
    state text NOT NULL,
    dispatched_at timestamptz NOT NULL,
    stage text,
    due_at timestamptz,
    due_unit text,
    due_amount integer,
    due_explanation_zh text,
    due_explanation_en text,
    calendar_revision integer NOT NULL,
    paused_at timestamptz,
    remaining_seconds bigint,
    replied_at timestamptz,
    done_at timestamptz,
    CONSTRAINT pk_issue_tasks PRIMARY KEY (street_code, issue_id, task_no),
    CONSTRAINT fk_issue_tasks_issue FOREIGN KEY (street_code, issue_id) REFERENCES issues (street_code, id),
    CONSTRAINT fk_issue_tasks_body FOREIGN KEY (street_code, body_code) REFERENCES bodies (street_code, code),
    CONSTRAINT ck_issue_tasks_role CHECK (role IN ('lead', 'cooperating')),
    CONSTRAINT ck_issue_tasks_state CHECK (state IN ('open', 'replied', 'done', 'returned', 'suspended')),
    CONSTRAINT ck_issue_tasks_due CHECK ((stage IS NULL) = (due_at IS NULL) AND stage IN ('reply', 'rectify')),
    CONSTRAINT ck_issue_tasks_pause CHECK ((state = 'suspended') = (paused_at IS NOT NULL))
);
CREATE INDEX ix_issue_tasks_body ON issue_tasks (street_code, body_code, state);
CREATE INDEX ix_issue_tasks_due ON issue_tasks (street_code, due_at) WHERE state IN ('open', 'replied');

-- Every limit a task had, with how it was met; an extension or a pause changes the row and the explanation says so.
CREATE TABLE task_deadlines (
    street_code text NOT NULL,
    issue_id uuid NOT NULL,
    task_no integer NOT NULL,
    stage text NOT NULL,
    unit text NOT NULL,
    amount integer NOT NULL,
    started_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    first_due_at timestamptz NOT NULL,
    explanation_zh text NOT NULL,
    explanation_en text NOT NULL,
    remaining_seconds bigint,
    met_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT pk_task_deadlines PRIMARY KEY (street_code, issue_id, task_no, stage),
    CONSTRAINT fk_task_deadlines_task FOREIGN KEY (street_code, issue_id, task_no) REFERENCES issue_tasks (street_code, issue_id, task_no),
    CONSTRAINT ck_task_deadlines_stage CHECK (stage IN ('reply', 'rectify')),
    CONSTRAINT ck_task_deadlines_unit CHECK (unit IN ('working_hour', 'urgent_working_hour', 'working_day', 'urgent_working_day'))
);

-- Until when the next thing has to happen: filing of a report, else the first of the limits that run; null when none does.
CREATE FUNCTION issue_due(of_street text, of_issue uuid, of_state text, of_file_due timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN of_state IN ('open', 'reported', 'reopened') THEN of_file_due
        WHEN of_state IN ('dispatched', 'extended', 'replied') THEN (
            SELECT min(t.due_at) FROM issue_tasks t
            WHERE t.street_code = of_street AND t.issue_id = of_issue AND t.state IN ('open', 'replied'))
    END
$$;

-- ---------------------------------------------------------------------------------------------------
-- Submissions: the ids that clients gave, so that a repeated one is known. In a table of its own, so that issues can
-- be partitioned without their ids having to be unique across partitions.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE submissions (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    body_sha256 bytea NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT pk_submissions PRIMARY KEY (id),
    CONSTRAINT fk_submissions_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT ck_submissions_sha256 CHECK (octet_length(body_sha256) = 32)
);
CREATE INDEX ix_submissions_account ON submissions (account_id);
