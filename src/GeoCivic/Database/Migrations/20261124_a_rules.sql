-- What a verdict about a school's surroundings rests on: how exactly things are mapped, and the dated rule packs.

-- Classes A to C are those of city components (CJ/T 214-2007); D is a point that stands for an area, or an address.
CREATE TABLE accuracy_classes (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    -- Standard uncertainty of a position, metres.
    metres double precision NOT NULL,
    sort integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_accuracy_classes PRIMARY KEY (code),
    CONSTRAINT ck_accuracy_classes_metres CHECK (metres > 0)
);

-- Metres of a class; what is not declared counts as B.
CREATE FUNCTION accuracy_m(of_class text) RETURNS double precision LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT metres FROM accuracy_classes WHERE code = coalesce(of_class, 'B')
$$;

-- The class a campus counts as: a point stands for an area, whatever was declared.
CREATE FUNCTION campus_accuracy(declared text, campus geometry) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN ST_Dimension(campus) = 0 THEN 'D' ELSE coalesce(declared, 'B') END
$$;

ALTER TABLE schools
    ADD COLUMN accuracy text,
    ADD COLUMN datum text,
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_schools_accuracy CHECK (accuracy IN ('A', 'B', 'C', 'D')),
    ADD CONSTRAINT ck_schools_datum CHECK (length(datum) BETWEEN 1 AND 32);
ALTER TABLE gates
    ADD COLUMN is_main boolean,
    ADD COLUMN accuracy text,
    ADD COLUMN datum text,
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_gates_accuracy CHECK (accuracy IN ('A', 'B', 'C', 'D')),
    ADD CONSTRAINT ck_gates_datum CHECK (length(datum) BETWEEN 1 AND 32);
ALTER TABLE venues
    ADD COLUMN accuracy text,
    ADD COLUMN datum text,
    ADD COLUMN revision integer NOT NULL DEFAULT 1,
    ADD CONSTRAINT ck_venues_accuracy CHECK (accuracy IN ('A', 'B', 'C', 'D')),
    ADD CONSTRAINT ck_venues_datum CHECK (length(datum) BETWEEN 1 AND 32);

-- A revision names a state of the record: it grows when anything of it changed, and only then. The time of the last
-- write is no part of it.
CREATE FUNCTION bump_revision() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written timestamptz := NEW.updated_at;
BEGIN
    NEW.revision := OLD.revision;
    NEW.updated_at := OLD.updated_at;
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.revision := OLD.revision + 1;
    END IF;
    NEW.updated_at := written;
    RETURN NEW;
END $$;
CREATE TRIGGER tr_schools_revision BEFORE UPDATE ON schools FOR EACH ROW EXECUTE FUNCTION bump_revision();
CREATE TRIGGER tr_gates_revision BEFORE UPDATE ON gates FOR EACH ROW EXECUTE FUNCTION bump_revision();
CREATE TRIGGER tr_venues_revision BEFORE UPDATE ON venues FOR EACH ROW EXECUTE FUNCTION bump_revision();

-- A pack as it was read. Versions stay: an old verdict is explained by the rules of its day.
CREATE TABLE rule_packs (
    pack text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    region text NOT NULL,
    document jsonb NOT NULL,
    -- SHA-256 of the document as jsonb prints it: spaces and the order of members do not matter.
    digest text NOT NULL,
    -- shipped: of data/rules, read at every migration; loaded: by the command, and not replaced by a shipped one.
    origin text NOT NULL,
    is_current boolean NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_rule_packs PRIMARY KEY (pack, version),
    CONSTRAINT ck_rule_packs_names CHECK (length(pack) BETWEEN 1 AND 32 AND length(version) BETWEEN 1 AND 32),
    CONSTRAINT ck_rule_packs_origin CHECK (origin IN ('shipped', 'loaded'))
);
CREATE UNIQUE INDEX uq_rule_packs_current ON rule_packs (pack) WHERE is_current;

CREATE TABLE perimeter_rules (
    pack text NOT NULL,
    version text NOT NULL,
    rule_id text NOT NULL,
    sort integer NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    school_kinds text[] NOT NULL,
    venue_categories text[] NOT NULL,
    issue_categories text[] NOT NULL,
    metres double precision NOT NULL,
    inclusive boolean NOT NULL,
    -- campus_boundary, any_gate or main_gate
    measured_from text NOT NULL,
    -- straight or walking
    measured_how text NOT NULL,
    method_settled boolean NOT NULL,
    licensed_before date,
    exempt_until date,
    valid_from date,
    -- The day on which it no longer holds.
    valid_until date,
    replaces text[] NOT NULL,
    certainty text NOT NULL,
    citation jsonb NOT NULL,
    digest text NOT NULL,
    CONSTRAINT pk_perimeter_rules PRIMARY KEY (pack, version, rule_id),
    CONSTRAINT fk_perimeter_rules_pack FOREIGN KEY (pack, version) REFERENCES rule_packs (pack, version),
    CONSTRAINT ck_perimeter_rules_id CHECK (starts_with(rule_id, pack || '.')),
    CONSTRAINT ck_perimeter_rules_metres CHECK (metres > 0 AND metres <= 5000),
    CONSTRAINT ck_perimeter_rules_from CHECK (measured_from IN ('campus_boundary', 'any_gate', 'main_gate')),
    CONSTRAINT ck_perimeter_rules_how CHECK (
        measured_how = 'straight' OR (measured_how = 'walking' AND measured_from = 'any_gate')
    ),
    CONSTRAINT ck_perimeter_rules_certainty CHECK (certainty IN ('high', 'medium', 'low')),
    CONSTRAINT ck_perimeter_rules_range CHECK (valid_from < valid_until)
);

-- Enters a pack that the reader has found well-formed. What it did: added, known (the same version is there with the
-- same content; made current when an operator asks for it) or other (that version is there with other content).
CREATE FUNCTION put_rule_pack(doc jsonb, of_origin text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    of_pack text := doc ->> 'pack';
    of_version text := doc ->> 'version';
    of_digest text := encode(sha256(convert_to(doc::text, 'UTF8')), 'hex');
    there rule_packs;
    becomes_current boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('geocivic:rules'));
    becomes_current := of_origin = 'loaded'
        OR NOT EXISTS (SELECT FROM rule_packs WHERE pack = of_pack AND is_current AND origin = 'loaded');
    SELECT * INTO there FROM rule_packs WHERE pack = of_pack AND version = of_version;
    IF FOUND AND there.digest <> of_digest THEN
        RETURN 'other';
    END IF;
    IF FOUND AND (there.is_current OR NOT becomes_current) THEN
        RETURN 'known';
    END IF;
    IF becomes_current THEN
        UPDATE rule_packs SET is_current = false WHERE pack = of_pack AND is_current;
    END IF;
    IF there.pack IS NOT NULL THEN
        UPDATE rule_packs SET is_current = true, origin = of_origin WHERE pack = of_pack AND version = of_version;
        RETURN 'known';
    END IF;
    INSERT INTO rule_packs (pack, version, name, name_en, region, document, digest, origin, is_current)
    VALUES (of_pack, of_version, doc ->> 'name', doc ->> 'name_en', doc ->> 'region', doc, of_digest, of_origin,
            becomes_current);
    INSERT INTO perimeter_rules (
        pack, version, rule_id, sort, name, name_en, school_kinds, venue_categories, issue_categories, metres, inclusive,
        measured_from, measured_how, method_settled, licensed_before, exempt_until, valid_from, valid_until, replaces,
        certainty, citation, digest)
    SELECT of_pack, of_version, r.rule ->> 'id', r.n, r.rule ->> 'name', r.rule ->> 'name_en',
           ARRAY(SELECT jsonb_array_elements_text(r.rule -> 'school_kinds')),
           ARRAY(SELECT jsonb_array_elements_text(coalesce(r.rule -> 'venue_categories', '[]'))),
           ARRAY(SELECT jsonb_array_elements_text(coalesce(r.rule -> 'issue_categories', '[]'))),
           (r.rule ->> 'metres')::double precision, coalesce((r.rule ->> 'inclusive')::boolean, true),
           r.rule ->> 'from', r.rule ->> 'how', coalesce((r.rule ->> 'method_settled')::boolean, false),
           (r.rule -> 'exception' ->> 'licensed_before')::date, (r.rule -> 'exception' ->> 'until')::date,
           (r.rule ->> 'valid_from')::date, (r.rule ->> 'valid_until')::date,
           ARRAY(SELECT jsonb_array_elements_text(coalesce(r.rule -> 'replaces', '[]'))),
           r.rule ->> 'certainty', r.rule -> 'citation',
           encode(sha256(convert_to(r.rule::text, 'UTF8')), 'hex')
    FROM jsonb_array_elements(doc -> 'rules') WITH ORDINALITY AS r (rule, n);
    RETURN 'added';
END $$;
