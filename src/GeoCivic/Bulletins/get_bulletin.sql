-- who may see drafts is asked afterwards
SELECT {{Bulletins/bulletin_columns.sql}}
WHERE b.bulletin_id = @id AND in_scope(b.street_code, NULL, NULL, @scope);
