-- The assessment system (测评体系) as a tree, mock assessments on it, and the veto board.

CREATE TABLE assessment_trees (
    street_code text NOT NULL,
    tree_id uuid NOT NULL,
    version integer NOT NULL,
    title text NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    imported_by uuid NOT NULL,
    imported_at timestamptz NOT NULL,
    CONSTRAINT pk_assessment_trees PRIMARY KEY (street_code, tree_id),
    CONSTRAINT uq_assessment_trees_version UNIQUE (street_code, version),
    -- The same file again is the version that is there.
    CONSTRAINT uq_assessment_trees_sha256 UNIQUE (street_code, sha256),
    CONSTRAINT fk_assessment_trees_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_assessment_trees_account FOREIGN KEY (imported_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_assessment_trees_sha256 CHECK (octet_length(sha256) = 32),
    CONSTRAINT ck_assessment_trees_version CHECK (version >= 1)
);
CREATE INDEX ix_assessment_trees_account ON assessment_trees (imported_by);

-- Nodes of a version never change.
CREATE TABLE assessment_nodes (
    street_code text NOT NULL,
    tree_id uuid NOT NULL,
    code text NOT NULL,
    sort integer NOT NULL,
    level integer NOT NULL,
    parent_code text,
    name text NOT NULL,
    basis text,
    methods text[] NOT NULL,
    -- Share among its siblings, in any unit.
    weight double precision NOT NULL,
    veto boolean NOT NULL,
    point_types text[] NOT NULL,
    points text[] NOT NULL,
    households integer,
    CONSTRAINT pk_assessment_nodes PRIMARY KEY (street_code, tree_id, code),
    CONSTRAINT fk_assessment_nodes_tree FOREIGN KEY (street_code, tree_id) REFERENCES assessment_trees (street_code, tree_id),
    CONSTRAINT fk_assessment_nodes_parent FOREIGN KEY (street_code, tree_id, parent_code)
        REFERENCES assessment_nodes (street_code, tree_id, code) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_assessment_nodes_level CHECK (level BETWEEN 1 AND 6 AND (level = 1) = (parent_code IS NULL)),
    CONSTRAINT ck_assessment_nodes_weight CHECK (weight > 0 AND weight <= 1000000),
    CONSTRAINT ck_assessment_nodes_methods CHECK (methods <@ ARRAY['documents', 'field_visit', 'survey']),
    CONSTRAINT ck_assessment_nodes_households CHECK (households >= 0)
);
CREATE INDEX ix_assessment_nodes_parent ON assessment_nodes (street_code, tree_id, parent_code);

CREATE TABLE mock_assessments (
    street_code text NOT NULL,
    assessment_id uuid NOT NULL,
    tree_id uuid NOT NULL,
    name text NOT NULL,
    held_on date NOT NULL,
    note text,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT pk_mock_assessments PRIMARY KEY (street_code, assessment_id),
    CONSTRAINT uq_mock_assessments_tree UNIQUE (street_code, assessment_id, tree_id),
    CONSTRAINT fk_mock_assessments_tree FOREIGN KEY (street_code, tree_id) REFERENCES assessment_trees (street_code, tree_id),
    CONSTRAINT fk_mock_assessments_account FOREIGN KEY (made_by) REFERENCES accounts (account_id)
);
CREATE INDEX ix_mock_assessments_tree ON mock_assessments (street_code, tree_id);
CREATE INDEX ix_mock_assessments_account ON mock_assessments (made_by);

CREATE TABLE mock_scores (
    street_code text NOT NULL,
    assessment_id uuid NOT NULL,
    indicator text NOT NULL,
    tree_id uuid NOT NULL,
    score double precision NOT NULL,
    note text,
    CONSTRAINT pk_mock_scores PRIMARY KEY (street_code, assessment_id, indicator),
    CONSTRAINT fk_mock_scores_assessment FOREIGN KEY (street_code, assessment_id, tree_id)
        REFERENCES mock_assessments (street_code, assessment_id, tree_id),
    CONSTRAINT fk_mock_scores_indicator FOREIGN KEY (street_code, tree_id, indicator)
        REFERENCES assessment_nodes (street_code, tree_id, code),
    CONSTRAINT ck_mock_scores_score CHECK (score BETWEEN 0 AND 100)
);
CREATE INDEX ix_mock_scores_assessment ON mock_scores (street_code, assessment_id, tree_id);
CREATE INDEX ix_mock_scores_indicator ON mock_scores (street_code, tree_id, indicator);

CREATE TABLE mock_observations (
    street_code text NOT NULL,
    assessment_id uuid NOT NULL,
    indicator text NOT NULL,
    point_code text NOT NULL,
    tree_id uuid NOT NULL,
    outcome text NOT NULL,
    note text,
    CONSTRAINT pk_mock_observations PRIMARY KEY (street_code, assessment_id, indicator, point_code),
    CONSTRAINT fk_mock_observations_assessment FOREIGN KEY (street_code, assessment_id, tree_id)
        REFERENCES mock_assessments (street_code, assessment_id, tree_id),
    CONSTRAINT fk_mock_observations_indicator FOREIGN KEY (street_code, tree_id, indicator)
        REFERENCES assessment_nodes (street_code, tree_id, code),
    CONSTRAINT ck_mock_observations_outcome CHECK (outcome IN ('ok', 'bad', 'na'))
);
CREATE INDEX ix_mock_observations_assessment ON mock_observations (street_code, assessment_id, tree_id);
CREATE INDEX ix_mock_observations_indicator ON mock_observations (street_code, tree_id, indicator);

-- What an indicator came to: the score given, or the share of its points that were in order, of 100; points where it
-- does not apply do not count. Without either there is no row: not assessed is not zero.
CREATE VIEW mock_results AS
SELECT s.street_code, s.assessment_id, s.indicator, s.score, NULL::bigint AS ok, NULL::bigint AS bad, NULL::bigint AS na
FROM mock_scores s
UNION ALL
SELECT o.street_code, o.assessment_id, o.indicator,
       100.0 * count(*) FILTER (WHERE o.outcome = 'ok') / nullif(count(*) FILTER (WHERE o.outcome <> 'na'), 0),
       count(*) FILTER (WHERE o.outcome = 'ok'), count(*) FILTER (WHERE o.outcome = 'bad'), count(*) FILTER (WHERE o.outcome = 'na')
FROM mock_observations o
GROUP BY 1, 2, 3;

-- ---------------------------------------------------------------------------------------------------
-- Veto board (一票否决)
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE veto_indicators (
    street_code text NOT NULL,
    indicator_id uuid NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    -- What says so, with its citation.
    basis text NOT NULL,
    origin text NOT NULL,
    retired boolean NOT NULL DEFAULT false,
    revision integer NOT NULL DEFAULT 1,
    made_by uuid NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT pk_veto_indicators PRIMARY KEY (street_code, indicator_id),
    CONSTRAINT uq_veto_indicators_code UNIQUE (street_code, code),
    CONSTRAINT fk_veto_indicators_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_veto_indicators_account FOREIGN KEY (made_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_veto_indicators_origin CHECK (origin IN ('tree', 'hand')),
    CONSTRAINT ck_veto_indicators_revision CHECK (revision >= 1)
);
CREATE INDEX ix_veto_indicators_account ON veto_indicators (made_by);

-- Each time an indicator was raised; red until all of them are cleared, each by somebody else than who raised it.
CREATE TABLE veto_alarms (
    street_code text NOT NULL,
    alarm_id uuid NOT NULL,
    indicator_id uuid NOT NULL,
    reason text NOT NULL,
    -- The finding or the mock assessment that led to it. No foreign key to issues: an import may take its own back.
    issue_id uuid,
    assessment_id uuid,
    raised_by uuid NOT NULL,
    raised_at timestamptz NOT NULL,
    cleared_by uuid,
    cleared_at timestamptz,
    evidence text,
    CONSTRAINT pk_veto_alarms PRIMARY KEY (street_code, alarm_id),
    CONSTRAINT fk_veto_alarms_indicator FOREIGN KEY (street_code, indicator_id) REFERENCES veto_indicators (street_code, indicator_id),
    CONSTRAINT fk_veto_alarms_assessment FOREIGN KEY (street_code, assessment_id) REFERENCES mock_assessments (street_code, assessment_id),
    CONSTRAINT fk_veto_alarms_raised_by FOREIGN KEY (raised_by) REFERENCES accounts (account_id),
    CONSTRAINT fk_veto_alarms_cleared_by FOREIGN KEY (cleared_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_veto_alarms_cleared CHECK (
        (cleared_by IS NULL) = (cleared_at IS NULL) AND (cleared_by IS NULL) = (evidence IS NULL)
    ),
    CONSTRAINT ck_veto_alarms_second_person CHECK (cleared_by <> raised_by),
    CONSTRAINT ck_veto_alarms_times CHECK (cleared_at >= raised_at),
    CONSTRAINT ck_veto_alarms_texts CHECK (length(reason) BETWEEN 1 AND 2000 AND length(evidence) BETWEEN 1 AND 2000)
);
CREATE INDEX ix_veto_alarms_indicator ON veto_alarms (street_code, indicator_id);
CREATE INDEX ix_veto_alarms_assessment ON veto_alarms (street_code, assessment_id);
CREATE INDEX ix_veto_alarms_raised_by ON veto_alarms (raised_by);
CREATE INDEX ix_veto_alarms_cleared_by ON veto_alarms (cleared_by);

-- What was raised stays, and what cleared it.
CREATE FUNCTION keep_veto_alarms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.cleared_at IS NULL AND NEW.cleared_at IS NOT NULL
       AND (NEW.street_code, NEW.alarm_id, NEW.indicator_id, NEW.reason, NEW.issue_id, NEW.assessment_id, NEW.raised_by, NEW.raised_at)
           IS NOT DISTINCT FROM (OLD.street_code, OLD.alarm_id, OLD.indicator_id, OLD.reason, OLD.issue_id, OLD.assessment_id, OLD.raised_by, OLD.raised_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the veto board is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tr_veto_alarms_keep BEFORE UPDATE OR DELETE ON veto_alarms FOR EACH ROW EXECUTE FUNCTION keep_veto_alarms();
CREATE TRIGGER tr_veto_alarms_no_truncate BEFORE TRUNCATE ON veto_alarms FOR EACH STATEMENT EXECUTE FUNCTION keep_veto_alarms();
