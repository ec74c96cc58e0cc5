-- Photos, checklists, how often points are visited and by whom, visits with answers, photos and comments.

-- ---------------------------------------------------------------------------------------------------
-- Photos: named by the SHA-256 of the stored bytes, which hold no metadata. They belong to no street: the same
-- picture is kept once, and who may see it follows from what it is attached to.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE photos (
    sha256 text NOT NULL,
    media_type text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    bytes integer NOT NULL,
    -- EXIF orientation: how the stored picture is turned to be upright.
    orientation smallint NOT NULL DEFAULT 1,
    -- SHA-256 as it came, with metadata; the sender compares it before it forgets its copy.
    received_sha256 text NOT NULL,
    -- What the camera claims; Beijing time where it named no offset.
    taken_at timestamptz,
    taken_offset_assumed boolean NOT NULL DEFAULT false,
    uploaded_by uuid NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_photos PRIMARY KEY (sha256),
    CONSTRAINT fk_photos_account FOREIGN KEY (uploaded_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_photos_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$' AND received_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT ck_photos_media_type CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp')),
    CONSTRAINT ck_photos_size CHECK (width > 0 AND height > 0 AND bytes > 0),
    CONSTRAINT ck_photos_orientation CHECK (orientation BETWEEN 1 AND 8)
);
CREATE INDEX ix_photos_account ON photos (uploaded_by);
CREATE INDEX ix_photos_uploaded ON photos (uploaded_at);

-- Where the camera claims to have been (WGS-84, as EXIF prescribes).
CREATE TABLE photo_places (
    sha256 text NOT NULL,
    geom geometry(Point, 4326) NOT NULL,
    CONSTRAINT pk_photo_places PRIMARY KEY (sha256),
    CONSTRAINT fk_photo_places_photo FOREIGN KEY (sha256) REFERENCES photos (sha256) ON DELETE CASCADE,
    CONSTRAINT ck_photo_places_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom))
);
CREATE INDEX gix_photo_places_geom ON photo_places USING gist (geom);

-- Everybody who sent a photo may attach and see it; knowing its name is no right to it.
CREATE TABLE photo_uploads (
    sha256 text NOT NULL,
    account_id uuid NOT NULL,
    uploaded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_photo_uploads PRIMARY KEY (sha256, account_id),
    CONSTRAINT fk_photo_uploads_photo FOREIGN KEY (sha256) REFERENCES photos (sha256) ON DELETE CASCADE,
    CONSTRAINT fk_photo_uploads_account FOREIGN KEY (account_id) REFERENCES accounts (account_id)
);
CREATE INDEX ix_photo_uploads_account ON photo_uploads (account_id, uploaded_at);

CREATE TABLE issue_photos (
    street_code text NOT NULL,
    issue_id uuid NOT NULL,
    kind text NOT NULL,
    sha256 text NOT NULL,
    -- The step of the issue's life that brought it; null: its report.
    event_seq integer,
    added_by uuid NOT NULL,
    added_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_issue_photos PRIMARY KEY (street_code, issue_id, kind, sha256),
    CONSTRAINT fk_issue_photos_issue FOREIGN KEY (street_code, issue_id) REFERENCES issues (street_code, id) ON DELETE CASCADE,
    CONSTRAINT fk_issue_photos_photo FOREIGN KEY (sha256) REFERENCES photos (sha256),
    CONSTRAINT fk_issue_photos_account FOREIGN KEY (added_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_issue_photos_kind CHECK (kind IN ('scene', 'before', 'after', 'inspection', 'evidence'))
);
CREATE INDEX ix_issue_photos_photo ON issue_photos (sha256);
CREATE INDEX ix_issue_photos_account ON issue_photos (added_by);

-- ---------------------------------------------------------------------------------------------------
-- Checklists: by type of point, shift and version of the assessment system
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE checklists (
    -- '*': for every street that has none of its own for the type.
    street_code text NOT NULL DEFAULT '*',
    code text NOT NULL,
    version text NOT NULL,
    name text NOT NULL,
    name_en text,
    point_type text NOT NULL,
    -- Null: for every shift.
    shift text,
    valid_from date NOT NULL DEFAULT '-infinity',
    valid_until date NOT NULL DEFAULT 'infinity',
    origin text NOT NULL DEFAULT 'street',
    CONSTRAINT pk_checklists PRIMARY KEY (street_code, code, version),
    CONSTRAINT fk_checklists_type FOREIGN KEY (point_type) REFERENCES point_types (code),
    CONSTRAINT ck_checklists_shift CHECK (shift IN ('day', 'night', 'school_peak')),
    CONSTRAINT ck_checklists_range CHECK (valid_from <= valid_until),
    CONSTRAINT ck_checklists_origin CHECK (origin IN ('reference', 'street') AND (origin = 'reference') = (street_code = '*'))
);
CREATE INDEX ix_checklists_type ON checklists (point_type);

-- Items of a version never change once visits answered them: another wording is another version.
CREATE TABLE checklist_items (
    street_code text NOT NULL DEFAULT '*',
    code text NOT NULL,
    version text NOT NULL,
    item text NOT NULL,
    sort integer NOT NULL,
    text text NOT NULL,
    text_en text,
    -- Category under which a bad answer is reported.
    category text,
    CONSTRAINT pk_checklist_items PRIMARY KEY (street_code, code, version, item),
    CONSTRAINT fk_checklist_items_checklist FOREIGN KEY (street_code, code, version) REFERENCES checklists (street_code, code, version) ON DELETE CASCADE,
    CONSTRAINT fk_checklist_items_category FOREIGN KEY (category) REFERENCES issue_categories (code)
);
CREATE INDEX ix_checklist_items_category ON checklist_items (category);

-- The checklist of a point of this type in this shift on a day: the street's own before the general one, one for
-- the shift before one for all, the latest version.
CREATE FUNCTION checklist_for(of_street text, of_type text, of_shift text, on_day date) RETURNS SETOF checklists
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT c.*
    FROM checklists c
    WHERE c.point_type = of_type
      AND (c.street_code IN ('*', of_street))
      AND (c.shift IS NULL OR c.shift = of_shift)
      AND c.valid_from <= on_day AND on_day < c.valid_until
    ORDER BY c.street_code = '*', c.shift IS NULL, c.valid_from DESC, c.version DESC, c.code
    LIMIT 1
$$;

-- ---------------------------------------------------------------------------------------------------
-- How often points are visited, and by whom
-- ---------------------------------------------------------------------------------------------------

-- A point that joins later is not overdue for the time before.
ALTER TABLE points ADD COLUMN added_at timestamptz NOT NULL DEFAULT now();

CREATE TABLE visit_rules (
    -- '*': for every street that has no rules of its own for the type (its duty list).
    street_code text NOT NULL DEFAULT '*',
    point_type text NOT NULL,
    shift text NOT NULL,
    -- A visit holds this many days, its own included: 1 is daily.
    every_days integer NOT NULL,
    valid_from date NOT NULL DEFAULT '-infinity',
    valid_until date NOT NULL DEFAULT 'infinity',
    note text,
    CONSTRAINT pk_visit_rules PRIMARY KEY (street_code, point_type, shift, valid_from),
    CONSTRAINT fk_visit_rules_type FOREIGN KEY (point_type) REFERENCES point_types (code),
    CONSTRAINT ck_visit_rules_shift CHECK (shift IN ('day', 'night', 'school_peak')),
    CONSTRAINT ck_visit_rules_every CHECK (every_days BETWEEN 1 AND 366),
    CONSTRAINT ck_visit_rules_range CHECK (valid_from < valid_until),
    CONSTRAINT ex_visit_rules_overlap EXCLUDE USING gist (
        street_code WITH =, point_type WITH =, shift WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX ix_visit_rules_type ON visit_rules (point_type);

-- Points given to certain workers; the others are everybody's who holds the grid.
CREATE TABLE point_workers (
    street_code text NOT NULL,
    point_code text NOT NULL,
    account_id uuid NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_point_workers PRIMARY KEY (street_code, point_code, account_id),
    CONSTRAINT fk_point_workers_point FOREIGN KEY (street_code, point_code) REFERENCES points (street_code, code) ON DELETE CASCADE,
    CONSTRAINT fk_point_workers_account FOREIGN KEY (account_id) REFERENCES accounts (account_id)
);
CREATE INDEX ix_point_workers_account ON point_workers (account_id);

-- A line or an area also belongs to whoever holds another grid it runs through.
CREATE FUNCTION point_in_scope(of_street text, of_point text, community text, grid text, scope text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT in_scope(of_street, community, grid, scope) OR EXISTS (
        SELECT FROM point_grids x
        WHERE x.street_code = of_street AND x.code = of_point AND x.street_code || '/g/' || x.grid_code = ANY (scope))
$$;

-- Who visits a point on a day: those it was given to and who still work there; else the workers of its grid, else of
-- its community, else of the street. Handing over a grid is a change of grants and shows at once.
CREATE FUNCTION workers_of(of_street text, of_point text, of_community text, of_grid text, on_day date)
RETURNS TABLE (account_id uuid)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH held AS (
        SELECT a.account_id,
               CASE WHEN EXISTS (SELECT FROM point_workers w
                                 WHERE w.street_code = of_street AND w.point_code = of_point AND w.account_id = a.account_id) THEN 4
                    ELSE CASE g.level WHEN 'grid' THEN 3 WHEN 'community' THEN 2 ELSE CASE WHEN g.street_code IS NULL THEN 0 ELSE 1 END END
               END AS near
        FROM grants g
        JOIN accounts a ON a.account_id = g.account_id AND a.disabled_at IS NULL
        WHERE g.role = 'worker' AND g.valid_from <= on_day AND on_day < g.valid_until
          AND (g.street_code = of_street OR g.street_code IS NULL)
          AND (g.level IS NULL OR (g.level = 'community' AND g.area_code = of_community) OR (g.level = 'grid' AND g.area_code = of_grid))
    )
    SELECT DISTINCT h.account_id FROM held h WHERE h.near = (SELECT max(near) FROM held)
$$;

-- ---------------------------------------------------------------------------------------------------
-- Visits
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE visits (
    street_code text NOT NULL,
    id uuid NOT NULL,
    point_code text NOT NULL,
    account_id uuid NOT NULL,
    -- The device's clock; visited_at is what counts, kept within what the server can believe.
    started_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    visited_at timestamptz NOT NULL,
    shift text NOT NULL,
    checklist_street text,
    checklist_code text,
    checklist_version text,
    result text NOT NULL,
    note text,
    covert boolean NOT NULL DEFAULT false,
    CONSTRAINT pk_visits PRIMARY KEY (street_code, id),
    CONSTRAINT fk_visits_point FOREIGN KEY (street_code, point_code) REFERENCES points (street_code, code),
    CONSTRAINT fk_visits_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT fk_visits_checklist FOREIGN KEY (checklist_street, checklist_code, checklist_version)
        REFERENCES checklists (street_code, code, version),
    CONSTRAINT ck_visits_shift CHECK (shift IN ('day', 'night', 'school_peak')),
    CONSTRAINT ck_visits_result CHECK (result IN ('ok', 'problems', 'unreachable'))
);
CREATE INDEX ix_visits_point ON visits (street_code, point_code, shift, visited_at);
CREATE INDEX ix_visits_visited ON visits (street_code, visited_at);
CREATE INDEX ix_visits_account ON visits (account_id, visited_at);
CREATE INDEX ix_visits_checklist ON visits (checklist_street, checklist_code, checklist_version);

-- Where the device was at check-in. Apart from the visit, since it shows where somebody was: it can be forgotten
-- earlier than the visit itself.
CREATE TABLE visit_positions (
    street_code text NOT NULL,
    visit_id uuid NOT NULL,
    geom geometry(Point, 4326) NOT NULL,
    accuracy_m double precision,
    -- Geodesic metres from the point (its line or area), and how many were allowed.
    distance_m double precision NOT NULL,
    geofence_m double precision NOT NULL,
    outside_geofence boolean NOT NULL GENERATED ALWAYS AS (distance_m > geofence_m) STORED,
    CONSTRAINT pk_visit_positions PRIMARY KEY (street_code, visit_id),
    CONSTRAINT fk_visit_positions_visit FOREIGN KEY (street_code, visit_id) REFERENCES visits (street_code, id),
    CONSTRAINT ck_visit_positions_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom)),
    CONSTRAINT ck_visit_positions_accuracy CHECK (accuracy_m BETWEEN 0 AND 100000),
    CONSTRAINT ck_visit_positions_distance CHECK (distance_m BETWEEN 0 AND 20100000 AND geofence_m BETWEEN 0 AND 1000)
);
CREATE INDEX gix_visit_positions_geom ON visit_positions USING gist (geom);

CREATE TABLE visit_answers (
    street_code text NOT NULL,
    visit_id uuid NOT NULL,
    item text NOT NULL,
    answer text NOT NULL,
    note text,
    CONSTRAINT pk_visit_answers PRIMARY KEY (street_code, visit_id, item),
    CONSTRAINT fk_visit_answers_visit FOREIGN KEY (street_code, visit_id) REFERENCES visits (street_code, id),
    CONSTRAINT ck_visit_answers_answer CHECK (answer IN ('ok', 'bad', 'na'))
);

CREATE TABLE visit_photos (
    street_code text NOT NULL,
    visit_id uuid NOT NULL,
    kind text NOT NULL,
    sha256 text NOT NULL,
    CONSTRAINT pk_visit_photos PRIMARY KEY (street_code, visit_id, kind, sha256),
    CONSTRAINT fk_visit_photos_visit FOREIGN KEY (street_code, visit_id) REFERENCES visits (street_code, id),
    CONSTRAINT fk_visit_photos_photo FOREIGN KEY (sha256) REFERENCES photos (sha256),
    CONSTRAINT ck_visit_photos_kind CHECK (kind IN ('scene', 'before', 'after', 'inspection', 'evidence'))
);
CREATE INDEX ix_visit_photos_photo ON visit_photos (sha256);

-- What a reviewer writes to a visit returns to the worker with the point.
CREATE TABLE visit_comments (
    street_code text NOT NULL,
    comment_id uuid NOT NULL,
    visit_id uuid NOT NULL,
    account_id uuid NOT NULL,
    text text NOT NULL,
    made_at timestamptz NOT NULL,
    CONSTRAINT pk_visit_comments PRIMARY KEY (street_code, comment_id),
    CONSTRAINT fk_visit_comments_visit FOREIGN KEY (street_code, visit_id) REFERENCES visits (street_code, id),
    CONSTRAINT fk_visit_comments_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT ck_visit_comments_text CHECK (length(text) BETWEEN 1 AND 2000)
);
CREATE INDEX ix_visit_comments_visit ON visit_comments (street_code, visit_id);
CREATE INDEX ix_visit_comments_account ON visit_comments (account_id);

-- What is due at a point, one row a shift. Covert visits count for nobody, and neither does standing before a locked door.
CREATE FUNCTION visits_due(of_street text, of_point text, of_type text, added_at timestamptz, today date)
RETURNS TABLE (shift text, every_days integer, last_visit timestamptz, due date, status text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT r.shift, r.every_days, v.visited_at, d.due,
           CASE WHEN v.day = today THEN 'done' WHEN d.due < today THEN 'overdue' WHEN d.due = today THEN 'today' ELSE 'upcoming' END
    FROM visit_rules r
    LEFT JOIN LATERAL (
        SELECT v.visited_at, (v.visited_at AT TIME ZONE INTERVAL '8 hours')::date AS day
        FROM visits v
        WHERE v.street_code = of_street AND v.point_code = of_point AND v.shift = r.shift
          AND NOT v.covert AND v.result <> 'unreachable'
        ORDER BY v.visited_at DESC LIMIT 1
    ) v ON true
    -- never visited: within one span of the day it, or the rule, began
    CROSS JOIN LATERAL (
        SELECT CASE WHEN v.day IS NOT NULL THEN v.day + r.every_days
                    ELSE greatest(r.valid_from, (added_at AT TIME ZONE INTERVAL '8 hours')::date) + r.every_days - 1 END AS due
    ) d
    WHERE r.point_type = of_type AND r.valid_from <= today AND today < r.valid_until
      AND (r.street_code = of_street
           OR (r.street_code = '*' AND NOT EXISTS (
               SELECT FROM visit_rules o
               WHERE o.street_code = of_street AND o.point_type = of_type AND o.valid_from <= today AND today < o.valid_until)))
$$;
