-- The letter book: 问题通知函, 部门答复函, 工作提示函. A letter keeps the words with which it went out.

-- The last number given, a row a street, kind and year; locked by whoever takes the next until the end of their transaction,
-- so that a number taken is a letter kept and there is no gap.
CREATE TABLE letter_books (
    street_code text NOT NULL,
    kind text NOT NULL,
    year integer NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_letter_books PRIMARY KEY (street_code, kind, year),
    CONSTRAINT fk_letter_books_street FOREIGN KEY (street_code) REFERENCES streets (street_code),
    CONSTRAINT ck_letter_books_kind CHECK (kind IN ('notice', 'reply', 'reminder')),
    CONSTRAINT ck_letter_books_last CHECK (last > 0)
);

CREATE TABLE letters (
    street_code text NOT NULL,
    letter_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    issue_id uuid NOT NULL,
    task_no integer NOT NULL,
    body_code text NOT NULL,
    -- of a reminder: 1 to the main leader, 2 to the leader above
    level integer,
    -- the deadline the letter speaks of; a reminder is drafted once for a task, level and deadline
    due_at timestamptz,
    year integer,
    seq integer,
    number text,
    to_title text NOT NULL,
    from_title text NOT NULL,
    copy_to text,
    subject text NOT NULL,
    paragraphs text[] NOT NULL,
    -- the table of the issue: what, and its value
    labels text[] NOT NULL,
    entries text[] NOT NULL,
    drafted_at timestamptz NOT NULL,
    drafted_by uuid NOT NULL,
    issued_at timestamptz,
    issued_by uuid,
    voided_at timestamptz,
    voided_by uuid,
    CONSTRAINT pk_letters PRIMARY KEY (street_code, letter_id),
    CONSTRAINT uq_letters_number UNIQUE (street_code, kind, year, seq),
    CONSTRAINT fk_letters_issue FOREIGN KEY (street_code, issue_id) REFERENCES issues (street_code, id),
    CONSTRAINT fk_letters_task FOREIGN KEY (street_code, issue_id, task_no) REFERENCES issue_tasks (street_code, issue_id, task_no),
    CONSTRAINT fk_letters_body FOREIGN KEY (street_code, body_code) REFERENCES bodies (street_code, code),
    CONSTRAINT fk_letters_drafted_by FOREIGN KEY (drafted_by) REFERENCES accounts (account_id),
    CONSTRAINT fk_letters_issued_by FOREIGN KEY (issued_by) REFERENCES accounts (account_id),
    CONSTRAINT fk_letters_voided_by FOREIGN KEY (voided_by) REFERENCES accounts (account_id),
    CONSTRAINT ck_letters_kind CHECK (kind IN ('notice', 'reply', 'reminder')),
    CONSTRAINT ck_letters_state CHECK (state IN ('draft', 'issued', 'void')),
    -- only reminders wait for somebody's word
    CONSTRAINT ck_letters_draft CHECK (kind = 'reminder' OR state = 'issued'),
    CONSTRAINT ck_letters_level CHECK ((kind = 'reminder') = (level IS NOT NULL) AND level IN (1, 2)),
    CONSTRAINT ck_letters_reminder_due CHECK (kind <> 'reminder' OR due_at IS NOT NULL),
    CONSTRAINT ck_letters_number CHECK (
        num_nonnulls(year, seq, number, issued_at, issued_by) IN (0, 5)
        AND (state <> 'draft' OR seq IS NULL) AND (state <> 'issued' OR seq IS NOT NULL)
    ),
    CONSTRAINT ck_letters_void CHECK (
        (state = 'void') = (voided_at IS NOT NULL) AND (voided_at IS NULL) = (voided_by IS NULL)
    ),
    CONSTRAINT ck_letters_table CHECK (cardinality(labels) = cardinality(entries) AND cardinality(paragraphs) > 0)
);
CREATE INDEX ix_letters_task ON letters (street_code, issue_id, task_no);
CREATE INDEX ix_letters_body ON letters (street_code, body_code);
CREATE INDEX ix_letters_drafted_by ON letters (drafted_by);
CREATE INDEX ix_letters_issued_by ON letters (issued_by);
CREATE INDEX ix_letters_voided_by ON letters (voided_by);
CREATE INDEX ix_letters_drafted ON letters (street_code, drafted_at);
-- One reminder for a task, level and deadline, also when it was voided: somebody decided that it does not go out.
CREATE UNIQUE INDEX uq_letters_reminder ON letters (street_code, issue_id, task_no, level, due_at) WHERE kind = 'reminder';

-- Letters are never removed; one that went out keeps its words, and can at most be declared void.
CREATE FUNCTION keep_letters() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'letters are never removed' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.state = 'void' OR (OLD.state = 'issued' AND (NEW.state <> 'void' OR
        to_jsonb(OLD) - '{state,voided_at,voided_by}'::text[] <> to_jsonb(NEW) - '{state,voided_at,voided_by}'::text[])) THEN
        RAISE EXCEPTION 'a letter that went out is not rewritten' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tr_letters_keep BEFORE UPDATE OR DELETE ON letters FOR EACH ROW EXECUTE FUNCTION keep_letters();

-- issue_due as it was recorded by an instant. A limit that was moved later is taken as it was first set; of one that was
-- moved before and after, the last place is known only.
CREATE FUNCTION issue_due_as_of(at timestamptz, of_street text, of_issue uuid, of_state text, of_file_due timestamptz)
RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN of_state IN ('open', 'reported', 'reopened') THEN of_file_due
        WHEN of_state IN ('dispatched', 'extended', 'replied') THEN (
            SELECT min(d.due) FROM (
                -- of each task the reply's limit until it was met, then the rectification's
                SELECT DISTINCT ON (t.task_no)
                       CASE WHEN moved.any_before THEN t.due_at ELSE t.first_due_at END AS due
                FROM task_deadlines t
                CROSS JOIN LATERAL (
                    SELECT EXISTS (
                        SELECT FROM issue_events e
                        WHERE e.street_code = t.street_code AND e.issue_id = t.issue_id AND e.recorded_at <= at
                          AND e.recorded_at > t.started_at
                          AND (e.to_state = 'extended' OR (e.from_state = 'suspended' AND e.to_state = 'dispatched'))
                    ) AS any_before
                ) moved
                WHERE t.street_code = of_street AND t.issue_id = of_issue AND t.started_at <= at
                  AND (t.met_at IS NULL OR t.met_at > at) AND (t.ended_at IS NULL OR t.ended_at > at)
                ORDER BY t.task_no, t.stage = 'rectify'
            ) d)
    END
$$;
