-- Foundation: streets (tenants), boundary versions, code lists, placed records, maintained issue counts.
-- street_code comes first in every key, so that the same tables can later be distributed by street.

CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;

-- ---------------------------------------------------------------------------------------------------
-- Streets and their boundaries
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE streets (
    street_code text NOT NULL,
    name text NOT NULL,
    -- Bumped by every boundary change; locators in memory are valid for one revision.
    areas_revision bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_streets PRIMARY KEY (street_code),
    CONSTRAINT ck_streets_code CHECK (street_code = btrim(street_code) AND length(street_code) BETWEEN 1 AND 64),
    CONSTRAINT ck_streets_name CHECK (name <> '')
);

-- A code once used stays in this table for ever: codes are never given to another area.
CREATE TABLE areas (
    street_code text NOT NULL,
    level text NOT NULL,
    code text NOT NULL,
    CONSTRAINT pk_areas PRIMARY KEY (street_code, level, code),
    CONSTRAINT fk_areas_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_areas_level CHECK (level IN ('street', 'community', 'grid')),
    CONSTRAINT ck_areas_code CHECK (code = btrim(code) AND length(code) BETWEEN 1 AND 64),
    CONSTRAINT ck_areas_street_itself CHECK (level <> 'street' OR code = street_code)
);

-- valid_until = 'infinity' is the version in force; validity never starts or ends in the future.
CREATE TABLE area_versions (
    street_code text NOT NULL,
    level text NOT NULL,
    code text NOT NULL,
    valid_from date NOT NULL DEFAULT '-infinity',
    valid_until date NOT NULL DEFAULT 'infinity',
    name text NOT NULL,
    parent_code text,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    area_m2 double precision NOT NULL GENERATED ALWAYS AS (ST_Area(geom::geography)) STORED,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_area_versions PRIMARY KEY (street_code, level, code, valid_from),
    CONSTRAINT fk_area_versions_area FOREIGN KEY (street_code, level, code) REFERENCES areas (street_code, level, code),
    CONSTRAINT ck_area_versions_range CHECK (valid_from < valid_until),
    CONSTRAINT ck_area_versions_name CHECK (name <> ''),
    CONSTRAINT ck_area_versions_parent CHECK ((level = 'street') = (parent_code IS NULL)),
    CONSTRAINT ck_area_versions_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom)),
    CONSTRAINT ex_area_versions_overlap EXCLUDE USING gist (
        street_code WITH =, level WITH =, code WITH =, daterange(valid_from, valid_until) WITH &&
    )
);
CREATE INDEX gix_area_versions_geom ON area_versions USING gist (geom);
CREATE INDEX ix_area_versions_parent ON area_versions (street_code, parent_code) WHERE level = 'grid';

CREATE FUNCTION refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never deleted: codes are not reused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tr_areas_keep BEFORE DELETE ON areas FOR EACH ROW EXECUTE FUNCTION refuse_delete();

-- ---------------------------------------------------------------------------------------------------
-- Code lists: data, filled from data/reference and by imports that bring their own categories
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE point_types (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    symbol text NOT NULL DEFAULT 'other',
    sort integer NOT NULL DEFAULT 1000,
    origin text NOT NULL DEFAULT 'import',
    CONSTRAINT pk_point_types PRIMARY KEY (code),
    CONSTRAINT ck_point_types_origin CHECK (origin IN ('reference', 'import'))
);
CREATE TABLE issue_categories (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    group_name text,
    group_name_en text,
    sort integer NOT NULL DEFAULT 1000,
    origin text NOT NULL DEFAULT 'import',
    CONSTRAINT pk_issue_categories PRIMARY KEY (code),
    CONSTRAINT ck_issue_categories_origin CHECK (origin IN ('reference', 'import'))
);
CREATE TABLE venue_categories (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    sort integer NOT NULL DEFAULT 1000,
    origin text NOT NULL DEFAULT 'import',
    CONSTRAINT pk_venue_categories PRIMARY KEY (code),
    CONSTRAINT ck_venue_categories_origin CHECK (origin IN ('reference', 'import'))
);
CREATE TABLE issue_states (
    code text NOT NULL,
    name text NOT NULL,
    name_en text NOT NULL,
    is_open boolean NOT NULL,
    aliases text[] NOT NULL DEFAULT '{}',
    sort integer NOT NULL DEFAULT 1000,
    CONSTRAINT pk_issue_states PRIMARY KEY (code)
);

-- ---------------------------------------------------------------------------------------------------
-- Placed records. grid_code and community_code follow from the boundaries in force; they carry no
-- foreign key because rows of areas are never deleted (tr_areas_keep) and placing reads the codes from
-- area_versions in the same transaction; one key check a row would double the cost of large imports.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE points (
    street_code text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    geom geometry(Geometry, 4326) NOT NULL,
    placement text NOT NULL,
    grid_code text,
    community_code text,
    snap_distance_m double precision,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_points PRIMARY KEY (street_code, code),
    CONSTRAINT fk_points_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_points_type FOREIGN KEY (type) REFERENCES point_types (code),
    CONSTRAINT ck_points_geom CHECK (
        GeometryType(geom) IN ('POINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON')
        AND NOT ST_IsEmpty(geom) AND ST_IsValid(geom)
    ),
    CONSTRAINT ck_points_placement CHECK (
        (placement = 'inside' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m IS NULL)
        OR (placement = 'snapped' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m BETWEEN 0 AND 20)
        OR (placement = 'orphan' AND grid_code IS NULL AND community_code IS NULL AND snap_distance_m IS NULL)
    )
);
CREATE INDEX gix_points_geom ON points USING gist (geom);
CREATE INDEX ix_points_grid ON points (street_code, grid_code);
CREATE INDEX ix_points_type ON points (type, street_code);

CREATE TABLE schools (
    street_code text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    geom geometry(Geometry, 4326) NOT NULL,
    placement text NOT NULL,
    grid_code text,
    community_code text,
    snap_distance_m double precision,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_schools PRIMARY KEY (street_code, code),
    CONSTRAINT fk_schools_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_schools_kind CHECK (kind IN ('kindergarten', 'primary', 'secondary', 'vocational', 'special')),
    CONSTRAINT ck_schools_geom CHECK (
        GeometryType(geom) IN ('POINT', 'POLYGON', 'MULTIPOLYGON') AND NOT ST_IsEmpty(geom) AND ST_IsValid(geom)
    ),
    CONSTRAINT ck_schools_placement CHECK (
        (placement = 'inside' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m IS NULL)
        OR (placement = 'snapped' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m BETWEEN 0 AND 20)
        OR (placement = 'orphan' AND grid_code IS NULL AND community_code IS NULL AND snap_distance_m IS NULL)
    )
);
CREATE INDEX gix_schools_geom ON schools USING gist (geom);
CREATE INDEX ix_schools_grid ON schools (street_code, grid_code);

CREATE TABLE gates (
    street_code text NOT NULL,
    code text NOT NULL,
    name text,
    school_code text NOT NULL,
    geom geometry(Point, 4326) NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_gates PRIMARY KEY (street_code, code),
    CONSTRAINT fk_gates_school FOREIGN KEY (street_code, school_code) REFERENCES schools (street_code, code),
    CONSTRAINT ck_gates_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom))
);
CREATE INDEX gix_gates_geom ON gates USING gist (geom);
CREATE INDEX ix_gates_school ON gates (street_code, school_code);

CREATE TABLE venues (
    street_code text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    licensed_from date,
    licensed_until date,
    geom geometry(Geometry, 4326) NOT NULL,
    placement text NOT NULL,
    grid_code text,
    community_code text,
    snap_distance_m double precision,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_venues PRIMARY KEY (street_code, code),
    CONSTRAINT fk_venues_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_venues_category FOREIGN KEY (category) REFERENCES venue_categories (code),
    CONSTRAINT ck_venues_licence CHECK (licensed_until IS NULL OR licensed_from IS NULL OR licensed_from <= licensed_until),
    CONSTRAINT ck_venues_geom CHECK (
        GeometryType(geom) IN ('POINT', 'POLYGON', 'MULTIPOLYGON') AND NOT ST_IsEmpty(geom) AND ST_IsValid(geom)
    ),
    CONSTRAINT ck_venues_placement CHECK (
        (placement = 'inside' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m IS NULL)
        OR (placement = 'snapped' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m BETWEEN 0 AND 20)
        OR (placement = 'orphan' AND grid_code IS NULL AND community_code IS NULL AND snap_distance_m IS NULL)
    )
);
CREATE INDEX gix_venues_geom ON venues USING gist (geom);
CREATE INDEX ix_venues_grid ON venues (street_code, grid_code);
CREATE INDEX ix_venues_category ON venues (category, street_code);

CREATE TABLE issues (
    street_code text NOT NULL,
    id uuid NOT NULL,
    code text NOT NULL,
    name text,
    category text NOT NULL,
    state text NOT NULL,
    is_open boolean NOT NULL,
    found_at timestamptz NOT NULL,
    closed_at timestamptz,
    description text,
    point_code text,
    geom geometry(Point, 4326) NOT NULL,
    placement text NOT NULL,
    grid_code text,
    community_code text,
    snap_distance_m double precision,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_issues PRIMARY KEY (street_code, id),
    CONSTRAINT uq_issues_code UNIQUE (street_code, code),
    CONSTRAINT fk_issues_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_issues_category FOREIGN KEY (category) REFERENCES issue_categories (code),
    CONSTRAINT fk_issues_state FOREIGN KEY (state) REFERENCES issue_states (code),
    CONSTRAINT fk_issues_point FOREIGN KEY (street_code, point_code) REFERENCES points (street_code, code),
    CONSTRAINT ck_issues_times CHECK (closed_at IS NULL OR found_at <= closed_at),
    CONSTRAINT ck_issues_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom)),
    CONSTRAINT ck_issues_placement CHECK (
        (placement = 'inside' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m IS NULL)
        OR (placement = 'snapped' AND grid_code IS NOT NULL AND community_code IS NOT NULL AND snap_distance_m BETWEEN 0 AND 20)
        OR (placement = 'orphan' AND grid_code IS NULL AND community_code IS NULL AND snap_distance_m IS NULL)
    )
);
CREATE INDEX gix_issues_geom ON issues USING gist (geom);
CREATE INDEX ix_issues_grid ON issues (street_code, grid_code, is_open);
CREATE INDEX ix_issues_found ON issues (street_code, found_at);
CREATE INDEX ix_issues_category ON issues (category, street_code, found_at);
CREATE INDEX ix_issues_state ON issues (state, street_code);
CREATE INDEX ix_issues_point ON issues (street_code, point_code) WHERE point_code IS NOT NULL;

-- Own base of the map: river, roads, rail, parks.
CREATE TABLE base_features (
    street_code text NOT NULL,
    code text NOT NULL,
    name text,
    kind text NOT NULL,
    geom geometry(Geometry, 4326) NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_base_features PRIMARY KEY (street_code, code),
    CONSTRAINT fk_base_features_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_base_features_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom))
);
CREATE INDEX gix_base_features_geom ON base_features USING gist (geom);

-- Which grids a line or an area meets, with its length (m) or area (m2) there and the share of the whole.
CREATE TABLE point_grids (
    street_code text NOT NULL,
    code text NOT NULL,
    grid_code text NOT NULL,
    measure double precision NOT NULL,
    share double precision NOT NULL,
    CONSTRAINT pk_point_grids PRIMARY KEY (street_code, code, grid_code),
    CONSTRAINT fk_point_grids_record FOREIGN KEY (street_code, code) REFERENCES points (street_code, code) ON DELETE CASCADE,
    CONSTRAINT ck_point_grids_share CHECK (measure > 0 AND share > 0 AND share <= 1.000001)
);
CREATE INDEX ix_point_grids_grid ON point_grids (street_code, grid_code);
CREATE TABLE school_grids (
    street_code text NOT NULL,
    code text NOT NULL,
    grid_code text NOT NULL,
    measure double precision NOT NULL,
    share double precision NOT NULL,
    CONSTRAINT pk_school_grids PRIMARY KEY (street_code, code, grid_code),
    CONSTRAINT fk_school_grids_record FOREIGN KEY (street_code, code) REFERENCES schools (street_code, code) ON DELETE CASCADE,
    CONSTRAINT ck_school_grids_share CHECK (measure > 0 AND share > 0 AND share <= 1.000001)
);
CREATE INDEX ix_school_grids_grid ON school_grids (street_code, grid_code);
CREATE TABLE venue_grids (
    street_code text NOT NULL,
    code text NOT NULL,
    grid_code text NOT NULL,
    measure double precision NOT NULL,
    share double precision NOT NULL,
    CONSTRAINT pk_venue_grids PRIMARY KEY (street_code, code, grid_code),
    CONSTRAINT fk_venue_grids_record FOREIGN KEY (street_code, code) REFERENCES venues (street_code, code) ON DELETE CASCADE,
    CONSTRAINT ck_venue_grids_share CHECK (measure > 0 AND share > 0 AND share <= 1.000001)
);
CREATE INDEX ix_venue_grids_grid ON venue_grids (street_code, grid_code);

-- What was imported, when, and with which outcome.
CREATE TABLE imports (
    street_code text NOT NULL,
    import_id uuid NOT NULL,
    dataset text NOT NULL,
    file_name text NOT NULL,
    finished_at timestamptz NOT NULL DEFAULT now(),
    rows_read bigint NOT NULL,
    rows_added bigint NOT NULL,
    rows_changed bigint NOT NULL,
    rows_unchanged bigint NOT NULL,
    rows_refused bigint NOT NULL,
    CONSTRAINT pk_imports PRIMARY KEY (street_code, import_id),
    CONSTRAINT fk_imports_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_imports_one_outcome CHECK (rows_read = rows_added + rows_changed + rows_unchanged + rows_refused)
);

-- ---------------------------------------------------------------------------------------------------
-- Placing (functions are the single definition of the rule; large point sets take a set-based short cut)
-- ---------------------------------------------------------------------------------------------------

-- Share of a line's length or an area's surface in each grid in force on a day. A stretch along a shared
-- edge, or inside two overlapping grids, counts once: for the grid with the lowest code.
CREATE FUNCTION grid_shares(of_street text, record geometry, on_day date)
RETURNS TABLE (grid_code text, community_code text, measure double precision, share double precision)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH met AS MATERIALIZED (
        -- grids that the record meets, lowest code first
        SELECT g.code COLLATE "C" AS code, g.parent_code, g.geom
        FROM area_versions g
        WHERE g.street_code = of_street AND g.level = 'grid'
          AND g.valid_from <= on_day AND on_day < g.valid_until
          AND g.geom && record AND ST_Intersects(g.geom, record)
    ), piece AS (
        -- the part in each grid, less what lower codes already took
        SELECT m.code, m.parent_code,
               CASE WHEN taken.geom IS NULL THEN ST_Intersection(record, m.geom)
                    ELSE ST_Difference(ST_Intersection(record, m.geom), taken.geom) END AS geom
        FROM met m
        CROSS JOIN LATERAL (
            SELECT ST_Union(o.geom) AS geom FROM met o WHERE o.code < m.code AND o.geom && m.geom
        ) taken
    ), measured AS (
        -- geodesic metres or square metres
        SELECT code, parent_code,
               CASE ST_Dimension(record) WHEN 1 THEN ST_Length(geom::geography) ELSE ST_Area(geom::geography) END AS m
        FROM piece
    )
    SELECT code, parent_code, m,
           least(1, m / CASE ST_Dimension(record) WHEN 1 THEN ST_Length(record::geography) ELSE ST_Area(record::geography) END)
    FROM measured
    WHERE m > 1e-4
$$;

-- Where one record belongs on a day: inside (the covering grid of lowest code; for lines and areas the
-- grid with the largest share), snapped (nearest grid within 20 m) or orphan.
CREATE FUNCTION grid_of(of_street text, record geometry, on_day date)
RETURNS TABLE (grid_code text, community_code text, placement text, snap_distance_m double precision)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    WITH inside AS (
        (SELECT g.code, g.parent_code
         FROM area_versions g
         WHERE ST_Dimension(record) = 0
           AND g.street_code = of_street AND g.level = 'grid'
           AND g.valid_from <= on_day AND on_day < g.valid_until
           AND g.geom && record AND ST_Covers(g.geom, record)
         ORDER BY g.code COLLATE "C" LIMIT 1)
        UNION ALL
        (SELECT s.grid_code, s.community_code
         FROM grid_shares(of_street, record, on_day) s
         WHERE ST_Dimension(record) > 0
         ORDER BY round(s.share::numeric, 9) DESC, s.grid_code COLLATE "C" LIMIT 1)
    ), near AS (
        -- candidates by a box of a little more than 20 m, decided by geodesic distance
        SELECT g.code, g.parent_code, ST_Distance(g.geom::geography, record::geography) AS metres
        FROM area_versions g
        WHERE NOT EXISTS (SELECT FROM inside)
          AND g.street_code = of_street AND g.level = 'grid'
          AND g.valid_from <= on_day AND on_day < g.valid_until
          AND g.geom && ST_Expand(record, 20.5 / (111000 * greatest(0.01, cos(radians(greatest(abs(ST_YMin(record)), abs(ST_YMax(record))))))), 20.5 / 110000)
          AND ST_DWithin(g.geom::geography, record::geography, 20)
        ORDER BY metres, g.code COLLATE "C" LIMIT 1
    )
    SELECT code, parent_code, 'inside', NULL::double precision FROM inside
    UNION ALL
    SELECT code, parent_code, 'snapped', least(20, metres) FROM near
    UNION ALL
    SELECT NULL, NULL, 'orphan', NULL WHERE NOT EXISTS (SELECT FROM inside) AND NOT EXISTS (SELECT FROM near)
$$;

-- ---------------------------------------------------------------------------------------------------
-- Maintained counts: issues per grid, and per category and grid; '' stands for orphans
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE grid_issue_counts (
    street_code text NOT NULL,
    grid_code text NOT NULL,
    open bigint NOT NULL,
    total bigint NOT NULL,
    CONSTRAINT pk_grid_issue_counts PRIMARY KEY (street_code, grid_code)
);
CREATE TABLE category_issue_counts (
    street_code text NOT NULL,
    category text NOT NULL,
    grid_code text NOT NULL,
    open bigint NOT NULL,
    total bigint NOT NULL,
    CONSTRAINT pk_category_issue_counts PRIMARY KEY (street_code, category, grid_code)
);

-- One statement's changes are summed first and written in key order, so that writers cannot deadlock.
CREATE FUNCTION count_issues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    gained category_issue_counts[];
    lost category_issue_counts[];
BEGIN
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        SELECT array_agg(ROW(r.street_code, r.category, r.grid_code, r.open, r.total)::category_issue_counts) INTO gained
        FROM (SELECT street_code, category, coalesce(grid_code, '') AS grid_code,
                     count(*) FILTER (WHERE is_open) AS open, count(*) AS total
              FROM new_rows GROUP BY 1, 2, 3) r;
    END IF;
    IF TG_OP IN ('DELETE', 'UPDATE') THEN
        SELECT array_agg(ROW(r.street_code, r.category, r.grid_code, -r.open, -r.total)::category_issue_counts) INTO lost
        FROM (SELECT street_code, category, coalesce(grid_code, '') AS grid_code,
                     count(*) FILTER (WHERE is_open) AS open, count(*) AS total
              FROM old_rows GROUP BY 1, 2, 3) r;
    END IF;
    INSERT INTO category_issue_counts AS c (street_code, category, grid_code, open, total)
    SELECT d.street_code, d.category, d.grid_code, sum(d.open), sum(d.total)
    FROM unnest(gained || lost) d
    GROUP BY 1, 2, 3 HAVING sum(d.open) <> 0 OR sum(d.total) <> 0 ORDER BY 1, 2, 3
    ON CONFLICT (street_code, category, grid_code)
    DO UPDATE SET open = c.open + excluded.open, total = c.total + excluded.total;
    INSERT INTO grid_issue_counts AS c (street_code, grid_code, open, total)
    SELECT d.street_code, d.grid_code, sum(d.open), sum(d.total)
    FROM unnest(gained || lost) d
    GROUP BY 1, 2 HAVING sum(d.open) <> 0 OR sum(d.total) <> 0 ORDER BY 1, 2
    ON CONFLICT (street_code, grid_code)
    DO UPDATE SET open = c.open + excluded.open, total = c.total + excluded.total;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_issues_count_insert AFTER INSERT ON issues
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_issues();
CREATE TRIGGER tr_issues_count_update AFTER UPDATE ON issues
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_issues();
CREATE TRIGGER tr_issues_count_delete AFTER DELETE ON issues
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_issues();
CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'issues are not truncated: the maintained counts would be wrong' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tr_issues_no_truncate BEFORE TRUNCATE ON issues FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();

-- An instant as RFC 3339 text in Beijing time.
CREATE FUNCTION beijing_text(instant timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT to_char(instant AT TIME ZONE INTERVAL '8 hours', 'YYYY-MM-DD"T"HH24:MI:SS"+08:00"')
$$;
