INSERT INTO visit_comments (street_code, comment_id, visit_id, account_id, text, made_at)
VALUES (@street, @id, @visit, @account, @text, @now);
