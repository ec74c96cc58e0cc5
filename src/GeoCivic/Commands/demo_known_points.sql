-- The points of the community were there before the demo's plans; the grid and its community.
WITH place AS (
    SELECT code AS grid, parent_code AS community FROM area_versions
    WHERE street_code = @street AND level = 'grid' AND code = @grid AND valid_until = 'infinity'
), known AS (
    UPDATE points p SET added_at = @since
    FROM place WHERE p.street_code = @street AND p.community_code = place.community AND p.added_at > @since
)
SELECT grid, community FROM place;
