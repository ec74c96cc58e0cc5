SELECT {{KeyPlaces/feature_key_place.sql}}::text, k.revision
FROM key_places k
{{KeyPlaces/around_key_place.sql}}
WHERE k.key_place_id = @id AND key_place_visible(k.street_code, k.geom, @scope)
