(@street::text IS NULL OR i.street_code = @street)
  AND (@from::timestamptz IS NULL OR i.found_at >= @from) AND (@before::timestamptz IS NULL OR i.found_at < @before)
  AND (@category::text IS NULL OR i.category = @category)
  AND (@shift::text IS NULL OR shift_at(i.found_at) = @shift)
