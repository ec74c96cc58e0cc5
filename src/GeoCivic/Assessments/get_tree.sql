-- The version asked for, or the newest; without any, null members.
WITH chosen AS (
    SELECT * FROM assessment_trees t
    WHERE t.street_code = @street AND (@id::uuid IS NULL OR t.tree_id = @id)
    ORDER BY t.version DESC LIMIT 1
)
SELECT json_build_object(
    'id', c.tree_id, 'version', c.version, 'title', c.title, 'file', c.file_name, 'imported_at', beijing_text(c.imported_at),
    'levels', ARRAY(SELECT count(*) FROM assessment_nodes n WHERE n.street_code = c.street_code AND n.tree_id = c.tree_id GROUP BY n.level ORDER BY n.level),
    'households', (SELECT sum(n.households) FROM assessment_nodes n WHERE n.street_code = c.street_code AND n.tree_id = c.tree_id),
    -- points that the caller may see
    'points', (
        SELECT count(*) FROM points r
        WHERE r.street_code = c.street_code AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope)
          AND EXISTS (SELECT FROM assessment_nodes n WHERE n.street_code = c.street_code AND n.tree_id = c.tree_id
                      AND (r.code = ANY (n.points) OR r.type = ANY (n.point_types)))),
    'nodes', coalesce((
        SELECT json_agg(json_build_object(
            'code', n.code, 'level', n.level, 'parent', n.parent_code, 'name', n.name, 'basis', n.basis, 'methods', n.methods,
            'weight', n.weight, 'veto', n.veto, 'point_types', n.point_types, 'households', n.households,
            'points', ARRAY(SELECT r.code FROM points r WHERE r.street_code = n.street_code AND r.code = ANY (n.points)
                            AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope) ORDER BY r.code)) ORDER BY n.sort)
        FROM assessment_nodes n WHERE n.street_code = c.street_code AND n.tree_id = c.tree_id), '[]'::json),
    'trees', coalesce((
        SELECT json_agg(json_build_object('id', t.tree_id, 'version', t.version, 'title', t.title, 'imported_at', beijing_text(t.imported_at)) ORDER BY t.version DESC)
        FROM assessment_trees t WHERE t.street_code = @street), '[]'::json))::text
FROM (SELECT 1) one LEFT JOIN chosen c ON true
WHERE @id::uuid IS NULL OR c.tree_id IS NOT NULL;
