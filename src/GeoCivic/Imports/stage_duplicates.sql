-- A code may stand once in a file: the first line keeps it. Hashing the codes is cheaper than sorting all rows.
INSERT INTO refused (line, field, reason, value)
SELECT r.line, 'code', format('the code stands on line %s already; a code may appear once in a file', r.first_line), r.code
FROM (
    SELECT s.line, s.code, min(s.line) OVER (PARTITION BY s.code) AS first_line
    FROM stage s
    JOIN (SELECT code FROM stage GROUP BY code HAVING count(*) > 1) twice USING (code)
) r
WHERE r.line <> r.first_line;
