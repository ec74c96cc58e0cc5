SELECT unit, amount FROM clock_rule(@street, @category, @stage);
