-- The one that was answered, as the device names it; without a name the one that applies.
SELECT c.street_code, c.code, c.version,
       ARRAY(SELECT i.item FROM checklist_items i
             WHERE i.street_code = c.street_code AND i.code = c.code AND i.version = c.version ORDER BY i.sort)
FROM checklists c
WHERE @code::text IS NOT NULL AND c.street_code IN ('*', @street) AND c.code = @code AND c.point_type = @type
  AND (@version::text IS NULL OR c.version = @version)
UNION ALL
SELECT c.street_code, c.code, c.version,
       ARRAY(SELECT i.item FROM checklist_items i
             WHERE i.street_code = c.street_code AND i.code = c.code AND i.version = c.version ORDER BY i.sort)
FROM checklist_for(@street, @type, @shift, @day) c
WHERE @code::text IS NULL
ORDER BY 1 DESC, 3 DESC
LIMIT 1;
