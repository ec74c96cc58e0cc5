-- Ways that people walk on, from which walking distances are measured.

CREATE TABLE ways (
    street_code text NOT NULL,
    code text NOT NULL,
    name text,
    -- OpenStreetMap's value of highway or railway, or a word of one's own.
    kind text,
    -- As declared. What is walked in is way_level() and way_walks().
    layer integer,
    bridge boolean,
    tunnel boolean,
    walkable boolean,
    accuracy text,
    datum text,
    geom geometry(Geometry, 4326) NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    revision integer NOT NULL DEFAULT 1,
    CONSTRAINT pk_ways PRIMARY KEY (street_code, code),
    CONSTRAINT fk_ways_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_ways_layer CHECK (layer BETWEEN -20 AND 20),
    CONSTRAINT ck_ways_accuracy CHECK (accuracy IN ('A', 'B', 'C', 'D')),
    CONSTRAINT ck_ways_datum CHECK (length(datum) BETWEEN 1 AND 32),
    CONSTRAINT ck_ways_geom CHECK (
        GeometryType(geom) IN ('LINESTRING', 'MULTILINESTRING') AND NOT ST_IsEmpty(geom) AND ST_IsValid(geom)
    )
);
CREATE INDEX gix_ways_geom ON ways USING gist (geom);
CREATE TRIGGER tr_ways_revision BEFORE UPDATE ON ways FOR EACH ROW EXECUTE FUNCTION bump_revision();

-- The layer a way meets others in: a bridge or tunnel is not on the ground, whether a layer was given or not.
CREATE FUNCTION way_level(layer integer, bridge boolean, tunnel boolean) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN layer <> 0 THEN layer WHEN bridge THEN 1 WHEN tunnel THEN -1 ELSE 0 END
$$;

-- Whether people walk there. What the record says goes first; otherwise not on motorways, on the ramps and in the tunnels
-- of trunk roads, on rails, nor where nothing is built yet.
CREATE FUNCTION way_walks(kind text, tunnel boolean, walkable boolean) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(walkable, NOT (
        coalesce(lower(kind), '') IN (
            'motorway', 'motorway_link', 'trunk_link', 'raceway', 'busway', 'bus_guideway', 'escape',
            'construction', 'proposed', 'abandoned', 'razed',
            'rail', 'railway', 'subway', 'light_rail', 'tram', 'monorail', 'narrow_gauge', 'funicular')
        OR (coalesce(lower(kind), '') = 'trunk' AND coalesce(tunnel, false))))
$$;

-- How often the ways of a street have changed: what was made of them is made anew when one of these grows.
CREATE TABLE way_revisions (
    street_code text NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT pk_way_revisions PRIMARY KEY (street_code),
    CONSTRAINT fk_way_revisions_street FOREIGN KEY (street_code) REFERENCES streets (street_code)
);

CREATE FUNCTION bump_way_revisions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO way_revisions AS r (street_code, revision)
    SELECT DISTINCT c.street_code, 1 FROM changed c ORDER BY 1
    ON CONFLICT (street_code) DO UPDATE SET revision = r.revision + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_ways_added AFTER INSERT ON ways REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION bump_way_revisions();
CREATE TRIGGER tr_ways_changed AFTER UPDATE ON ways REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION bump_way_revisions();
CREATE TRIGGER tr_ways_removed AFTER DELETE ON ways REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION bump_way_revisions();
