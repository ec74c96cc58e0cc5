-- Accounts, the roles they hold for areas, sessions, program tokens, the audit log, and the one definition of what a
-- scope covers.

CREATE TABLE accounts (
    account_id uuid NOT NULL,
    user_name text NOT NULL,
    normalized_user_name text NOT NULL,
    -- What others see beside an act: a title such as "third grid's worker".
    display_name text NOT NULL,
    password_hash text,
    security_stamp text,
    concurrency_stamp text,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_accounts PRIMARY KEY (account_id),
    CONSTRAINT uq_accounts_name UNIQUE (normalized_user_name),
    CONSTRAINT ck_accounts_name CHECK (user_name = btrim(user_name) AND length(user_name) BETWEEN 1 AND 64),
    CONSTRAINT ck_accounts_display_name CHECK (length(display_name) BETWEEN 1 AND 100)
);

-- A role held for an area: a whole street, one community or one grid of it; without a street: everywhere.
CREATE TABLE grants (
    grant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    street_code text,
    level text,
    area_code text,
    body_code text,
    valid_from date NOT NULL DEFAULT '-infinity',
    valid_until date NOT NULL DEFAULT 'infinity',
    CONSTRAINT pk_grants PRIMARY KEY (grant_id),
    CONSTRAINT fk_grants_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT fk_grants_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT fk_grants_area FOREIGN KEY (street_code, level, area_code) REFERENCES areas (street_code, level, code),
    CONSTRAINT ck_grants_role CHECK (role IN ('worker', 'handler', 'supervisor', 'planner', 'admin', 'auditor')),
    CONSTRAINT ck_grants_area CHECK (
        (level IS NULL AND area_code IS NULL)
        OR (level IN ('community', 'grid') AND area_code IS NOT NULL AND street_code IS NOT NULL)
    ),
    CONSTRAINT ck_grants_body CHECK (body_code IS NULL OR (role = 'handler' AND street_code IS NOT NULL)),
    CONSTRAINT ck_grants_range CHECK (valid_from <= valid_until)
);
CREATE INDEX ix_grants_account ON grants (account_id);
CREATE INDEX ix_grants_area ON grants (street_code, level, area_code);

CREATE TABLE sessions (
    session_id uuid NOT NULL,
    account_id uuid NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    address text NOT NULL,
    CONSTRAINT pk_sessions PRIMARY KEY (session_id),
    CONSTRAINT fk_sessions_account FOREIGN KEY (account_id) REFERENCES accounts (account_id)
);
CREATE INDEX ix_sessions_account ON sessions (account_id);

-- Wrong passwords of the last minutes, whoever they were meant for.
CREATE TABLE sign_in_failures (
    failure_id bigint GENERATED ALWAYS AS IDENTITY,
    normalized_user_name text NOT NULL,
    address text NOT NULL,
    failed_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_sign_in_failures PRIMARY KEY (failure_id)
);
CREATE INDEX ix_sign_in_failures_address ON sign_in_failures (address, normalized_user_name, failed_at);
CREATE INDEX ix_sign_in_failures_at ON sign_in_failures (failed_at);

CREATE TABLE tokens (
    token_id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    -- SHA-256 of 32 random bytes: nothing to guess, so no slow hash is needed.
    secret_sha256 bytea NOT NULL,
    access text NOT NULL,
    -- Narrows what the account may see; null leaves it as it is. Each with the key of the area above it.
    areas text[],
    parents text[],
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT pk_tokens PRIMARY KEY (token_id),
    CONSTRAINT uq_tokens_secret UNIQUE (secret_sha256),
    CONSTRAINT fk_tokens_account FOREIGN KEY (account_id) REFERENCES accounts (account_id),
    CONSTRAINT ck_tokens_access CHECK (access IN ('read', 'write')),
    CONSTRAINT ck_tokens_secret CHECK (octet_length(secret_sha256) = 32),
    CONSTRAINT ck_tokens_areas CHECK (cardinality(areas) IS NOT DISTINCT FROM cardinality(parents))
);
CREATE INDEX ix_tokens_account ON tokens (account_id);

-- Keys that seal the session cookies; kept here so that a restart signs nobody out.
CREATE TABLE data_protection_keys (
    name text NOT NULL,
    xml text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_data_protection_keys PRIMARY KEY (name)
);

-- Who read or changed what. No foreign keys: the log outlives what it speaks of.
CREATE TABLE audit_log (
    audit_id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    account_id uuid,
    user_name text NOT NULL,
    via text NOT NULL,
    address text,
    method text NOT NULL,
    route text NOT NULL,
    target text NOT NULL,
    status integer NOT NULL,
    -- Scope keys of the actor at that time: an auditor reads what concerns their streets.
    scope text[] NOT NULL,
    CONSTRAINT pk_audit_log PRIMARY KEY (audit_id),
    CONSTRAINT ck_audit_log_via CHECK (via IN ('session', 'token', 'command', 'nobody'))
);
CREATE INDEX ix_audit_log_at ON audit_log (at);
CREATE INDEX ix_audit_log_account ON audit_log (account_id, at);

CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < now() - INTERVAL '1 year' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the audit log is kept for a year' USING ERRCODE = 'restrict_violation';
    END IF;
    RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER tr_audit_log_keep BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION keep_audit_log();
CREATE TRIGGER tr_audit_log_no_truncate BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();

-- ---------------------------------------------------------------------------------------------------
-- Scope: an array of keys. '*' everywhere; 'S' the street S; 'S/c/C' its community C; 'S/g/G' its grid G.
-- Records in no grid belong to whole streets only.
-- ---------------------------------------------------------------------------------------------------

ALTER TABLE streets ADD CONSTRAINT ck_streets_code_in_keys CHECK (street_code <> '*' AND position('/' IN street_code) = 0);

CREATE FUNCTION in_scope(street text, community text, grid text, scope text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(street = ANY (scope), false)
        OR coalesce('*' = ANY (scope), false)
        OR coalesce(street || '/c/' || community = ANY (scope), false)
        OR coalesce(street || '/g/' || grid = ANY (scope), false)
$$;

-- What belongs to a street as a whole is open to whoever holds anything in it.
CREATE FUNCTION in_street_scope(street text, scope text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT EXISTS (SELECT FROM unnest(scope) k WHERE k = '*' OR split_part(k, '/', 1) = street)
$$;

-- An issue found covertly is hidden until its notice goes out, but for those who hold a supervising role there.
CREATE FUNCTION issue_visible(street text, community text, grid text, embargoed boolean, scope text[], covert_scope text[])
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT in_scope(street, community, grid, scope)
       AND (NOT embargoed OR in_scope(street, community, grid, covert_scope))
$$;

-- An area is shown to whoever holds it, something above it, or a grid in it: the rest of the map has no frame otherwise.
CREATE FUNCTION area_visible(street text, level text, code text, parent text, scope text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE level
        WHEN 'street' THEN in_street_scope(street, scope)
        WHEN 'grid' THEN in_scope(street, parent, code, scope)
        ELSE in_scope(street, code, NULL, scope) OR EXISTS (
            SELECT FROM area_versions g
            WHERE g.street_code = area_visible.street AND g.level = 'grid' AND g.parent_code = area_visible.code
              AND g.valid_until = 'infinity' AND g.street_code || '/g/' || g.code = ANY (scope))
    END
$$;
