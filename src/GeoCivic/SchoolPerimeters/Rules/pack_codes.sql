SELECT ARRAY(SELECT code FROM venue_categories), ARRAY(SELECT code FROM issue_categories);
