UPDATE key_places k
SET name = coalesce(@name, k.name),
    category = CASE WHEN 'category' = ANY (@clear) THEN NULL ELSE coalesce(@category, k.category) END,
    geom = coalesce(@geom, k.geom),
    watch_days = CASE WHEN 'watch_days' = ANY (@clear) THEN NULL ELSE coalesce(@watch_days, k.watch_days) END,
    note = CASE WHEN 'note' = ANY (@clear) THEN NULL ELSE coalesce(@note, k.note) END,
    retired_at = CASE WHEN @retire THEN @now ELSE k.retired_at END,
    updated_at = @now, revision = k.revision + 1
WHERE k.street_code = @street AND k.key_place_id = @id
