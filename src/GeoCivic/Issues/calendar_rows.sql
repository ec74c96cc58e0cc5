SELECT year, revision FROM calendar_years;
SELECT day, is_working, name, notice FROM calendar_days;
