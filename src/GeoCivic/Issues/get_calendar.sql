-- known years, the days of one, and years that are needed and missing
SELECT json_build_object(
    'year', @year,
    'known', EXISTS (SELECT FROM calendar_years WHERE year = @year),
    'notice', (SELECT notice FROM calendar_years WHERE year = @year),
    'revision', (SELECT revision FROM calendar_years WHERE year = @year),
    'days', coalesce((
        SELECT json_agg(json_build_object('date', day, 'is_working', is_working, 'name', name, 'notice', notice) ORDER BY day)
        FROM calendar_days WHERE year = @year), '[]'::json),
    'years', coalesce((
        SELECT json_agg(json_build_object('year', year, 'notice', notice, 'revision', revision, 'origin', origin) ORDER BY year)
        FROM calendar_years), '[]'::json),
    'missing', ARRAY(
        SELECT n FROM generate_series(@this_year, @last_needed) n
        WHERE NOT EXISTS (SELECT FROM calendar_years y WHERE y.year = n) ORDER BY n)
)::text;
