-- What becomes of dead letters: where they failed, retries and their history, discards; and letters of single items.

ALTER TABLE dead_letters
    -- decode | split | item | project | store
    ADD COLUMN stage         text,
    -- Of our own code, if it failed; cut.
    ADD COLUMN exception     text,
    -- Of an item that failed inside an envelope that is stored, to which the row refers; null for a whole record.
    ADD COLUMN item_position integer,
    -- open | retrying | resolved | discarded
    ADD COLUMN state         text    NOT NULL DEFAULT 'open',
    -- Of retrying: the job that does it.
    ADD COLUMN retry_job     bigint,
    ADD COLUMN attempts      integer NOT NULL DEFAULT 0,
    -- Of resolved: stored | duplicate | dropped. Of discarded: because of what.
    ADD COLUMN resolution    text,
    ADD COLUMN resolved_by   text,
    ADD COLUMN resolved_at   timestamptz;

UPDATE dead_letters
SET stage = CASE
                WHEN reason IN ('invalid_record', 'invalid_encoding', 'too_large') THEN 'decode'
                WHEN reason IN ('unknown_project', 'project_deleted') THEN 'project'
                WHEN reason = 'refused_by_database' THEN 'store'
                ELSE 'split'
    END;
ALTER TABLE dead_letters
    ALTER COLUMN stage SET NOT NULL,
    ADD CHECK ((state = 'retrying') = (retry_job IS NOT NULL));

-- The key gets the position of the item; the old one has the name that PostgreSQL gave it.
DO
$$
DECLARE
    old_key text;
BEGIN
    SELECT conname INTO STRICT old_key FROM pg_constraint WHERE conrelid = 'dead_letters'::regclass AND contype = 'u';
    EXECUTE format('ALTER TABLE dead_letters DROP CONSTRAINT %I', old_key);
END
$$;
ALTER TABLE dead_letters
    ADD CONSTRAINT dead_letters_place
        UNIQUE NULLS NOT DISTINCT (source_topic, source_partition, source_offset, envelope_id, item_position);

DROP INDEX dead_letters_project;
DROP INDEX dead_letters_reason;
CREATE INDEX dead_letters_project ON dead_letters (project_id, id);
CREATE INDEX dead_letters_reason ON dead_letters (reason, id);
CREATE INDEX dead_letters_state ON dead_letters (state, id);
CREATE INDEX dead_letters_cause ON dead_letters (reason, stage, project_id, id) WHERE state IN ('open', 'retrying');
CREATE INDEX dead_letters_retry ON dead_letters (retry_job, id) WHERE retry_job IS NOT NULL;

-- Each failure of a letter that was retried, the first one too, and how it ended.
CREATE TABLE dead_letter_attempts (
    letter_id bigint      NOT NULL REFERENCES dead_letters ON DELETE CASCADE,
    -- 0 is the failure that made the letter.
    number    integer     NOT NULL,
    at        timestamptz NOT NULL,
    by_name   text        NOT NULL,
    job_id    bigint,
    -- dead | stored | duplicate | dropped | discarded
    result    text        NOT NULL,
    reason    text,
    stage     text,
    cause     text,
    exception text,
    PRIMARY KEY (letter_id, number)
);
CREATE INDEX dead_letter_attempts_job ON dead_letter_attempts (job_id) WHERE job_id IS NOT NULL;
