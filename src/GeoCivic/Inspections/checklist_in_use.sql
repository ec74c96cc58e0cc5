SELECT EXISTS (SELECT FROM visits v
               WHERE v.checklist_street = @street AND v.checklist_code = @code AND v.checklist_version = @version);
