INSERT INTO key_places (street_code, key_place_id, name, category, geom, watch_days, note, cluster, created_by, created_at, updated_at)
VALUES (@street, @id, @name, @category, @geom, @watch_days, @note, @cluster::jsonb, @account, @now, @now)
