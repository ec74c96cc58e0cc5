-- The same file again is the version that is there.
CREATE TEMP TABLE stored_tree ON COMMIT DROP AS
SELECT @id::uuid AS tree_id, coalesce((SELECT max(version) FROM assessment_trees WHERE street_code = @street), 0) + 1 AS version
WHERE NOT EXISTS (SELECT FROM assessment_trees WHERE street_code = @street AND sha256 = sha256(@content));
INSERT INTO assessment_trees (street_code, tree_id, version, title, file_name, sha256, imported_by, imported_at)
SELECT @street, s.tree_id, s.version, @title, @file, sha256(@content), @account, @now FROM stored_tree s;
INSERT INTO assessment_nodes (street_code, tree_id, code, sort, level, parent_code, name, basis, methods, weight, veto, point_types, points, households)
SELECT @street, s.tree_id, n.code, r.i, n.level, n.parent, n.name, n.basis, n.methods, n.weight, n.veto, n.point_types, n.points, n.households
FROM stored_tree s
CROSS JOIN jsonb_array_elements(@rows) WITH ORDINALITY AS r (row, i)
CROSS JOIN LATERAL jsonb_to_record(r.row) AS n (
    code text, level int, parent text, name text, basis text, methods text[], weight double precision, veto boolean,
    point_types text[], points text[], households int);
-- Its veto indicators come onto the board; what was entered there by hand stays as it is.
INSERT INTO veto_indicators AS v (street_code, indicator_id, code, name, basis, origin, made_by, made_at)
SELECT @street, gen_random_uuid(), n.code, n.name, coalesce(n.basis, t.title), 'tree', @account, @now
FROM stored_tree s
JOIN assessment_trees t ON t.street_code = @street AND t.tree_id = s.tree_id
JOIN assessment_nodes n ON n.street_code = @street AND n.tree_id = s.tree_id AND n.veto
ON CONFLICT (street_code, code) DO UPDATE
SET name = excluded.name, basis = excluded.basis, retired = false, revision = v.revision + 1
WHERE v.origin = 'tree' AND (v.name, v.basis, v.retired) <> (excluded.name, excluded.basis, false);
SELECT t.tree_id, t.version, EXISTS (SELECT FROM stored_tree)
FROM assessment_trees t WHERE t.street_code = @street AND t.sha256 = sha256(@content);
