INSERT INTO mock_assessments (street_code, assessment_id, tree_id, name, held_on, note, made_by, made_at)
VALUES (@street, @id, @tree, @name, @held_on, @note, @account, @now);
INSERT INTO mock_scores (street_code, assessment_id, indicator, tree_id, score, note)
SELECT @street, @id, g.indicator, @tree, g.score, g.note FROM ({{Assessments/given_results.sql}}) g WHERE g.score IS NOT NULL;
INSERT INTO mock_observations (street_code, assessment_id, indicator, point_code, tree_id, outcome, note)
SELECT @street, @id, g.indicator, g.point, @tree, g.outcome, g.note FROM ({{Assessments/given_results.sql}}) g WHERE g.outcome <> '';
-- A veto indicator that was not met turns the board red.
INSERT INTO veto_indicators AS v (street_code, indicator_id, code, name, basis, origin, made_by, made_at)
SELECT @street, gen_random_uuid(), n.code, n.name, coalesce(n.basis, t.title), 'tree', @account, @now
FROM mock_results r
JOIN assessment_trees t ON t.street_code = @street AND t.tree_id = @tree
JOIN assessment_nodes n ON n.street_code = @street AND n.tree_id = @tree AND n.code = r.indicator AND n.veto
WHERE r.street_code = @street AND r.assessment_id = @id AND r.score < 100
ON CONFLICT (street_code, code) DO UPDATE SET retired = false, revision = v.revision + 1 WHERE v.retired;
INSERT INTO veto_alarms (street_code, alarm_id, indicator_id, reason, assessment_id, raised_by, raised_at)
SELECT @street, gen_random_uuid(), v.indicator_id,
       left('模拟测评“' || @name || '”（' || @held_on::text || '）不合格' || coalesce('：' || nullif(r.bad, 0) || ' 处点位', ''), 2000),
       @id, @account, @now
FROM mock_results r
JOIN assessment_nodes n ON n.street_code = @street AND n.tree_id = @tree AND n.code = r.indicator AND n.veto
JOIN veto_indicators v ON v.street_code = @street AND v.code = n.code
WHERE r.street_code = @street AND r.assessment_id = @id AND r.score < 100;
