-- What was raised over a covert finding stays hidden as long as the finding; another's issue is not named.
SELECT a.*, i.id AS shown_issue, i.code AS issue_code
FROM veto_alarms a
LEFT JOIN issues f ON f.street_code = a.street_code AND f.id = a.issue_id
LEFT JOIN issues i ON i.street_code = a.street_code AND i.id = a.issue_id
    AND issue_visible(i.street_code, i.community_code, i.grid_code, i.embargoed, @scope, @covert_scope)
WHERE (f.id IS NULL OR NOT f.embargoed OR i.id IS NOT NULL)
