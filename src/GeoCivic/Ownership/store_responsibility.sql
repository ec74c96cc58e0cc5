-- The same file again is the table that is there; nothing is added, and its id is answered.
WITH stored AS (
    INSERT INTO responsibility_tables (street_code, table_id, file_name, sha256, sheet, title, imported_by, notes)
    VALUES (@street, @id, @file, sha256(@content), @sheet, @title, @account, @notes)
    ON CONFLICT (street_code, sha256) DO NOTHING
    RETURNING table_id
), kept AS (
    INSERT INTO responsibility_rows (
        street_code, table_id, sheet_row, outer_code, outer_normalised, outer_name, inner_code, inner_normalised, inner_name,
        item, item_number, requirement, methods, lead, cooperating)
    SELECT @street, s.table_id, r.sheet_row, r.outer_code, r.outer_normalised, r.outer_name, r.inner_code, r.inner_normalised,
           r.inner_name, r.item, r.item_number, r.requirement, r.methods, r.lead, r.cooperating
    FROM stored s
    CROSS JOIN jsonb_to_recordset(@rows) AS r (
        sheet_row int, outer_code text, outer_normalised text, outer_name text, inner_code text, inner_normalised text,
        inner_name text, item text, item_number int, requirement text, methods text[], lead text[], cooperating text[])
), found AS (
    INSERT INTO responsibility_findings (street_code, table_id, finding_no, rule, severity, sheet_rows, value, zh, en)
    SELECT @street, s.table_id, f.finding_no, f.rule, f.severity, f.sheet_rows, f.value, f.zh, f.en
    FROM stored s
    CROSS JOIN jsonb_to_recordset(@findings) AS f (
        finding_no int, rule text, severity text, sheet_rows int[], value text, zh text, en text)
)
SELECT table_id, true FROM stored
UNION ALL
SELECT t.table_id, false FROM responsibility_tables t
WHERE t.street_code = @street AND t.sha256 = sha256(@content) AND NOT EXISTS (SELECT FROM stored);
