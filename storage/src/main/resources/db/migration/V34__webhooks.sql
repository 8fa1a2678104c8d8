-- Programs that are told what happens, alerts that other trackers send here, and of what people want to be told themselves.

CREATE TABLE webhooks (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- Null: of all projects.
    project_id bigint REFERENCES projects ON DELETE CASCADE,
    url        text        NOT NULL,
    -- lean | sentry | plugin
    form       text        NOT NULL,
    secret     text        NOT NULL,
    events     text[]      NOT NULL,
    enabled    boolean     NOT NULL DEFAULT true,
    created_by text        NOT NULL,
    -- Of what happened before, it is told nothing.
    created_at timestamptz NOT NULL
);
CREATE INDEX webhooks_project ON webhooks (project_id);

CREATE TABLE alert_sources (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text        NOT NULL,
    -- To whose alerts they are added; null: of all projects.
    project_id bigint REFERENCES projects ON DELETE CASCADE,
    secret     text        NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX alert_sources_project ON alert_sources (project_id);

CREATE TABLE received_alerts (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source_id   bigint      NOT NULL REFERENCES alert_sources ON DELETE CASCADE,
    -- The sender's: what it sends again is kept once.
    request_id  text        NOT NULL,
    received_at timestamptz NOT NULL,
    resource    text        NOT NULL,
    action      text        NOT NULL,
    title       text        NOT NULL,
    url         text,
    -- As it was sent.
    body        json        NOT NULL,
    UNIQUE (source_id, request_id)
);
CREATE INDEX received_alerts_source ON received_alerts (source_id, id);
CREATE INDEX received_alerts_received ON received_alerts (received_at);

-- What differs from what everybody is told.
CREATE TABLE notification_settings (
    user_id bigint  NOT NULL REFERENCES users ON DELETE CASCADE,
    kind    text    NOT NULL,
    enabled boolean NOT NULL,
    PRIMARY KEY (user_id, kind)
);
