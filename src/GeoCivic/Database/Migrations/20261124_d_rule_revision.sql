-- How often the rule packs have changed, whoever changed them: what was read of them is read anew when this has grown.
-- Writers of packs take turns anyway (put_rule_pack), so that one row holds nobody up.
CREATE TABLE rule_revision (
    only_row boolean NOT NULL DEFAULT true,
    revision bigint NOT NULL,
    CONSTRAINT pk_rule_revision PRIMARY KEY (only_row),
    CONSTRAINT ck_rule_revision_only_row CHECK (only_row)
);
INSERT INTO rule_revision (revision) VALUES (1);

CREATE FUNCTION bump_rule_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rule_revision SET revision = revision + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER tr_rule_packs_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON rule_packs
    FOR EACH STATEMENT EXECUTE FUNCTION bump_rule_revision();
CREATE TRIGGER tr_perimeter_rules_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON perimeter_rules
    FOR EACH STATEMENT EXECUTE FUNCTION bump_rule_revision();
