SELECT k.street_code, k.geom, k.revision, k.retired_at IS NOT NULL
FROM key_places k
WHERE k.key_place_id = @id AND key_place_visible(k.street_code, k.geom, @scope)
FOR UPDATE
