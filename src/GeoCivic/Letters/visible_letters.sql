FROM letters l
JOIN issues r ON r.street_code = l.street_code AND r.id = l.issue_id
JOIN bodies b ON b.street_code = l.street_code AND b.code = l.body_code
WHERE issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
  -- what waits for a word is seen by those who can give it, and by auditors
  AND (l.state <> 'draft' OR in_scope(r.street_code, r.community_code, r.grid_code, @covert_scope))
