-- Streets are tenants: a boundary may bring one that is new, or a new name.
INSERT INTO streets (street_code, name)
SELECT street_code, name FROM resolved WHERE @level = 'street' ORDER BY street_code
ON CONFLICT (street_code) DO UPDATE SET name = excluded.name WHERE streets.name <> excluded.name;

-- What changes on the map, old shape and new, for placing records again.
CREATE TEMP TABLE touched ON COMMIT DROP AS
SELECT r.cur_geom AS geom FROM resolved r
WHERE @level = 'grid' AND r.cur_geom IS NOT NULL AND (NOT r.same OR r.valid_until IS NOT NULL)
UNION ALL
SELECT r.geom FROM resolved r
WHERE @level = 'grid' AND r.valid_until IS NULL AND (NOT r.same OR r.cur_geom IS NULL);

-- An area that ends.
UPDATE area_versions v
SET valid_until = r.valid_until
FROM resolved r
WHERE r.valid_until IS NOT NULL AND r.cur_from IS NOT NULL
  AND v.street_code = r.street_code AND v.level = @level AND v.code = r.code AND v.valid_from = r.cur_from;

-- A version corrected on the day it starts is replaced; it was in force at no other day.
UPDATE area_versions v
SET name = r.name, parent_code = r.parent_code, geom = r.geom, recorded_at = now()
FROM resolved r
WHERE r.valid_until IS NULL AND r.cur_from = r.starts AND NOT r.same
  AND v.street_code = r.street_code AND v.level = @level AND v.code = r.code AND v.valid_from = r.cur_from;

-- An older version ends where the new one starts.
UPDATE area_versions v
SET valid_until = r.starts
FROM resolved r
WHERE r.valid_until IS NULL AND r.cur_from < r.starts AND NOT r.same
  AND v.street_code = r.street_code AND v.level = @level AND v.code = r.code AND v.valid_from = r.cur_from;

INSERT INTO areas (street_code, level, code)
SELECT r.street_code, @level, r.code FROM resolved r WHERE NOT r.known
ON CONFLICT DO NOTHING; -- a code issued beforehand is there

INSERT INTO area_versions (street_code, level, code, valid_from, valid_until, name, parent_code, geom)
SELECT r.street_code, @level, r.code, r.starts, coalesce(r.valid_until, 'infinity'), r.name, r.parent_code, r.geom
FROM resolved r
WHERE r.cur_from IS NULL OR (r.valid_until IS NULL AND NOT r.same AND r.cur_from < r.starts);

UPDATE streets s
SET areas_revision = areas_revision + 1
WHERE s.street_code IN (
    SELECT r.street_code FROM resolved r WHERE r.cur_from IS NULL OR NOT r.same OR r.valid_until IS NOT NULL);
