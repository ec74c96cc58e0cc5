-- The duty list before ends today; what began today leaves nothing behind.
DELETE FROM visit_rules WHERE street_code = @street AND valid_from >= @day;
UPDATE visit_rules SET valid_until = @day WHERE street_code = @street AND valid_until > @day;
INSERT INTO visit_rules (street_code, point_type, shift, every_days, note, valid_from)
SELECT @street, r.type, r.shift, r.days::integer, nullif(r.note, ''), @day
FROM unnest(@types, @shifts, @days, @notes) AS r (type, shift, days, note);
