b.street_code, b.bulletin_id, b.kind, b.due_on, b.period_from, b.period_to, b.previous_from, coalesce(b.street_name, s.name),
       b.number, b.replaces, o.number, n.bulletin_id, n.number, b.note, b.made_at, b.issued_at, b.issuer, b.formula_street,
       b.formula_version
FROM bulletins b
JOIN streets s ON s.street_code = b.street_code
LEFT JOIN bulletins o ON o.street_code = b.street_code AND o.bulletin_id = b.replaces
LEFT JOIN bulletins n ON n.street_code = b.street_code AND n.replaces = b.bulletin_id AND n.status = 'issued'
