INSERT INTO key_place_events (street_code, key_place_id, revision, act, account_id, made_at, place)
SELECT k.street_code, k.key_place_id, k.revision, @act, @account, @now,
       jsonb_build_object('name', k.name, 'category', k.category, 'watch_days', k.watch_days, 'note', k.note,
                          'geometry', ST_AsGeoJSON(k.geom, 7)::jsonb)
FROM key_places k
WHERE k.street_code = @street AND k.key_place_id = @id
