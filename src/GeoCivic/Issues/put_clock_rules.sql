-- replaces the street's rules; answers the categories that are not in the list
WITH given AS (
    SELECT c.category, s.stage, u.unit, a.amount
    FROM unnest(@categories) WITH ORDINALITY c (category, n)
    JOIN unnest(@stages) WITH ORDINALITY s (stage, n) USING (n)
    JOIN unnest(@units) WITH ORDINALITY u (unit, n) USING (n)
    JOIN (SELECT value::int AS amount, ordinality AS n FROM jsonb_array_elements_text(@amounts::jsonb) WITH ORDINALITY) a USING (n)
), gone AS (
    DELETE FROM clock_rules r
    WHERE r.street_code = @street AND NOT EXISTS (SELECT FROM given g WHERE g.category = r.category AND g.stage = r.stage)
), put AS (
    INSERT INTO clock_rules (street_code, category, stage, unit, amount)
    SELECT @street, category, stage, unit, amount FROM given
    ON CONFLICT (street_code, category, stage) DO UPDATE SET unit = excluded.unit, amount = excluded.amount
)
SELECT coalesce(array_agg(DISTINCT g.category), '{}')
FROM given g
WHERE g.category <> '*' AND NOT EXISTS (SELECT FROM issue_categories c WHERE c.code = g.category);
