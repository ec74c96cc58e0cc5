DELETE FROM bulletins WHERE street_code = @street AND bulletin_id = @id;
