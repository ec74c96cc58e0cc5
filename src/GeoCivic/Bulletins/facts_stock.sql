-- What was open at the instant @now by what was recorded until then, and whether the limit that ran was over.
{{Letters/issues_as_of.sql}}
SELECT i.id, d.due_at, coalesce(d.due_at <= @now, false) AS overdue
FROM issues i
CROSS JOIN LATERAL (SELECT issue_due_as_of(@now, i.street_code, i.id, i.state, i.file_due_at) AS due_at) d
WHERE i.street_code = @street AND i.is_open AND NOT i.embargoed
  AND i.found_at < @now;
