-- Each staged area beside the version in force, with its parent found, and what has to happen to it.
CREATE TEMP TABLE resolved ON COMMIT DROP AS
WITH parented AS (
    -- A grid that names no community belongs to the one that holds most of it.
    SELECT s.line, s.street_code, s.code, s.name, s.valid_from, s.valid_until, s.geom, s.parent_code AS given_parent,
           CASE @level
               WHEN 'street' THEN NULL
               WHEN 'community' THEN s.street_code
               ELSE coalesce(s.parent_code, (
                   SELECT c.code
                   FROM area_versions c
                   WHERE c.street_code = s.street_code AND c.level = 'community' AND c.valid_until = 'infinity'
                     AND c.geom && s.geom AND ST_Relate(c.geom, s.geom, '2********')
                   ORDER BY ST_Area(ST_Intersection(c.geom, s.geom)) DESC, c.code COLLATE "C" LIMIT 1))
           END AS parent_code
    FROM stage s
)
SELECT p.*,
       EXISTS (SELECT FROM area_versions v WHERE v.street_code = p.street_code AND v.level = @level AND v.code = p.code) AS known,
       cur.valid_from AS cur_from,
       cur.geom AS cur_geom,
       (cur.name, cur.parent_code, cur.geom) IS NOT DISTINCT FROM (p.name, p.parent_code, p.geom) AS same,
       coalesce(p.valid_from, CASE WHEN cur.code IS NULL THEN '-infinity'::date ELSE @today END) AS starts
FROM parented p
LEFT JOIN area_versions cur
    ON cur.street_code = p.street_code AND cur.level = @level AND cur.code = p.code AND cur.valid_until = 'infinity';

INSERT INTO refused (line, field, reason, value)
SELECT r.line, f.field, f.reason, f.value
FROM resolved r
CROSS JOIN LATERAL (
    -- the first reason that holds, one per row
    SELECT * FROM (VALUES
        (1, 'community', 'no community is named and the grid lies in none; import the communities first or map the field', NULL,
            @level = 'grid' AND r.parent_code IS NULL),
        (2, 'community', 'no community in force has this code', r.given_parent,
            @level = 'grid' AND r.given_parent IS NOT NULL AND NOT EXISTS (
                SELECT FROM area_versions c WHERE c.street_code = r.street_code AND c.level = 'community'
                AND c.code = r.given_parent AND c.valid_until = 'infinity')),
        (9, 'code', 'the code of a street holds no slash and is not *', r.code,
            @level = 'street' AND (position('/' IN r.code) > 0 OR r.code = '*')),
        (3, 'code', 'this code was retired; codes are never used again', r.code, r.known AND r.cur_from IS NULL),
        (4, 'valid_from', 'lies in the future; import the boundary on the day it comes into force', r.valid_from::text,
            r.valid_from > @today),
        (5, 'valid_until', 'lies in the future; import it on the day the area ends', r.valid_until::text,
            r.valid_until > @today),
        (6, 'valid_from', format('a version of this area starts later already (%s); the past is not rewritten', r.cur_from), r.valid_from::text,
            NOT r.same AND r.valid_until IS NULL AND r.starts < r.cur_from),
        (7, 'valid_until', 'must be later than the start of validity', r.valid_until::text,
            r.valid_until <= coalesce(r.cur_from, r.starts)),
        (8, 'community', format('the community has grids in force (%s); give them another community first', (
                SELECT count(*) FROM area_versions g WHERE g.street_code = r.street_code AND g.level = 'grid'
                AND g.parent_code = r.code AND g.valid_until = 'infinity')), r.code,
            @level = 'community' AND r.valid_until IS NOT NULL AND EXISTS (
                SELECT FROM area_versions g WHERE g.street_code = r.street_code AND g.level = 'grid'
                AND g.parent_code = r.code AND g.valid_until = 'infinity'))
    ) AS v (rank, field, reason, value, holds)
    WHERE v.holds ORDER BY v.rank LIMIT 1
) f
WHERE NOT EXISTS (SELECT FROM refused x WHERE x.line = r.line);

DELETE FROM resolved r USING refused x WHERE x.line = r.line;
