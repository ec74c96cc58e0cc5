-- Results that are about nothing: position, member, reason.
WITH given AS (
    {{Assessments/given_results.sql}}
)
SELECT (g.i - 1)::integer, 'indicator', CASE WHEN n.code IS NULL THEN 'is no row of the tree' ELSE 'has rows below it; its score follows from theirs' END
FROM given g
LEFT JOIN assessment_nodes n ON n.street_code = @street AND n.tree_id = @tree AND n.code = g.indicator
WHERE n.code IS NULL OR EXISTS (
    SELECT FROM assessment_nodes c WHERE c.street_code = @street AND c.tree_id = @tree AND c.parent_code = n.code)
UNION ALL
SELECT (g.i - 1)::integer, 'score', 'of a veto indicator is 0 or 100: it is met or not'
FROM given g
JOIN assessment_nodes n ON n.street_code = @street AND n.tree_id = @tree AND n.code = g.indicator AND n.veto
WHERE g.score NOT IN (0, 100)
UNION ALL
SELECT (g.i - 1)::integer, 'point', 'is no point of the street'
FROM given g
WHERE g.point <> '' AND NOT EXISTS (SELECT FROM points r WHERE r.street_code = @street AND r.code = g.point)
ORDER BY 1;
