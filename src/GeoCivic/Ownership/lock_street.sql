-- One change of a street at a time, imports among them.
SELECT name FROM streets WHERE street_code = @street FOR NO KEY UPDATE;
