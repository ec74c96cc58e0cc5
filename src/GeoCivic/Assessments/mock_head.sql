json_build_object(
    'id', m.assessment_id, 'street', m.street_code, 'name', m.name, 'held_on', m.held_on, 'note', m.note,
    'tree', m.tree_id, 'tree_version', t.version, 'tree_title', t.title,
    'made_by', (SELECT a.display_name FROM accounts a WHERE a.account_id = m.made_by), 'made_at', beijing_text(m.made_at),
    'indicators', (SELECT count(*) FROM mock_results r WHERE r.street_code = m.street_code AND r.assessment_id = m.assessment_id AND r.score IS NOT NULL),
    'observations', (SELECT count(*) FROM mock_observations o WHERE o.street_code = m.street_code AND o.assessment_id = m.assessment_id),
    'bad', (SELECT count(*) FROM mock_observations o WHERE o.street_code = m.street_code AND o.assessment_id = m.assessment_id AND o.outcome = 'bad')
