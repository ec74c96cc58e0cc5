CREATE TEMP TABLE stage (
    line bigint NOT NULL,
    street_code text NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    parent_code text,
    valid_from date,
    valid_until date,
    geom geometry NOT NULL
) ON COMMIT DROP;
CREATE TEMP TABLE refused (line bigint NOT NULL, field text NOT NULL, reason text NOT NULL, value text) ON COMMIT DROP;
