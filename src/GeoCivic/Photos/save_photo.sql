WITH photo AS (
    -- The same picture again: a fresh time keeps the sweep away until it is attached.
    INSERT INTO photos (sha256, media_type, width, height, bytes, orientation, received_sha256,
                        taken_at, taken_offset_assumed, uploaded_by, uploaded_at)
    VALUES (@sha256, @media_type, @width, @height, @bytes, @orientation, @received_sha256,
            @taken_at, @taken_offset_assumed, @account, @now)
    ON CONFLICT (sha256) DO UPDATE SET uploaded_at = excluded.uploaded_at
), place AS (
    INSERT INTO photo_places (sha256, geom)
    SELECT @sha256, @place WHERE @place::geometry IS NOT NULL
    ON CONFLICT (sha256) DO NOTHING
)
INSERT INTO photo_uploads (sha256, account_id, uploaded_at) VALUES (@sha256, @account, @now)
ON CONFLICT (sha256, account_id) DO UPDATE SET uploaded_at = excluded.uploaded_at;
