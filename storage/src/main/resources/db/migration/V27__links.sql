-- Where the code of projects is, and the tickets that people keep of issues.

CREATE TABLE project_repositories (
    project_id bigint PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
    -- github | gitlab | gitea | bitbucket
    provider   text        NOT NULL,
    url        text        NOT NULL,
    branch     text        NOT NULL,
    -- Which folder is what frames call otherwise: [{"from", "to"}].
    mappings   jsonb       NOT NULL,
    revision   bigint      NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL,
    -- The e-mail address of who changed it last; outlives the user.
    updated_by text        NOT NULL
);

CREATE TABLE issue_tickets (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issue_id   bigint      NOT NULL,
    project_id bigint      NOT NULL,
    url        text        NOT NULL,
    created_at timestamptz NOT NULL,
    -- Outlives the user, as the name does.
    actor_id   bigint      NOT NULL,
    actor_name text        NOT NULL
);
CREATE INDEX issue_tickets_issue ON issue_tickets (issue_id, id);
CREATE INDEX issue_tickets_project ON issue_tickets (project_id);

ALTER TABLE regrouped_issues
    -- Ids of its issue_tickets.
    ADD COLUMN tickets bigint[] NOT NULL DEFAULT '{}';
