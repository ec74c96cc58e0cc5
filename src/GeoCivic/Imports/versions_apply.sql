-- Entered one by one, earlier starts first, so that each sees the version before it.
CREATE TEMP TABLE outcomes ON COMMIT DROP AS
SELECT s.line, s.code, {{put}}(ROW(
           @street, s.code, {{values}}, s.valid_from, s.valid_to + 1, NULL, NULL)::{{table}}, @today) AS outcome
FROM stage s
LEFT JOIN {{latest}} o ON o.street_code = @street AND o.code = s.code
ORDER BY s.valid_from NULLS FIRST, s.line;

INSERT INTO refused (line, field, reason, value)
SELECT line, 'from', outcome, code FROM outcomes WHERE outcome NOT IN ('added', 'changed', 'unchanged');
