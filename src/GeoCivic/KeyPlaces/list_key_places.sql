SELECT {{KeyPlaces/feature_key_place.sql}}::text
FROM key_places k
{{KeyPlaces/around_key_place.sql}}
WHERE (@street::text IS NULL OR k.street_code = @street) AND k.retired_at IS NULL AND key_place_visible(k.street_code, k.geom, @scope)
ORDER BY k.name, k.key_place_id
