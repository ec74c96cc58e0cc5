(SELECT coalesce(json_agg(json_build_object(
            'code', n.code, 'level', n.level, 'parent', n.parent_code, 'name', n.name, 'weight', n.weight, 'veto', n.veto,
            'methods', n.methods, 'result', r.score, 'ok', r.ok, 'bad', r.bad, 'na', r.na) ORDER BY n.sort), '[]'::json)
 FROM assessment_nodes n
 LEFT JOIN mock_results r ON r.street_code = m.street_code AND r.assessment_id = m.assessment_id AND r.indicator = n.code
 WHERE n.street_code = m.street_code AND n.tree_id = m.tree_id)
