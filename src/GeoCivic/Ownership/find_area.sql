-- The levels at which the street has an area of this code.
SELECT array_agg(level ORDER BY level) FROM areas
WHERE street_code = @street AND code = @area AND level <> 'street' AND (@level::text IS NULL OR level = @level);
