-- the bodies of the dispatch that runs: the lead first, then those that have not answered
SELECT t.task_no, t.body_code, b.name, t.role = 'lead'
FROM issues r
JOIN issue_tasks t ON t.street_code = r.street_code AND t.issue_id = r.id AND t.task_no >= r.lead_task_no
JOIN bodies b ON b.street_code = t.street_code AND b.code = t.body_code
WHERE r.street_code = @street AND r.id = @issue AND (t.role = 'lead' OR t.state = 'open')
ORDER BY t.task_no;
