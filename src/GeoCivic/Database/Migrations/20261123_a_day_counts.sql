-- Maintained counts of issues by day, so that a choropleth of any window of days, and the map of what was open on any
-- day, read no issue. Also the place where a street's hexagons begin.

-- The Beijing day of an instant, whatever the session's time zone is.
CREATE FUNCTION beijing_day(instant timestamptz) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT (instant AT TIME ZONE INTERVAL '8 hours')::date
$$;

-- The shift of an instant in Beijing time, by the rule with which the page proposes a visit's shift: school peak
-- 07:00-09:00 and 16:00-18:00, night 19:00-06:00, else day; each bound belongs to what begins with it.
CREATE FUNCTION shift_at(instant timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT AS $$
    SELECT ('{night,day,school_peak,day,school_peak,day,night}'::text[])[1 + width_bucket(
        (instant AT TIME ZONE INTERVAL '8 hours')::time, '{06:00,07:00,09:00,16:00,18:00,19:00}'::time[])]
$$;

-- The day from which an issue no longer counts as open: infinity while it is. One that was taken on as done, nobody
-- knows when, never was.
CREATE FUNCTION closing_day(found_at timestamptz, closed_at timestamptz, is_open boolean) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN closed_at IS NOT NULL THEN beijing_day(closed_at) WHEN is_open THEN 'infinity' ELSE beijing_day(found_at) END
$$;

-- ---------------------------------------------------------------------------------------------------
-- Every combination of what one can ask for; '' stands for no grid. Rows that come to zero are deleted.
-- The order of the key serves windows: street, category, days.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE issue_day_counts (
    -- Compared byte by byte: nothing is sorted for people here, and millions of keys are sorted three times as fast.
    street_code text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    -- Beijing days on which the issues were found and closed (see closing_day).
    day date NOT NULL,
    grid_code text COLLATE "C" NOT NULL,
    state text COLLATE "C" NOT NULL,
    shift text COLLATE "C" NOT NULL,
    is_open boolean NOT NULL,
    embargoed boolean NOT NULL,
    closed_day date NOT NULL,
    n bigint NOT NULL,
    -- n lies in the index too, so that a window is answered from it alone.
    CONSTRAINT pk_issue_day_counts PRIMARY KEY
        (street_code, category, day, grid_code, state, shift, is_open, embargoed, closed_day) INCLUDE (n)
);

-- ---------------------------------------------------------------------------------------------------
-- Running sums, for questions with at most one filter.
-- slice: 'all', 'open' (open now), 'category:CODE', 'state:CODE', 'shift:CODE', by the day found; 'closed' by the
-- closing day. days holds the days with a change in order, 1 being 1 January of year; sums how many there were up to and
-- with each. Those without a filter, which are asked for most, run over two years and begin anew every year, so that any
-- window of a year lies within one row a grid; the others run over one. A row never grows beyond 731 days, whatever is
-- counted.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE issue_year_counts (
    street_code text COLLATE "C" NOT NULL,
    slice text COLLATE "C" NOT NULL,
    year smallint NOT NULL,
    grid_code text COLLATE "C" NOT NULL,
    embargoed boolean NOT NULL,
    days smallint[] NOT NULL,
    sums integer[] NOT NULL,
    CONSTRAINT pk_issue_year_counts PRIMARY KEY (street_code, slice, year, grid_code, embargoed)
) WITH (fillfactor = 80);
-- 731 days are 4.4 kB and fit a page: kept as they are, because compressing and moving them out costs most of a look-up.
ALTER TABLE issue_year_counts ALTER days SET STORAGE PLAIN, ALTER sums SET STORAGE PLAIN;

-- How many up to and with a day.
CREATE FUNCTION sum_until(day smallint, days smallint[], sums integer[]) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(sums[width_bucket(day, days)], 0)
$$;

-- One text, four uses: what an insert, an update and a delete change, and everything anew. A statement's changes are
-- summed first and written in key order, table after table, so that writers cannot deadlock.
DO $do$
DECLARE
    use record;
    slices text;
BEGIN
    FOR use IN
        SELECT * FROM (VALUES
            ('count_days_inserted', 'trigger', 'SELECT i.*, 1 AS sign FROM new_rows i'),
            ('count_days_updated', 'trigger', 'SELECT i.*, 1 AS sign FROM new_rows i UNION ALL SELECT i.*, -1 FROM old_rows i'),
            ('count_days_deleted', 'trigger', 'SELECT i.*, -1 AS sign FROM old_rows i'),
            ('count_days_anew', 'void', 'SELECT i.*, 1 AS sign FROM issues i')
        ) u (name, answer, rows)
    LOOP
        SELECT string_agg(format($text$
                SELECT r.street_code COLLATE "C" AS street_code, %1$s AS slice, coalesce(r.grid_code, '') COLLATE "C" AS grid_code,
                       r.embargoed, %2$s AS on_day, sum(r.sign) AS n
                FROM (%4$s) r WHERE %3$s GROUP BY 1, 2, 3, 4, 5 HAVING sum(r.sign) <> 0
            $text$, s.slice, s.on_day, s.fits, use.rows), 'UNION ALL') INTO slices
        FROM (VALUES
            ($t$'all'::text$t$, 'beijing_day(r.found_at)', 'true'),
            ($t$'open'::text$t$, 'beijing_day(r.found_at)', 'r.is_open'),
            ($t$'category:' || r.category$t$, 'beijing_day(r.found_at)', 'true'),
            ($t$'state:' || r.state$t$, 'beijing_day(r.found_at)', 'true'),
            ($t$'shift:' || shift_at(r.found_at)$t$, 'beijing_day(r.found_at)', 'true'),
            ($t$'closed'::text$t$, 'closing_day(r.found_at, r.closed_at, r.is_open)',
             $t$closing_day(r.found_at, r.closed_at, r.is_open) < 'infinity'$t$)
        ) s (slice, on_day, fits);

        EXECUTE format($text$
CREATE FUNCTION %1$I() RETURNS %2$s LANGUAGE plpgsql %8$s AS $body$
BEGIN
    %5$s
    INSERT INTO issue_day_counts AS c
        (street_code, category, day, grid_code, state, shift, is_open, embargoed, closed_day, n)
    SELECT r.street_code COLLATE "C", r.category COLLATE "C", beijing_day(r.found_at), coalesce(r.grid_code, '') COLLATE "C",
           r.state COLLATE "C", shift_at(r.found_at) COLLATE "C",
           r.is_open, r.embargoed, closing_day(r.found_at, r.closed_at, r.is_open), sum(r.sign)
    FROM (%3$s) r
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(r.sign) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ON CONFLICT (street_code, category, day, grid_code, state, shift, is_open, embargoed, closed_day)
    DO UPDATE SET n = c.n + excluded.n;
    %6$s
    INSERT INTO issue_year_counts AS c (street_code, slice, year, grid_code, embargoed, days, sums)
    SELECT s.street_code, s.slice, s.year, s.grid_code, s.embargoed, a.days, a.sums
    FROM (
        SELECT d.street_code, d.slice COLLATE "C" AS slice, (date_part('year', d.on_day) - b.back)::smallint AS year, d.grid_code, d.embargoed,
               array_agg((date_part('doy', d.on_day) + b.back * (date_trunc('year', d.on_day)::date - (date_trunc('year', d.on_day) - INTERVAL '1 year')::date))::smallint) AS days,
               array_agg(d.n) AS ns
        FROM (%4$s) d
        CROSS JOIN LATERAL generate_series(0, CASE WHEN d.slice IN ('all', 'open', 'closed') THEN 1 ELSE 0 END) b (back)
        GROUP BY 1, 2, 3, 4, 5
    ) s
    -- the few days of one row are put in order one row at a time: far cheaper than sorting all rows by day
    CROSS JOIN LATERAL (
        SELECT array_agg(u.day ORDER BY u.day) AS days, array_agg(u.upto ORDER BY u.day) AS sums
        FROM (SELECT x.day, sum(x.n) OVER (ORDER BY x.day)::integer AS upto FROM unnest(s.days, s.ns) x (day, n)) u
    ) a
    ORDER BY 1, 2, 3, 4, 5
    ON CONFLICT (street_code, slice, year, grid_code, embargoed)
    DO UPDATE SET (days, sums) = (
        SELECT array_agg(d.day ORDER BY d.day),
               array_agg(sum_until(d.day, c.days, c.sums) + sum_until(d.day, excluded.days, excluded.sums) ORDER BY d.day)
        FROM (SELECT unnest(c.days) UNION SELECT unnest(excluded.days)) d (day));
    %7$s
END $body$
            $text$, use.name, use.answer, use.rows, slices,
            CASE use.answer WHEN 'trigger' THEN '' ELSE 'LOCK TABLE issues IN SHARE MODE; TRUNCATE issue_day_counts, issue_year_counts;' END,
            -- combinations that nothing is left of
            CASE WHEN use.rows LIKE '%old_rows%' THEN $text$
    DELETE FROM issue_day_counts c
    USING (SELECT DISTINCT r.street_code COLLATE "C" AS street_code, r.category COLLATE "C" AS category, beijing_day(r.found_at) AS day,
                  coalesce(r.grid_code, '') COLLATE "C" AS grid_code, r.state COLLATE "C" AS state, shift_at(r.found_at) COLLATE "C" AS shift,
                  r.is_open, r.embargoed, closing_day(r.found_at, r.closed_at, r.is_open) AS closed_day
           FROM old_rows r) o
    WHERE (c.street_code, c.category, c.day, c.grid_code, c.state, c.shift, c.is_open, c.embargoed, c.closed_day)
        = (o.street_code, o.category, o.day, o.grid_code, o.state, o.shift, o.is_open, o.embargoed, o.closed_day)
      AND c.n = 0;
            $text$ ELSE '' END,
            CASE use.answer WHEN 'trigger' THEN 'RETURN NULL;' ELSE '' END,
            -- everything at once is sorted and hashed in memory as far as it goes
            CASE use.answer WHEN 'trigger' THEN '' ELSE $t$SET work_mem = '256MB'$t$ END);
    END LOOP;
END $do$;

CREATE TRIGGER tr_issues_days_insert AFTER INSERT ON issues
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_days_inserted();
CREATE TRIGGER tr_issues_days_update AFTER UPDATE ON issues
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_days_updated();
CREATE TRIGGER tr_issues_days_delete AFTER DELETE ON issues
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_days_deleted();

SELECT count_days_anew();

-- ---------------------------------------------------------------------------------------------------
-- Where the hexagons of a street begin: near the middle of the first boundary known of it, and never moved, so that the
-- ids of hexagons stay. Degrees, WGS-84.
-- ---------------------------------------------------------------------------------------------------

CREATE TABLE hex_frames (
    street_code text NOT NULL,
    lon double precision NOT NULL,
    lat double precision NOT NULL,
    CONSTRAINT pk_hex_frames PRIMARY KEY (street_code),
    CONSTRAINT fk_hex_frames_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_hex_frames_place CHECK (lon BETWEEN -180 AND 180 AND lat BETWEEN -89.99 AND 89.99)
);
INSERT INTO hex_frames (street_code, lon, lat)
SELECT street_code, round(ST_X(c.place)::numeric, 4), round(ST_Y(c.place)::numeric, 4)
FROM (
    -- the street's own outline where there is one, of all its areas the first day's
    SELECT DISTINCT ON (street_code) street_code, ST_Centroid(ST_Extent(geom)) AS place
    FROM area_versions GROUP BY street_code, level, valid_from
    ORDER BY street_code, level <> 'street', valid_from, level
) c
ORDER BY street_code;

CREATE FUNCTION begin_hexagons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hex_frames (street_code, lon, lat)
    SELECT street_code, round(ST_X(c.place)::numeric, 4), round(ST_Y(c.place)::numeric, 4)
    FROM (SELECT street_code, ST_Centroid(ST_Extent(geom)) AS place FROM new_rows GROUP BY street_code) c
    WHERE NOT EXISTS (SELECT FROM hex_frames f WHERE f.street_code = c.street_code)
    ORDER BY street_code
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_area_versions_hexagons AFTER INSERT ON area_versions
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION begin_hexagons();
