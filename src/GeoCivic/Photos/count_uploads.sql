SELECT count(*) FROM photo_uploads WHERE account_id = @account AND uploaded_at > @since;
