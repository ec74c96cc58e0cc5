-- The latest version holds from today; those before end.
UPDATE checklists SET valid_until = @day
WHERE street_code = @street AND code = @code AND version <> @version AND valid_until > @day AND valid_from <= @day;
DELETE FROM checklists c WHERE c.street_code = @street AND c.code = @code AND c.version = @version;
INSERT INTO checklists (street_code, code, version, name, name_en, point_type, shift, valid_from)
VALUES (@street, @code, @version, @name, @name_en, @type, @shift, @day);
INSERT INTO checklist_items (street_code, code, version, item, sort, text, text_en, category)
SELECT @street, @code, @version, i.item, i.sort, i.text, nullif(i.text_en, ''), nullif(i.category, '')
FROM unnest(@items, @texts, @texts_en, @categories) WITH ORDINALITY AS i (item, text, text_en, category, sort);
