SELECT EXISTS (SELECT FROM streets WHERE street_code = @street);
