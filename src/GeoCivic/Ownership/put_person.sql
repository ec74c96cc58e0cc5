SELECT put_person(ROW(@street, @code, @name, @role, @level, @area, @building, @unit, @from, @until, NULL, NULL)::people, @today);
