-- how people call what was counted
SELECT (SELECT name FROM issue_categories WHERE code = @category), (SELECT name_en FROM issue_categories WHERE code = @category),
       (SELECT name FROM issue_states WHERE code = @state), (SELECT name_en FROM issue_states WHERE code = @state);
