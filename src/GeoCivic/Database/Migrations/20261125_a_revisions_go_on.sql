-- A code that comes back after its record was deleted goes on counting where the old one stopped: whoever read the old
-- one and still holds its revision must not change or delete the new one by it. A deletion leaves its last revision in
-- perimeter_history.
CREATE FUNCTION go_on_counting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.revision := 1 + coalesce(
        (SELECT max(h.revision) FROM perimeter_history h
         WHERE h.street_code = NEW.street_code AND h.subject = TG_TABLE_NAME AND h.code = NEW.code), 0);
    RETURN NEW;
END $$;
CREATE TRIGGER tr_schools_revision_first BEFORE INSERT ON schools FOR EACH ROW EXECUTE FUNCTION go_on_counting();
CREATE TRIGGER tr_gates_revision_first BEFORE INSERT ON gates FOR EACH ROW EXECUTE FUNCTION go_on_counting();
CREATE TRIGGER tr_venues_revision_first BEFORE INSERT ON venues FOR EACH ROW EXECUTE FUNCTION go_on_counting();
