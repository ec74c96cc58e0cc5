SELECT code FROM areas
WHERE street_code = @street AND level = 'grid' AND left(code, 12) = @community AND length(code) = 15;
