UPDATE issues SET revision = revision + 1, updated_at = @now WHERE street_code = @street AND id = @issue;
