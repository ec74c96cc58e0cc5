INSERT INTO visits (street_code, id, point_code, account_id, started_at, received_at, visited_at, shift,
                    checklist_street, checklist_code, checklist_version, result, note, covert)
VALUES (@street, @id, @point, @account, @started_at, @now, @visited_at, @shift,
        @checklist_street, @checklist, @version, @result, @note, @covert);
