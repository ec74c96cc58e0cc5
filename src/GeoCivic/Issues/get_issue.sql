SELECT {{feature}}::text
{{from}}WHERE i.id = @id;
