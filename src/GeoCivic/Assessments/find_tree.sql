SELECT tree_id FROM assessment_trees WHERE street_code = @street AND (@tree::uuid IS NULL OR tree_id = @tree) ORDER BY version DESC LIMIT 1;
