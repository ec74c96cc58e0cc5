-- What began today leaves nothing behind: a version of a day is the last one said on it.
DELETE FROM plan_versions WHERE street_code = @street AND plan_id = @id AND valid_from >= @today;
UPDATE plan_versions SET valid_until = @today WHERE street_code = @street AND plan_id = @id AND valid_until > @today;
UPDATE plans SET revision = revision + 1 WHERE street_code = @street AND plan_id = @id;
