SELECT put_duty(ROW(@street, @code, @name, @category, @level, @area, @body, @role, @leader_role, @from, @until, NULL, NULL)::duties, @today);
