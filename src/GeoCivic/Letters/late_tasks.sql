-- tasks of a street that miss their deadline at an instant, with the reminders about that deadline
SELECT t.issue_id, r.code, t.task_no, t.body_code, b.name, t.due_at, r.community_code, r.grid_code, st.name,
       first.letter_id IS NOT NULL, CASE WHEN first.state = 'issued' THEN first.issued_at END, second.letter_id IS NOT NULL
FROM issue_tasks t
JOIN issues r ON r.street_code = t.street_code AND r.id = t.issue_id
JOIN streets st ON st.street_code = t.street_code
JOIN bodies b ON b.street_code = t.street_code AND b.code = t.body_code
LEFT JOIN letters first ON first.street_code = t.street_code AND first.issue_id = t.issue_id AND first.task_no = t.task_no
    AND first.kind = 'reminder' AND first.level = 1 AND first.due_at = t.due_at
LEFT JOIN letters second ON second.street_code = t.street_code AND second.issue_id = t.issue_id AND second.task_no = t.task_no
    AND second.kind = 'reminder' AND second.level = 2 AND second.due_at = t.due_at
WHERE t.street_code = @street AND t.state IN ('open', 'replied') AND t.due_at <= @now AND r.is_open
  AND issue_visible(r.street_code, r.community_code, r.grid_code, r.embargoed, @scope, @covert_scope)
  AND in_scope(r.street_code, r.community_code, r.grid_code, @covert_scope)
ORDER BY t.due_at, r.code, t.task_no;
