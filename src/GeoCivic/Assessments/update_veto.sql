UPDATE veto_indicators
SET name = coalesce(@name, name), basis = coalesce(@basis, basis), retired = coalesce(@retired, retired), revision = revision + 1
WHERE street_code = @street AND indicator_id = @id;
