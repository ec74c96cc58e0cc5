SELECT {{feature}}::text FROM issues i WHERE i.id = @id;
