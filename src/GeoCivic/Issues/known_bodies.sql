SELECT coalesce(array_agg(code), '{}') FROM bodies WHERE street_code = @street AND code = ANY (@bodies);
