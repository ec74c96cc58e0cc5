-- a reminder that is there already is left as it is
INSERT INTO letters (
    street_code, letter_id, kind, state, issue_id, task_no, body_code, level, due_at, year, seq, number, to_title, from_title,
    copy_to, subject, paragraphs, labels, entries, drafted_at, drafted_by, issued_at, issued_by)
VALUES (
    @street, @id, @kind, CASE WHEN @seq::int IS NULL THEN 'draft' ELSE 'issued' END, @issue, @task, @body, @level, @due_at,
    @year, @seq, @number, @to_title, @from_title, @copy_to, @subject, @paragraphs, @labels, @entries, @drafted_at, @account,
    CASE WHEN @seq::int IS NOT NULL THEN @drafted_at END, CASE WHEN @seq::int IS NOT NULL THEN @account END)
ON CONFLICT (street_code, issue_id, task_no, level, due_at) WHERE kind = 'reminder' DO NOTHING;
