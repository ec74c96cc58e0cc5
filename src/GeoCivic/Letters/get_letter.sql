SELECT l.street_code, l.kind, l.state, l.number, l.to_title, l.from_title, l.copy_to, l.subject, l.paragraphs, l.labels, l.entries,
       coalesce(l.issued_at, l.drafted_at) AS dated, r.community_code, r.grid_code,
       {{Letters/feature_letter.sql}}::text AS summary
{{Letters/visible_letters.sql}}
  AND l.letter_id = @id;
