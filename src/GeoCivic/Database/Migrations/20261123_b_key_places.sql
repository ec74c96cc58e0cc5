-- Key places (重点部位): named areas that a street watches, with everything that was ever said about them.

CREATE TABLE key_places (
    street_code text NOT NULL,
    key_place_id uuid NOT NULL,
    name text NOT NULL,
    -- Null: issues of every category count.
    category text,
    geom geometry(MultiPolygon, 4326) NOT NULL,
    -- A visit to any point inside holds this many days, its own included; null: not watched.
    watch_days integer,
    note text,
    -- The cluster it was made of: window, eps_metres, min_points, number.
    cluster jsonb,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    revision integer NOT NULL DEFAULT 1,
    retired_at timestamptz,
    CONSTRAINT pk_key_places PRIMARY KEY (street_code, key_place_id),
    CONSTRAINT fk_key_places_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_key_places_category FOREIGN KEY (category) REFERENCES issue_categories (code),
    CONSTRAINT fk_key_places_account FOREIGN KEY (created_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_key_places_name CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT ck_key_places_note CHECK (length(note) BETWEEN 1 AND 2000),
    CONSTRAINT ck_key_places_watch CHECK (watch_days BETWEEN 1 AND 366),
    CONSTRAINT ck_key_places_geom CHECK (NOT ST_IsEmpty(geom) AND ST_IsValid(geom))
);
CREATE INDEX gix_key_places_geom ON key_places USING gist (geom);
CREATE INDEX ix_key_places_id ON key_places (key_place_id);
CREATE INDEX ix_key_places_category ON key_places (category);
CREATE INDEX ix_key_places_account ON key_places (created_by);

-- What each revision said, and who said it.
CREATE TABLE key_place_events (
    street_code text NOT NULL,
    key_place_id uuid NOT NULL,
    revision integer NOT NULL,
    act text NOT NULL,
    account_id uuid NOT NULL,
    made_at timestamptz NOT NULL,
    -- Name, category, watch_days, note and the shape as GeoJSON as they were from then on.
    place jsonb NOT NULL,
    CONSTRAINT pk_key_place_events PRIMARY KEY (street_code, key_place_id, revision),
    CONSTRAINT fk_key_place_events_place FOREIGN KEY (street_code, key_place_id) REFERENCES key_places (street_code, key_place_id),
    CONSTRAINT fk_key_place_events_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT ck_key_place_events_act CHECK (act IN ('created', 'changed', 'retired'))
);
CREATE INDEX ix_key_place_events_account ON key_place_events (account_id);
CREATE TRIGGER tr_key_place_events_keep BEFORE UPDATE OR DELETE ON key_place_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_key_place_events_no_truncate BEFORE TRUNCATE ON key_place_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tr_key_places_keep BEFORE DELETE ON key_places FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The grids in force that an area reaches into (not only touches).
CREATE FUNCTION grids_met(of_street text, shape geometry) RETURNS TABLE (code text, parent_code text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT g.code, g.parent_code
    FROM area_versions g
    WHERE g.street_code = of_street AND g.level = 'grid' AND g.valid_until = 'infinity'
      AND g.geom && shape AND ST_Intersects(g.geom, shape) AND NOT ST_Touches(g.geom, shape)
$$;

-- A place is shown to whoever holds the whole street, or one of the grids that it reaches into.
CREATE FUNCTION key_place_visible(of_street text, shape geometry, scope text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT in_scope(of_street, NULL, NULL, scope)
        OR EXISTS (SELECT FROM grids_met(of_street, shape) g WHERE in_scope(of_street, g.parent_code, g.code, scope))
$$;
