json_build_object(
    'id', l.letter_id, 'kind', l.kind, 'number', l.number, 'state', l.state, 'street', l.street_code,
    'issue', l.issue_id, 'issue_code', r.code, 'task_no', l.task_no, 'body', l.body_code, 'body_name', b.name,
    'level', l.level, 'to_title', l.to_title, 'subject', l.subject,
    'drafted_at', beijing_text(l.drafted_at), 'issued_at', beijing_text(l.issued_at), 'voided_at', beijing_text(l.voided_at))
