-- Who answers: bodies, people on grids, duties with their history; where in a building a place is; the campaigns of
-- 2020; responsibility tables as they were handed in.

CREATE TABLE body_kinds (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    sort integer NOT NULL DEFAULT 1000,
    origin text NOT NULL DEFAULT 'import',
    CONSTRAINT pk_body_kinds PRIMARY KEY (code),
    CONSTRAINT ck_body_kinds_origin CHECK (origin IN ('reference', 'import'))
);
CREATE TABLE people_roles (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    sort integer NOT NULL DEFAULT 1000,
    origin text NOT NULL DEFAULT 'import',
    CONSTRAINT pk_people_roles PRIMARY KEY (code),
    CONSTRAINT ck_people_roles_origin CHECK (origin IN ('reference', 'import'))
);
CREATE TABLE sub_places (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    group_name text,
    sort integer NOT NULL DEFAULT 1000,
    origin text NOT NULL DEFAULT 'import',
    CONSTRAINT pk_sub_places PRIMARY KEY (code),
    CONSTRAINT ck_sub_places_origin CHECK (origin IN ('reference', 'import'))
);

ALTER TABLE points
    ADD COLUMN building text,
    ADD COLUMN floor text,
    ADD COLUMN sub_place text,
    ADD CONSTRAINT fk_points_sub_place FOREIGN KEY (sub_place) REFERENCES sub_places (code);
CREATE INDEX ix_points_sub_place ON points (sub_place) WHERE sub_place IS NOT NULL;

CREATE TABLE bodies (
    street_code text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_bodies PRIMARY KEY (street_code, code),
    CONSTRAINT fk_bodies_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_bodies_kind FOREIGN KEY (kind) REFERENCES body_kinds (code),
    CONSTRAINT ck_bodies_code CHECK (code = btrim(code) AND length(code) BETWEEN 1 AND 64),
    CONSTRAINT ck_bodies_name CHECK (length(name) BETWEEN 1 AND 200)
);
CREATE INDEX ix_bodies_kind ON bodies (kind);
CREATE INDEX ix_bodies_name ON bodies (street_code, name);

-- ---------------------------------------------------------------------------------------------------
-- People and duties are kept in two times: the days they hold (valid_from, valid_until; half open) and the instants
-- between which the office believed so (recorded_at, superseded_at). A row is never rewritten: it is superseded, so that
-- both "who owned this on that day" and "what did we think then" keep their answers.
-- A level of null is the whole street.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE people (
    street_code text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    level text,
    area_code text,
    building text,
    unit text,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT pk_people PRIMARY KEY (street_code, code, valid_from, recorded_at),
    CONSTRAINT fk_people_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_people_role FOREIGN KEY (role) REFERENCES people_roles (code),
    CONSTRAINT fk_people_area FOREIGN KEY (street_code, level, area_code) REFERENCES areas (street_code, level, code),
    CONSTRAINT ck_people_code CHECK (code = btrim(code) AND length(code) BETWEEN 1 AND 64),
    CONSTRAINT ck_people_area CHECK (
        (level IS NULL AND area_code IS NULL) OR (level IN ('community', 'grid') AND area_code IS NOT NULL)
    ),
    CONSTRAINT ck_people_range CHECK (valid_from < valid_until),
    CONSTRAINT ck_people_recorded CHECK (recorded_at < superseded_at),
    CONSTRAINT ex_people_overlap EXCLUDE USING gist (
        street_code WITH =, code WITH =, daterange(valid_from, valid_until) WITH &&
    ) WHERE (superseded_at = 'infinity')
);
CREATE INDEX ix_people_area ON people (street_code, level, area_code);
CREATE INDEX ix_people_role ON people (role);

CREATE TABLE duties (
    street_code text NOT NULL,
    code text NOT NULL,
    name text,
    -- null: every category that no duty of its own names
    category text,
    level text,
    area_code text,
    body_code text NOT NULL,
    role text NOT NULL,
    -- the leader's title, such as 街道分管领导
    leader_role text,
    valid_from date NOT NULL,
    valid_until date NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    superseded_at timestamptz NOT NULL DEFAULT 'infinity',
    CONSTRAINT pk_duties PRIMARY KEY (street_code, code, valid_from, recorded_at),
    CONSTRAINT fk_duties_body FOREIGN KEY (street_code, body_code) REFERENCES bodies (street_code, code),
    CONSTRAINT fk_duties_category FOREIGN KEY (category) REFERENCES issue_categories (code),
    CONSTRAINT fk_duties_area FOREIGN KEY (street_code, level, area_code) REFERENCES areas (street_code, level, code),
    CONSTRAINT ck_duties_code CHECK (code = btrim(code) AND length(code) BETWEEN 1 AND 64),
    CONSTRAINT ck_duties_role CHECK (role IN ('lead', 'cooperating')),
    CONSTRAINT ck_duties_area CHECK (
        (level IS NULL AND area_code IS NULL) OR (level IN ('community', 'grid') AND area_code IS NOT NULL)
    ),
    CONSTRAINT ck_duties_range CHECK (valid_from < valid_until),
    CONSTRAINT ck_duties_recorded CHECK (recorded_at < superseded_at),
    CONSTRAINT ex_duties_overlap EXCLUDE USING gist (
        street_code WITH =, code WITH =, daterange(valid_from, valid_until) WITH &&
    ) WHERE (superseded_at = 'infinity')
);
CREATE INDEX ix_duties_area ON duties (street_code, level, area_code);
CREATE INDEX ix_duties_body ON duties (street_code, body_code);
CREATE INDEX ix_duties_category ON duties (category);

-- The past of a duty or a person may only be closed, never changed or removed.
CREATE FUNCTION supersede_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.superseded_at = 'infinity' AND NEW.superseded_at < 'infinity'
       AND to_jsonb(OLD) - 'superseded_at' = to_jsonb(NEW) - 'superseded_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are superseded, never changed or removed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tr_people_keep BEFORE UPDATE OR DELETE ON people FOR EACH ROW EXECUTE FUNCTION supersede_only();
CREATE TRIGGER tr_duties_keep BEFORE UPDATE OR DELETE ON duties FOR EACH ROW EXECUTE FUNCTION supersede_only();

-- The newest version of every code, with the last day included as people write it: what a file exports and imports.
CREATE VIEW latest_people AS
SELECT DISTINCT ON (street_code, code) street_code, code, name, role, level, area_code, building, unit,
       valid_from, valid_until - (valid_until < 'infinity')::int AS valid_to
FROM people WHERE superseded_at = 'infinity'
ORDER BY street_code, code, valid_from DESC;
CREATE VIEW latest_duties AS
SELECT DISTINCT ON (street_code, code) street_code, code, name, category, level, area_code, body_code, role, leader_role,
       valid_from, valid_until - (valid_until < 'infinity')::int AS valid_to
FROM duties WHERE superseded_at = 'infinity'
ORDER BY street_code, code, valid_from DESC;

-- Enters one version of a duty and closes what it replaces. A start of null: not said; an end of null: not said.
-- Without a start, other contents begin today; the past stays as it was.
-- Returns added, changed, unchanged, or the reason for refusing.
CREATE FUNCTION put_duty(given duties, today date) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    old duties;
    following date;
    starts date := given.valid_from;
    ends date := given.valid_until;
    known boolean;
BEGIN
    SELECT * INTO old FROM duties o
    WHERE o.street_code = given.street_code AND o.code = given.code AND o.superseded_at = 'infinity'
      AND (starts IS NULL OR o.valid_from <= starts)
    ORDER BY o.valid_from DESC LIMIT 1;
    known := old.code IS NOT NULL;
    IF known AND (old.name, old.category, old.level, old.area_code, old.body_code, old.role, old.leader_role)
        IS NOT DISTINCT FROM (given.name, given.category, given.level, given.area_code, given.body_code, given.role, given.leader_role)
       AND (starts IS NULL OR starts = old.valid_from OR starts < old.valid_until) THEN
        -- The same contents: at most another end.
        starts := old.valid_from;
        ends := coalesce(ends, old.valid_until);
    ELSIF starts IS NULL THEN
        starts := CASE WHEN known THEN greatest(today, old.valid_from) ELSE '-infinity'::date END;
    ELSIF known AND old.valid_from = starts THEN
        ends := coalesce(ends, old.valid_until);
    END IF;
    SELECT min(o.valid_from) INTO following FROM duties o
    WHERE o.street_code = given.street_code AND o.code = given.code AND o.superseded_at = 'infinity' AND o.valid_from > starts;
    IF ends > following AND ends < 'infinity' THEN
        RETURN format('a later version of this code starts on %s already; the past is not rewritten', following);
    END IF;
    ends := least(coalesce(ends, 'infinity'), coalesce(following, 'infinity'));
    IF ends <= starts THEN
        RETURN format('ends before it starts (%s)', starts);
    END IF;
    IF known AND old.valid_from = starts AND old.valid_until = ends
       AND (old.name, old.category, old.level, old.area_code, old.body_code, old.role, old.leader_role)
        IS NOT DISTINCT FROM (given.name, given.category, given.level, given.area_code, given.body_code, given.role, given.leader_role) THEN
        RETURN 'unchanged';
    END IF;
    IF known AND old.valid_until > starts THEN
        UPDATE duties SET superseded_at = clock_timestamp()
        WHERE street_code = old.street_code AND code = old.code AND valid_from = old.valid_from AND recorded_at = old.recorded_at;
        IF old.valid_from < starts THEN
            INSERT INTO duties (street_code, code, name, category, level, area_code, body_code, role, leader_role, valid_from, valid_until)
            VALUES (old.street_code, old.code, old.name, old.category, old.level, old.area_code, old.body_code, old.role,
                    old.leader_role, old.valid_from, starts);
        END IF;
    END IF;
    INSERT INTO duties (street_code, code, name, category, level, area_code, body_code, role, leader_role, valid_from, valid_until)
    VALUES (given.street_code, given.code, given.name, given.category, given.level, given.area_code, given.body_code, given.role,
            given.leader_role, starts, ends);
    RETURN CASE WHEN known OR following IS NOT NULL THEN 'changed' ELSE 'added' END;
END $$;

-- The same for a person's post.
CREATE FUNCTION put_person(given people, today date) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    old people;
    following date;
    starts date := given.valid_from;
    ends date := given.valid_until;
    known boolean;
BEGIN
    SELECT * INTO old FROM people o
    WHERE o.street_code = given.street_code AND o.code = given.code AND o.superseded_at = 'infinity'
      AND (starts IS NULL OR o.valid_from <= starts)
    ORDER BY o.valid_from DESC LIMIT 1;
    known := old.code IS NOT NULL;
    IF known AND (old.name, old.role, old.level, old.area_code, old.building, old.unit)
        IS NOT DISTINCT FROM (given.name, given.role, given.level, given.area_code, given.building, given.unit)
       AND (starts IS NULL OR starts = old.valid_from OR starts < old.valid_until) THEN
        starts := old.valid_from;
        ends := coalesce(ends, old.valid_until);
    ELSIF starts IS NULL THEN
        starts := CASE WHEN known THEN greatest(today, old.valid_from) ELSE '-infinity'::date END;
    ELSIF known AND old.valid_from = starts THEN
        ends := coalesce(ends, old.valid_until);
    END IF;
    SELECT min(o.valid_from) INTO following FROM people o
    WHERE o.street_code = given.street_code AND o.code = given.code AND o.superseded_at = 'infinity' AND o.valid_from > starts;
    IF ends > following AND ends < 'infinity' THEN
        RETURN format('a later version of this code starts on %s already; the past is not rewritten', following);
    END IF;
    ends := least(coalesce(ends, 'infinity'), coalesce(following, 'infinity'));
    IF ends <= starts THEN
        RETURN format('ends before it starts (%s)', starts);
    END IF;
    IF known AND old.valid_from = starts AND old.valid_until = ends
       AND (old.name, old.role, old.level, old.area_code, old.building, old.unit)
        IS NOT DISTINCT FROM (given.name, given.role, given.level, given.area_code, given.building, given.unit) THEN
        RETURN 'unchanged';
    END IF;
    IF known AND old.valid_until > starts THEN
        UPDATE people SET superseded_at = clock_timestamp()
        WHERE street_code = old.street_code AND code = old.code AND valid_from = old.valid_from AND recorded_at = old.recorded_at;
        IF old.valid_from < starts THEN
            INSERT INTO people (street_code, code, name, role, level, area_code, building, unit, valid_from, valid_until)
            VALUES (old.street_code, old.code, old.name, old.role, old.level, old.area_code, old.building, old.unit,
                    old.valid_from, starts);
        END IF;
    END IF;
    INSERT INTO people (street_code, code, name, role, level, area_code, building, unit, valid_from, valid_until)
    VALUES (given.street_code, given.code, given.name, given.role, given.level, given.area_code, given.building, given.unit, starts, ends);
    RETURN CASE WHEN known OR following IS NOT NULL THEN 'changed' ELSE 'added' END;
END $$;

-- ---------------------------------------------------------------------------------------------------
-- Which duties reach a place on a day, by role; rank 1 decides. A duty of the category itself comes before one for every
-- category, a grid before a community before the street, the latest start first. tie: another body has a duty of the same
-- rank but for the code, so that only the order of the codes decided.
-- known_at: as the office knew it at that instant.
-- ---------------------------------------------------------------------------------------------------

CREATE FUNCTION duties_at(
    of_street text, of_community text, of_grid text, of_category text, on_day date, known_at timestamptz DEFAULT NULL)
RETURNS TABLE (
    role text, rank bigint, tie boolean, duty_code text, name text, category text, level text, area_code text,
    body_code text, leader_role text, valid_from date, valid_until date)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT d.role,
           row_number() OVER (PARTITION BY d.role ORDER BY d.category IS NULL, a.depth, d.valid_from DESC, d.code COLLATE "C"),
           min(d.body_code) OVER same <> max(d.body_code) OVER same,
           d.code, d.name, d.category, coalesce(d.level, 'street'), coalesce(d.area_code, d.street_code),
           d.body_code, d.leader_role, d.valid_from, d.valid_until
    FROM duties d
    CROSS JOIN LATERAL (SELECT CASE d.level WHEN 'grid' THEN 1 WHEN 'community' THEN 2 ELSE 3 END AS depth) a
    WHERE d.street_code = of_street
      AND (d.level IS NULL OR (d.level = 'community' AND d.area_code = of_community) OR (d.level = 'grid' AND d.area_code = of_grid))
      AND (d.category IS NULL OR d.category = of_category)
      AND d.valid_from <= on_day AND on_day < d.valid_until
      AND CASE WHEN known_at IS NULL THEN d.superseded_at = 'infinity'
               ELSE d.recorded_at <= known_at AND known_at < d.superseded_at END
    WINDOW same AS (PARTITION BY d.role, d.category IS NULL, a.depth, d.valid_from)
$$;

-- People on a place on a day: of the grid, of its community, of the street.
CREATE FUNCTION people_at(
    of_street text, of_community text, of_grid text, on_day date, known_at timestamptz DEFAULT NULL)
RETURNS SETOF people LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT p.*
    FROM people p
    WHERE p.street_code = of_street
      AND (p.level IS NULL OR (p.level = 'community' AND p.area_code = of_community) OR (p.level = 'grid' AND p.area_code = of_grid))
      AND p.valid_from <= on_day AND on_day < p.valid_until
      AND CASE WHEN known_at IS NULL THEN p.superseded_at = 'infinity'
               ELSE p.recorded_at <= known_at AND known_at < p.superseded_at END
$$;

-- ---------------------------------------------------------------------------------------------------
-- The seven campaigns of 2020, from data/reference
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE campaigns (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    category text NOT NULL,
    lead text[] NOT NULL,
    cooperating text[] NOT NULL,
    sort integer NOT NULL,
    CONSTRAINT pk_campaigns PRIMARY KEY (code),
    CONSTRAINT fk_campaigns_category FOREIGN KEY (category) REFERENCES issue_categories (code)
);
CREATE INDEX ix_campaigns_category ON campaigns (category);
CREATE TABLE campaign_measures (
    campaign text NOT NULL,
    number integer NOT NULL,
    measure text NOT NULL,
    measure_en text NOT NULL,
    -- empty: the lead bodies
    bodies text[] NOT NULL,
    CONSTRAINT pk_campaign_measures PRIMARY KEY (campaign, number),
    CONSTRAINT fk_campaign_measures_campaign FOREIGN KEY (campaign) REFERENCES campaigns (code)
);
CREATE TABLE campaign_places (
    place_no integer NOT NULL,
    campaign text,
    category text NOT NULL,
    place text NOT NULL,
    place_en text NOT NULL,
    behaviour text NOT NULL,
    behaviour_en text NOT NULL,
    CONSTRAINT pk_campaign_places PRIMARY KEY (place_no),
    CONSTRAINT fk_campaign_places_campaign FOREIGN KEY (campaign) REFERENCES campaigns (code),
    CONSTRAINT fk_campaign_places_category FOREIGN KEY (category) REFERENCES issue_categories (code)
);
CREATE INDEX ix_campaign_places_campaign ON campaign_places (campaign);
CREATE INDEX ix_campaign_places_category ON campaign_places (category);

-- ---------------------------------------------------------------------------------------------------
-- Responsibility tables (责任分解表). The line is the key; codes stand as printed, because tables use one twice.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE responsibility_tables (
    street_code text NOT NULL,
    table_id uuid NOT NULL,
    file_name text NOT NULL,
    sha256 bytea NOT NULL,
    sheet text NOT NULL,
    title text,
    imported_at timestamptz NOT NULL DEFAULT now(),
    imported_by uuid,
    notes text[] NOT NULL,
    CONSTRAINT pk_responsibility_tables PRIMARY KEY (street_code, table_id),
    CONSTRAINT uq_responsibility_tables_sha256 UNIQUE (street_code, sha256),
    CONSTRAINT fk_responsibility_tables_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_responsibility_tables_account FOREIGN KEY (imported_by) REFERENCES accounts (account_id)
);
CREATE INDEX ix_responsibility_tables_account ON responsibility_tables (imported_by);
CREATE TABLE responsibility_rows (
    street_code text NOT NULL,
    table_id uuid NOT NULL,
    sheet_row integer NOT NULL,
    outer_code text,
    outer_normalised text,
    outer_name text NOT NULL,
    inner_code text,
    inner_normalised text,
    inner_name text NOT NULL,
    item text,
    item_number integer,
    requirement text NOT NULL,
    methods text[] NOT NULL,
    lead text[] NOT NULL,
    cooperating text[] NOT NULL,
    -- only what is examined in the field gets points
    spatial boolean NOT NULL GENERATED ALWAYS AS ('field_visit' = ANY (methods)) STORED,
    CONSTRAINT pk_responsibility_rows PRIMARY KEY (street_code, table_id, sheet_row),
    CONSTRAINT fk_responsibility_rows_table FOREIGN KEY (street_code, table_id)
        REFERENCES responsibility_tables (street_code, table_id) ON DELETE CASCADE,
    CONSTRAINT ck_responsibility_rows_methods CHECK (methods <@ ARRAY['documents', 'field_visit', 'survey'])
);
CREATE TABLE responsibility_findings (
    street_code text NOT NULL,
    table_id uuid NOT NULL,
    finding_no integer NOT NULL,
    rule text NOT NULL,
    severity text NOT NULL,
    sheet_rows integer[] NOT NULL,
    value text,
    zh text NOT NULL,
    en text NOT NULL,
    CONSTRAINT pk_responsibility_findings PRIMARY KEY (street_code, table_id, finding_no),
    CONSTRAINT fk_responsibility_findings_table FOREIGN KEY (street_code, table_id)
        REFERENCES responsibility_tables (street_code, table_id) ON DELETE CASCADE,
    CONSTRAINT ck_responsibility_findings_severity CHECK (severity IN ('note', 'warning', 'error'))
);
