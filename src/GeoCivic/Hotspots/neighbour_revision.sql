-- what neighbourhoods are made of: the boundaries in force, and the rivers of the map's base
SELECT concat_ws(' ', s.street_code, s.areas_revision, (
    SELECT concat(count(*), ' ', max(b.updated_at)) FROM base_features b WHERE b.street_code = s.street_code AND b.kind = 'river'))
FROM streets s
WHERE s.street_code = ANY (@streets)
ORDER BY s.street_code COLLATE "C";
