INSERT INTO calendar_years AS y (year, notice, origin, updated_at)
VALUES (@year, @notice, 'admin', @now)
ON CONFLICT (year) DO UPDATE SET notice = excluded.notice, origin = 'admin', revision = y.revision + 1, updated_at = excluded.updated_at;
DELETE FROM calendar_days WHERE year = @year;
INSERT INTO calendar_days (day, is_working, name, notice)
SELECT d."Date", d."IsWorking", d."Name", @notice
FROM jsonb_to_recordset(@days::jsonb) d ("Date" date, "IsWorking" boolean, "Name" text);
