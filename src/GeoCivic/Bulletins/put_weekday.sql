INSERT INTO bulletin_schedules (street_code, weekday) VALUES (@street, @weekday)
ON CONFLICT (street_code) DO UPDATE SET weekday = excluded.weekday;
