-- Notifications on their way to people and programs, and what became of them.

CREATE TABLE deliveries (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at      timestamptz NOT NULL,
    -- alert | summary | webhook | mail | test
    kind            text        NOT NULL,
    -- A word of model.alert's TargetType: an address, or the form in which something is posted to a URL.
    target_type     text        NOT NULL,
    target          text        NOT NULL,
    -- By which targets are told apart: sha256 of type and target.
    target_key      bytea       NOT NULL,
    -- By which what is posted is signed, as it was when this was made.
    secret          text,
    -- A second one with the same key is not added.
    dedup_key       text UNIQUE,
    project_id      bigint,
    issue_id        bigint,
    rule_id         bigint,
    firing_id       bigint,
    webhook_id      bigint,
    -- What is to be said; it becomes the form of its target when it is sent. Not jsonb, which changes the order of keys.
    content         json        NOT NULL,
    -- waiting | delivered | dead | suppressed
    state           text        NOT NULL,
    -- From when on it is tried no more, unless somebody sends it again.
    expires_at      timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    -- While it is being sent: the end of the lease.
    next_attempt_at timestamptz NOT NULL,
    lease_owner     text,
    finished_at     timestamptz,
    -- Of the last attempt: when, the status of the answer and its first kilobyte, what went wrong, and what was sent without secrets.
    attempted_at    timestamptz,
    last_status     integer,
    last_answer     text,
    last_error      text,
    request         text
);
-- A claim leaps from target to target, and takes the oldest of each.
CREATE INDEX deliveries_waiting ON deliveries (target_key, next_attempt_at, id) WHERE state = 'waiting';
CREATE INDEX deliveries_waiting_until ON deliveries (expires_at) WHERE state = 'waiting';
-- Lists go by id, and the rest by what they are filtered by.
CREATE INDEX deliveries_unsent ON deliveries (state, id) WHERE state IN ('waiting', 'dead', 'suppressed');
CREATE INDEX deliveries_dead ON deliveries (target_key, id) WHERE state IN ('dead', 'suppressed');
CREATE INDEX deliveries_project ON deliveries (project_id, id) WHERE project_id IS NOT NULL;
CREATE INDEX deliveries_issue ON deliveries (issue_id, id) WHERE issue_id IS NOT NULL;
CREATE INDEX deliveries_rule ON deliveries (rule_id, id) WHERE rule_id IS NOT NULL;
CREATE INDEX deliveries_firing ON deliveries (firing_id) WHERE firing_id IS NOT NULL;
CREATE INDEX deliveries_webhook ON deliveries (webhook_id, id) WHERE webhook_id IS NOT NULL;
CREATE INDEX deliveries_created ON deliveries (created_at);

-- What all processors know of a target. One that was never sent to has no row.
CREATE TABLE delivery_targets (
    key         bytea PRIMARY KEY,
    -- Nothing is sent before: somebody is sending, or its rate, its own wish or its failures ask for a pause.
    held_until  timestamptz NOT NULL,
    lease_owner text,
    -- Its rate: each message takes a second more from now on, and so many seconds may be taken ahead.
    taken_until timestamptz NOT NULL,
    -- In a row. From some number on there is one try in a while.
    failures    integer     NOT NULL DEFAULT 0,
    -- When it said that there is nobody any more.
    gone_at     timestamptz,
    used_at     timestamptz NOT NULL
);
CREATE INDEX delivery_targets_held ON delivery_targets (held_until);
CREATE INDEX delivery_targets_used ON delivery_targets (used_at);
CREATE INDEX delivery_targets_gone ON delivery_targets (key) WHERE gone_at IS NOT NULL;
