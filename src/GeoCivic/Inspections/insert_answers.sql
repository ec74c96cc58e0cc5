INSERT INTO visit_answers (street_code, visit_id, item, answer, note)
SELECT @street, @id, a.item, a.answer, nullif(a.note, '')
FROM unnest(@items, @answers, @notes) AS a (item, answer, note);
