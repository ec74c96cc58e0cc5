INSERT INTO imports (street_code, import_id, dataset, file_name, rows_read, rows_added, rows_changed, rows_unchanged, rows_refused)
SELECT @street, @id, @dataset, @file, @read, @added, @changed, @unchanged, @refused
WHERE EXISTS (SELECT FROM streets WHERE street_code = @street);
