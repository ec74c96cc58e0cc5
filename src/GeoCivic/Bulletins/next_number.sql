-- the row stays locked until the transaction ends, so that the next one waits for this number to be kept or given back
INSERT INTO bulletin_books AS b (street_code, kind, year, last)
VALUES (@street, @kind, @year, 1)
ON CONFLICT (street_code, kind, year) DO UPDATE SET last = b.last + 1
RETURNING b.last;
