SELECT {{Assessments/mock_head.sql}})::text, {{Assessments/mock_nodes.sql}}::text
FROM mock_assessments m
JOIN assessment_trees t ON t.street_code = m.street_code AND t.tree_id = m.tree_id
WHERE m.street_code = @street
ORDER BY m.held_on DESC, m.made_at DESC, m.assessment_id
LIMIT @limit;
