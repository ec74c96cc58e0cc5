-- Runs over the surroundings of schools: what each found, kept so that a year of nightly runs stays small, and what
-- schools, gates and venues were before they were changed.

CREATE TABLE perimeter_runs (
    street_code text NOT NULL,
    -- 1, 2, 3 … in the street, without gaps.
    seq integer NOT NULL,
    run_id uuid NOT NULL,
    -- The Beijing day whose rules and licences counted.
    day date NOT NULL,
    kind text NOT NULL,
    made_at timestamptz NOT NULL,
    -- Null: nobody asked, it was night, or the command line did.
    made_by uuid,
    -- Rows by verdict, and the changes since the run before by what they are.
    tally jsonb NOT NULL,
    changes jsonb NOT NULL,
    CONSTRAINT pk_perimeter_runs PRIMARY KEY (street_code, seq),
    CONSTRAINT uq_perimeter_runs_id UNIQUE (street_code, run_id),
    CONSTRAINT fk_perimeter_runs_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_perimeter_runs_account FOREIGN KEY (made_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_perimeter_runs_seq CHECK (seq >= 1),
    CONSTRAINT ck_perimeter_runs_kind CHECK (kind IN ('nightly', 'asked', 'command'))
);
CREATE INDEX ix_perimeter_runs_account ON perimeter_runs (made_by);
CREATE INDEX ix_perimeter_runs_day ON perimeter_runs (street_code, day, seq);
-- Several processes of the service make one nightly run of a street and day, not several.
CREATE UNIQUE INDEX uq_perimeter_runs_night ON perimeter_runs (street_code, day) WHERE kind = 'nightly';
CREATE TRIGGER tr_perimeter_runs_keep BEFORE UPDATE OR DELETE ON perimeter_runs FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What verdicts follow from, as versions: a row says that something was so from one run to another (null: still is).
CREATE TABLE perimeter_facts (
    street_code text NOT NULL,
    subject text NOT NULL,
    -- Schools and rules may be those of a neighbouring street.
    subject_street text NOT NULL,
    subject_code text NOT NULL,
    first_run integer NOT NULL,
    last_run integer,
    name text NOT NULL,
    -- Digests and values, one member for each thing that can change by itself.
    facts jsonb NOT NULL,
    CONSTRAINT pk_perimeter_facts PRIMARY KEY (street_code, subject, subject_street, subject_code, first_run),
    CONSTRAINT fk_perimeter_facts_first FOREIGN KEY (street_code, first_run) REFERENCES perimeter_runs (street_code, seq),
    CONSTRAINT fk_perimeter_facts_last FOREIGN KEY (street_code, last_run) REFERENCES perimeter_runs (street_code, seq),
    CONSTRAINT ck_perimeter_facts_subject CHECK (subject IN ('school', 'venue', 'rule', 'network')),
    CONSTRAINT ck_perimeter_facts_runs CHECK (last_run >= first_run)
);
CREATE INDEX ix_perimeter_facts_first ON perimeter_facts (street_code, first_run);
CREATE INDEX ix_perimeter_facts_last ON perimeter_facts (street_code, last_run);

-- Every verdict but "compliant", as versions. What is not here while its school, venue and rule are was compliant.
CREATE TABLE perimeter_findings (
    -- The venue's street.
    street_code text NOT NULL,
    school_street text NOT NULL,
    school_code text NOT NULL,
    venue_code text NOT NULL,
    -- Pack and rule, without the pack's version.
    rule text NOT NULL,
    first_run integer NOT NULL,
    last_run integer,
    verdict text NOT NULL,
    reason text NOT NULL,
    limit_m double precision NOT NULL,
    straight_m double precision NOT NULL,
    gate_m double precision,
    walking_m double precision,
    measured_m double precision,
    uncertainty_m double precision NOT NULL,
    exempt_until date,
    CONSTRAINT pk_perimeter_findings PRIMARY KEY (street_code, school_street, school_code, venue_code, rule, first_run),
    CONSTRAINT fk_perimeter_findings_first FOREIGN KEY (street_code, first_run) REFERENCES perimeter_runs (street_code, seq),
    CONSTRAINT fk_perimeter_findings_last FOREIGN KEY (street_code, last_run) REFERENCES perimeter_runs (street_code, seq),
    CONSTRAINT ck_perimeter_findings_verdict CHECK (verdict IN ('violating', 'disputed', 'to_be_surveyed', 'exempt')),
    CONSTRAINT ck_perimeter_findings_runs CHECK (last_run >= first_run)
);
CREATE INDEX ix_perimeter_findings_first ON perimeter_findings (street_code, first_run);
CREATE INDEX ix_perimeter_findings_last ON perimeter_findings (street_code, last_run);

-- What a school, a gate or a venue was before each change, whoever made it: a person, an import, a boundary drawn anew.
CREATE TABLE perimeter_history (
    street_code text NOT NULL,
    entry bigint GENERATED ALWAYS AS IDENTITY,
    subject text NOT NULL,
    code text NOT NULL,
    revision integer NOT NULL,
    replaced_at timestamptz NOT NULL,
    -- Null: an import or the command line.
    replaced_by uuid,
    -- The row as it was, its shape as GeoJSON.
    record jsonb NOT NULL,
    CONSTRAINT pk_perimeter_history PRIMARY KEY (street_code, entry),
    CONSTRAINT fk_perimeter_history_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_perimeter_history_account FOREIGN KEY (replaced_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_perimeter_history_subject CHECK (subject IN ('schools', 'gates', 'venues'))
);
CREATE INDEX ix_perimeter_history_record ON perimeter_history (street_code, subject, code, revision);
CREATE INDEX ix_perimeter_history_account ON perimeter_history (replaced_by);
CREATE TRIGGER tr_perimeter_history_keep BEFORE UPDATE OR DELETE ON perimeter_history FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- What follows from the grids (placement) and what counts changes (revision, updated_at) is not part of what a thing is.
CREATE FUNCTION perimeter_record(r jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT r - '{street_code,code,revision,updated_at,placement,grid_code,community_code,snap_distance_m,gates_changed}'::text[]
$$;

CREATE FUNCTION keep_perimeter_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    account uuid := nullif(current_setting('geocivic.account', true), '');
BEGIN
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO perimeter_history (street_code, subject, code, revision, replaced_at, replaced_by, record)
        SELECT o.street_code, TG_TABLE_NAME, o.code, o.revision, now(), account, perimeter_record(to_jsonb(o))
        FROM old_rows o JOIN new_rows n ON n.street_code = o.street_code AND n.code = o.code
        WHERE o.revision <> n.revision AND perimeter_record(to_jsonb(o)) <> perimeter_record(to_jsonb(n));
    ELSE
        INSERT INTO perimeter_history (street_code, subject, code, revision, replaced_at, replaced_by, record)
        SELECT o.street_code, TG_TABLE_NAME, o.code, o.revision, now(), account, perimeter_record(to_jsonb(o))
        FROM old_rows o;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_schools_history AFTER UPDATE ON schools
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_perimeter_history();
CREATE TRIGGER tr_gates_history AFTER UPDATE ON gates
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_perimeter_history();
CREATE TRIGGER tr_venues_history AFTER UPDATE ON venues
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_perimeter_history();
CREATE TRIGGER tr_schools_history_gone AFTER DELETE ON schools
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_perimeter_history();
CREATE TRIGGER tr_gates_history_gone AFTER DELETE ON gates
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_perimeter_history();
CREATE TRIGGER tr_venues_history_gone AFTER DELETE ON venues
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_perimeter_history();

-- Gates belong to the shape of their school: a change of them is a change of what its revision names.
ALTER TABLE schools ADD COLUMN gates_changed integer NOT NULL DEFAULT 0;
CREATE FUNCTION note_changed_gates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        UPDATE schools s SET gates_changed = s.gates_changed + 1
        WHERE EXISTS (SELECT FROM old_rows g WHERE g.street_code = s.street_code AND g.school_code = s.code);
    ELSIF TG_OP = 'INSERT' THEN
        UPDATE schools s SET gates_changed = s.gates_changed + 1
        WHERE EXISTS (SELECT FROM new_rows g WHERE g.street_code = s.street_code AND g.school_code = s.code);
    ELSE
        UPDATE schools s SET gates_changed = s.gates_changed + 1
        WHERE EXISTS (
            SELECT FROM old_rows o JOIN new_rows n ON n.street_code = o.street_code AND n.code = o.code
            WHERE o.revision <> n.revision AND o.street_code = s.street_code AND s.code IN (o.school_code, n.school_code));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_gates_noted_new AFTER INSERT ON gates
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changed_gates();
CREATE TRIGGER tr_gates_noted AFTER UPDATE ON gates
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changed_gates();
CREATE TRIGGER tr_gates_noted_gone AFTER DELETE ON gates
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_changed_gates();
