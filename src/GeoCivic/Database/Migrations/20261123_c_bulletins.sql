-- Bulletins (周通报、半月报、月评等次): drafts, and what was issued with every figure and the records behind it as they were then.

-- Day of the week on which a street issues its weekly bulletin; 1 is Monday. No row: Wednesday.
CREATE TABLE bulletin_schedules (
    street_code text NOT NULL,
    weekday integer NOT NULL,
    CONSTRAINT pk_bulletin_schedules PRIMARY KEY (street_code),
    CONSTRAINT fk_bulletin_schedules_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_bulletin_schedules_weekday CHECK (weekday BETWEEN 1 AND 7)
);

-- ---------------------------------------------------------------------------------------------------
-- How communities and bodies are graded. '*': the standard of streets without one of their own. Versions are never
-- changed, so a bulletin that names one says for ever how it was made.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE grading_formulas (
    street_code text NOT NULL DEFAULT '*',
    version integer NOT NULL,
    -- Whoever has fewer tasks (communities: issues) in the period is listed and not ranked.
    min_tasks integer NOT NULL,
    -- From how many points of 100 on a grade is given; below the last it is 较差.
    excellent double precision NOT NULL,
    good double precision NOT NULL,
    fair double precision NOT NULL,
    made_at timestamptz NOT NULL DEFAULT now(),
    made_by uuid,
    CONSTRAINT pk_grading_formulas PRIMARY KEY (street_code, version),
    CONSTRAINT fk_grading_formulas_account FOREIGN KEY (made_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_grading_formulas_version CHECK (version >= 1),
    CONSTRAINT ck_grading_formulas_min CHECK (min_tasks BETWEEN 1 AND 1000),
    CONSTRAINT ck_grading_formulas_grades CHECK (100 >= excellent AND excellent > good AND good > fair AND fair > 0)
);
CREATE INDEX ix_grading_formulas_made_by ON grading_formulas (made_by) WHERE made_by IS NOT NULL;
CREATE TRIGGER tr_grading_formulas_keep BEFORE UPDATE OR DELETE ON grading_formulas FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TABLE grading_indicators (
    street_code text NOT NULL DEFAULT '*',
    version integer NOT NULL,
    subject text NOT NULL,
    indicator text NOT NULL,
    sort integer NOT NULL,
    weight double precision NOT NULL,
    -- Values that give 0 and 100 points; between them in a straight line, outside cut off.
    zero_at double precision NOT NULL,
    full_at double precision NOT NULL,
    CONSTRAINT pk_grading_indicators PRIMARY KEY (street_code, version, subject, indicator),
    CONSTRAINT fk_grading_indicators_formula FOREIGN KEY (street_code, version) REFERENCES grading_formulas (street_code, version),
    CONSTRAINT ck_grading_indicators_subject CHECK (subject IN ('community', 'body')),
    CONSTRAINT ck_grading_indicators_weight CHECK (weight > 0 AND weight <= 1000),
    CONSTRAINT ck_grading_indicators_scale CHECK (
        zero_at <> full_at AND zero_at BETWEEN 0 AND 1000000 AND full_at BETWEEN 0 AND 1000000)
);
CREATE TRIGGER tr_grading_indicators_keep BEFORE UPDATE OR DELETE ON grading_indicators FOR EACH ROW EXECUTE FUNCTION refuse_change();

INSERT INTO grading_formulas (version, min_tasks, excellent, good, fair) VALUES (1, 3, 90, 75, 60);
INSERT INTO grading_indicators (version, subject, indicator, sort, weight, zero_at, full_at) VALUES
    (1, 'community', 'on_time_rate', 1, 20, 0.5, 1),
    (1, 'community', 'cancellation_rate', 2, 20, 0, 0.8),
    (1, 'community', 'recurrence_rate', 3, 15, 0.3, 0),
    (1, 'community', 'overdue_per_point', 4, 15, 0.2, 0),
    (1, 'community', 'visit_completion', 5, 20, 0.5, 1),
    (1, 'community', 'same_day_entry', 6, 10, 0.5, 1),
    (1, 'body', 'on_time_reply', 1, 25, 0.5, 1),
    (1, 'body', 'on_time_rectify', 2, 25, 0.5, 1),
    (1, 'body', 'cancellation_rate', 3, 20, 0, 0.8),
    (1, 'body', 'recurrence_rate', 4, 10, 0.3, 0),
    (1, 'body', 'late_replies', 5, 20, 5, 0);

-- ---------------------------------------------------------------------------------------------------
-- Bulletins
-- ---------------------------------------------------------------------------------------------------

-- The last number given, as letter_books: locked until the transaction ends, so that there is no gap.
CREATE TABLE bulletin_books (
    street_code text NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_bulletin_books PRIMARY KEY (street_code, kind, year),
    CONSTRAINT fk_bulletin_books_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_bulletin_books_kind CHECK (kind IN ('weekly', 'half_monthly', 'monthly')),
    CONSTRAINT ck_bulletin_books_last CHECK (last > 0)
);

CREATE TABLE bulletins (
    street_code text NOT NULL,
    bulletin_id uuid NOT NULL,
    kind text NOT NULL,
    status text NOT NULL DEFAULT 'draft',
    -- The day it is due, and the first and last day (Beijing time) it speaks of.
    due_on date NOT NULL,
    period_from date NOT NULL,
    period_to date NOT NULL,
    previous_from date NOT NULL,
    -- The issued bulletin that this one corrects.
    replaces uuid,
    -- Paragraphs of the supervisor's own, separated by line feeds.
    note text,
    made_at timestamptz NOT NULL,
    made_by uuid NOT NULL,
    year integer,
    seq integer,
    number text,
    street_name text,
    formula_street text,
    formula_version integer,
    issued_at timestamptz,
    issued_by uuid,
    -- Title of who issued it, as it was.
    issuer text,
    CONSTRAINT pk_bulletins PRIMARY KEY (street_code, bulletin_id),
    CONSTRAINT uq_bulletins_number UNIQUE (street_code, kind, year, seq),
    CONSTRAINT fk_bulletins_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_bulletins_replaces FOREIGN KEY (street_code, replaces) REFERENCES bulletins (street_code, bulletin_id),
    CONSTRAINT fk_bulletins_made_by FOREIGN KEY (made_by) REFERENCES accounts (account_id),
    CONSTRAINT fk_bulletins_issued_by FOREIGN KEY (issued_by) REFERENCES accounts (account_id),
    CONSTRAINT fk_bulletins_formula FOREIGN KEY (formula_street, formula_version) REFERENCES grading_formulas (street_code, version),
    CONSTRAINT ck_bulletins_kind CHECK (kind IN ('weekly', 'half_monthly', 'monthly')),
    CONSTRAINT ck_bulletins_status CHECK (status IN ('draft', 'issued')),
    CONSTRAINT ck_bulletins_period CHECK (
        previous_from < period_from AND period_from <= period_to AND due_on = period_to + 1
        AND (kind <> 'weekly' OR period_to - period_from = 6)),
    CONSTRAINT ck_bulletins_note CHECK (length(note) BETWEEN 1 AND 10019),
    CONSTRAINT ck_bulletins_issued CHECK (
        num_nonnulls(year, seq, number, street_name, formula_street, formula_version, issued_at, issued_by, issuer)
        = CASE status WHEN 'issued' THEN 9 ELSE 0 END)
);
CREATE INDEX ix_bulletins_replaces ON bulletins (street_code, replaces) WHERE replaces IS NOT NULL;
CREATE INDEX ix_bulletins_made_by ON bulletins (made_by);
CREATE INDEX ix_bulletins_issued_by ON bulletins (issued_by) WHERE issued_by IS NOT NULL;
CREATE INDEX ix_bulletins_formula ON bulletins (formula_street, formula_version);
CREATE INDEX ix_bulletins_id ON bulletins (bulletin_id);
-- One a period, and one correction of each: what holds is the end of the chain.
CREATE UNIQUE INDEX uq_bulletins_period ON bulletins (street_code, kind, period_from) WHERE status = 'issued' AND replaces IS NULL;
CREATE UNIQUE INDEX uq_bulletins_correction ON bulletins (street_code, replaces) WHERE status = 'issued' AND replaces IS NOT NULL;

-- subject and code say whose the number is: of the street, a community, a body or a category. base is what a rate divides by.
CREATE TABLE bulletin_figures (
    street_code text NOT NULL,
    bulletin_id uuid NOT NULL,
    figure_key text NOT NULL,
    sort integer NOT NULL,
    subject text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    measure text NOT NULL,
    value double precision,
    previous double precision,
    base double precision,
    rank integer,
    grade text,
    CONSTRAINT pk_bulletin_figures PRIMARY KEY (street_code, bulletin_id, figure_key),
    CONSTRAINT uq_bulletin_figures_sort UNIQUE (street_code, bulletin_id, sort),
    CONSTRAINT fk_bulletin_figures_bulletin FOREIGN KEY (street_code, bulletin_id) REFERENCES bulletins (street_code, bulletin_id),
    CONSTRAINT ck_bulletin_figures_subject CHECK (subject IN ('street', 'community', 'body', 'category', 'outstanding', 'cell', 'veto')),
    CONSTRAINT ck_bulletin_figures_rank CHECK (rank >= 1)
);

-- An issue, a task of a body, or the rounds at a point, with the columns shown. issue_id leads to the issue as it is now.
CREATE TABLE bulletin_records (
    street_code text NOT NULL,
    bulletin_id uuid NOT NULL,
    record_no integer NOT NULL,
    kind text NOT NULL,
    issue_id uuid,
    point_code text,
    code text NOT NULL,
    title text,
    category_name text,
    community_name text,
    body_name text,
    state text NOT NULL,
    state_name text NOT NULL,
    started_at timestamptz,
    due_at timestamptz,
    ended_at timestamptz,
    days integer,
    shift text,
    expected integer,
    made integer,
    CONSTRAINT pk_bulletin_records PRIMARY KEY (street_code, bulletin_id, record_no),
    CONSTRAINT fk_bulletin_records_bulletin FOREIGN KEY (street_code, bulletin_id) REFERENCES bulletins (street_code, bulletin_id),
    CONSTRAINT ck_bulletin_records_kind CHECK (kind IN ('issue', 'task', 'round', 'photo', 'veto'))
);

CREATE TABLE bulletin_figure_records (
    street_code text NOT NULL,
    bulletin_id uuid NOT NULL,
    figure_key text NOT NULL,
    sort integer NOT NULL,
    record_no integer NOT NULL,
    CONSTRAINT pk_bulletin_figure_records PRIMARY KEY (street_code, bulletin_id, figure_key, sort),
    CONSTRAINT fk_bulletin_figure_records_figure FOREIGN KEY (street_code, bulletin_id, figure_key)
        REFERENCES bulletin_figures (street_code, bulletin_id, figure_key),
    CONSTRAINT fk_bulletin_figure_records_record FOREIGN KEY (street_code, bulletin_id, record_no)
        REFERENCES bulletin_records (street_code, bulletin_id, record_no)
);
CREATE INDEX ix_bulletin_figure_records_record ON bulletin_figure_records (street_code, bulletin_id, record_no);

-- What was issued stays as it went out; a draft may be changed and discarded.
CREATE FUNCTION keep_bulletins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'issued' THEN
        RAISE EXCEPTION 'a bulletin that was issued is neither changed nor removed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER tr_bulletins_keep BEFORE UPDATE OR DELETE ON bulletins FOR EACH ROW EXECUTE FUNCTION keep_bulletins();
CREATE TRIGGER tr_bulletins_no_truncate BEFORE TRUNCATE ON bulletins FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Figures and records come in the transaction that issues, before the bulletin says that it is issued; never after.
CREATE FUNCTION keep_bulletin_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (SELECT DISTINCT street_code, bulletin_id FROM new_rows) n
        JOIN bulletins b ON b.street_code = n.street_code AND b.bulletin_id = n.bulletin_id
        WHERE b.status = 'issued'
    ) THEN
        RAISE EXCEPTION 'nothing is added to a bulletin that was issued' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_bulletin_figures_add AFTER INSERT ON bulletin_figures
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_bulletin_parts();
CREATE TRIGGER tr_bulletin_records_add AFTER INSERT ON bulletin_records
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_bulletin_parts();
CREATE TRIGGER tr_bulletin_figure_records_add AFTER INSERT ON bulletin_figure_records
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_bulletin_parts();
CREATE TRIGGER tr_bulletin_figures_keep BEFORE UPDATE OR DELETE ON bulletin_figures FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_bulletin_records_keep BEFORE UPDATE OR DELETE ON bulletin_records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_bulletin_figure_records_keep BEFORE UPDATE OR DELETE ON bulletin_figure_records FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_bulletin_figures_no_truncate BEFORE TRUNCATE ON bulletin_figures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_bulletin_records_no_truncate BEFORE TRUNCATE ON bulletin_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_bulletin_figure_records_no_truncate BEFORE TRUNCATE ON bulletin_figure_records FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
