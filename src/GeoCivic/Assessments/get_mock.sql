SELECT {{Assessments/mock_head.sql}},
    -- where something was wrong, as far as the caller may see
    'bad_points', (
        SELECT coalesce(json_agg(json_build_object(
            'indicator', o.indicator, 'point', o.point_code, 'point_name', r.name, 'community', r.community_code, 'grid', r.grid_code,
            'note', o.note) ORDER BY n.sort, o.point_code), '[]'::json)
        FROM mock_observations o
        JOIN points r ON r.street_code = o.street_code AND r.code = o.point_code
        JOIN assessment_nodes n ON n.street_code = o.street_code AND n.tree_id = o.tree_id AND n.code = o.indicator
        WHERE o.street_code = m.street_code AND o.assessment_id = m.assessment_id AND o.outcome = 'bad'
          AND point_in_scope(r.street_code, r.code, r.community_code, r.grid_code, @scope)))::text,
    {{Assessments/mock_nodes.sql}}::text
FROM mock_assessments m
JOIN assessment_trees t ON t.street_code = m.street_code AND t.tree_id = m.tree_id
WHERE m.assessment_id = @id AND in_street_scope(m.street_code, @scope);
