-- Alert rules, whom they tell, and when they fired.

CREATE TABLE alert_rules (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    enabled    boolean     NOT NULL DEFAULT true,
    -- Conditions, filters and interval, as model.alert's AlertRuleJson writes them.
    definition jsonb       NOT NULL,
    -- Counts its changes.
    revision   bigint      NOT NULL DEFAULT 1,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX alert_rules_project ON alert_rules (project_id, id);

CREATE TABLE alert_targets (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule_id bigint NOT NULL REFERENCES alert_rules ON DELETE CASCADE,
    -- A word of model.alert's TargetType.
    type    text   NOT NULL,
    value   text   NOT NULL,
    subject text,
    body    text,
    secret  text
);
CREATE INDEX alert_targets_rule ON alert_targets (rule_id, id);

-- Who is not told for a while. Rule 0 is all rules, issue 0 all issues, user 0 everybody; a row is of one project.
CREATE TABLE alert_snoozes (
    project_id bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    rule_id    bigint      NOT NULL,
    issue_id   bigint      NOT NULL,
    user_id    bigint      NOT NULL,
    -- Infinity: until somebody ends it.
    until      timestamptz NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (project_id, rule_id, issue_id, user_id)
);
CREATE INDEX alert_snoozes_until ON alert_snoozes (until);

-- When a rule last fired for an issue (0: for the project): the row decides that it fires once in its interval.
CREATE TABLE alert_cooldowns (
    rule_id       bigint      NOT NULL REFERENCES alert_rules ON DELETE CASCADE,
    issue_id      bigint      NOT NULL,
    last_fired_at timestamptz NOT NULL,
    PRIMARY KEY (rule_id, issue_id)
);
CREATE INDEX alert_cooldowns_issue ON alert_cooldowns (issue_id);

CREATE TABLE alert_firings (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL REFERENCES projects ON DELETE CASCADE,
    -- Rules and issues go; that they fired stays, with their names as they were.
    rule_id    bigint      NOT NULL,
    rule_name  text        NOT NULL,
    -- 0: the project.
    issue_id   bigint      NOT NULL,
    title      text        NOT NULL,
    event_id   uuid,
    -- What was told on topic events, which may be told again.
    record_id  uuid,
    fired_at   timestamptz NOT NULL,
    -- Why, in words, and in numbers.
    reason     text        NOT NULL,
    observed   jsonb       NOT NULL,
    -- Nobody was told by itself: too many new issues at once, which became one message.
    summarised boolean     NOT NULL DEFAULT false
);
CREATE INDEX alert_firings_newest ON alert_firings (fired_at DESC, id DESC);
CREATE INDEX alert_firings_project ON alert_firings (project_id, fired_at DESC, id DESC);
CREATE INDEX alert_firings_rule ON alert_firings (rule_id, fired_at DESC, id DESC);
CREATE INDEX alert_firings_issue ON alert_firings (issue_id, fired_at DESC, id DESC);
CREATE UNIQUE INDEX alert_firings_record ON alert_firings (rule_id, record_id);
-- What came together and is told together.
CREATE INDEX alert_firings_summarised ON alert_firings (project_id, fired_at, id) WHERE summarised;

-- How many new issues rules of a project have fired for since the first of them, within five minutes.
CREATE TABLE alert_storms (
    project_id bigint PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    began_at   timestamptz NOT NULL,
    firings    integer     NOT NULL
);

CREATE INDEX alert_cooldowns_fired ON alert_cooldowns (last_fired_at);
CREATE INDEX alert_snoozes_issue ON alert_snoozes (issue_id) WHERE issue_id > 0;

-- What became of issues, for what a rule would have done.
CREATE INDEX issue_activities_changes ON issue_activities (project_id, at) WHERE kind IN ('regression', 'unignored', 'escalating');
