-- All that a check has to know of the database's state, in one round trip: the category and what changes seldom by its
-- revision; the streets of the caller with the revision of their boundaries; the schools near, by the index on the campus,
-- with the transaction that wrote the row. A changed gate writes its school's row too (note_changed_gates).
SELECT c.code, c.name, c.name_en, (SELECT r.revision FROM rule_revision r),
       (SELECT coalesce(sum(w.revision), 0)::bigint FROM way_revisions w)
FROM (SELECT) one
LEFT JOIN venue_categories c ON c.code = @category;
SELECT street_code, areas_revision, name FROM streets
WHERE in_street_scope(street_code, @scope)
ORDER BY street_code COLLATE "C";
SELECT s.street_code, s.code, s.xmin FROM schools s WHERE s.geom && @box;
