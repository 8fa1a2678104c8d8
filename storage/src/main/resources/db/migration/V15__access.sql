-- Who may do what.

ALTER TABLE users
    ADD COLUMN name                 text        NOT NULL DEFAULT '',
    -- owner | admin | member | viewer. The default is for those of before and of the release before, who were all administrators.
    ADD COLUMN role                 text        NOT NULL DEFAULT 'owner',
    -- One who is not logs in no more; what they did stays theirs.
    ADD COLUMN active               boolean     NOT NULL DEFAULT true,
    ADD COLUMN must_change_password boolean     NOT NULL DEFAULT false,
    -- Stands in each signed token; a token of another generation is revoked.
    ADD COLUMN token_generation     integer     NOT NULL DEFAULT 0,
    ADD COLUMN last_seen_at         timestamptz;

-- The one row of the installation's organization.
CREATE TABLE organization (
    singleton                boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    slug                     text    NOT NULL,
    name                     text    NOT NULL,
    -- Whether members and viewers see the projects of all teams.
    members_see_all_projects boolean NOT NULL
);
INSERT INTO organization (slug, name, members_see_all_projects) VALUES ('default', 'Default', true);

CREATE TABLE teams (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug       text        NOT NULL UNIQUE,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE TABLE team_members (
    team_id bigint NOT NULL REFERENCES teams ON DELETE CASCADE,
    user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_user ON team_members (user_id);
CREATE TABLE team_projects (
    team_id    bigint NOT NULL REFERENCES teams ON DELETE CASCADE,
    project_id bigint NOT NULL REFERENCES projects ON DELETE CASCADE,
    PRIMARY KEY (team_id, project_id)
);
CREATE INDEX team_projects_project ON team_projects (project_id);

-- Browsers that are logged in. Of this and the following secrets only the SHA-256 is kept: they are random, so that suffices.
CREATE TABLE user_sessions (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash   bytea       NOT NULL UNIQUE,
    user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    -- Whether it is the first of its user.
    first_login  boolean     NOT NULL,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ip_address   text,
    user_agent   text
);
CREATE INDEX user_sessions_user ON user_sessions (user_id);
CREATE INDEX user_sessions_expires ON user_sessions (expires_at);

-- Tokens for programs.
CREATE TABLE api_tokens (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash   bytea       NOT NULL UNIQUE,
    -- The beginning, by which people recognise it.
    prefix       text        NOT NULL,
    user_id      bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    name         text        NOT NULL,
    scopes       text[]      NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    last_used_at timestamptz
);
CREATE INDEX api_tokens_user ON api_tokens (user_id);

CREATE TABLE invitations (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    token_hash bytea       NOT NULL UNIQUE,
    email      text        NOT NULL,
    role       text        NOT NULL,
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX invitations_email ON invitations (lower(email));
CREATE TABLE invitation_teams (
    invitation_id bigint NOT NULL REFERENCES invitations ON DELETE CASCADE,
    team_id       bigint NOT NULL REFERENCES teams ON DELETE CASCADE,
    PRIMARY KEY (invitation_id, team_id)
);
CREATE INDEX invitation_teams_team ON invitation_teams (team_id);

-- The newest link of a user counts.
CREATE TABLE password_resets (
    user_id    bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    token_hash bytea       NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL
);

-- Attempts to log in that did not go right, counted from the first of a while.
CREATE TABLE login_failures (
    -- SHA-256 of the account's or the client's address.
    subject    bytea PRIMARY KEY,
    failures   integer     NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX login_failures_expires ON login_failures (expires_at);

-- What people changed. Names stand in it as they were, so that it outlives what it is about.
CREATE TABLE audit_log (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          timestamptz NOT NULL,
    -- None for the command line and what nobody was logged in for.
    user_id     bigint,
    user_email  text        NOT NULL,
    -- session | jwt | api_token | command_line
    via         text        NOT NULL,
    ip_address  text,
    action      text        NOT NULL,
    object_type text        NOT NULL,
    object_id   text        NOT NULL,
    object_name text        NOT NULL,
    before      jsonb,
    after       jsonb
);
CREATE INDEX audit_log_action ON audit_log (action, id DESC);
CREATE INDEX audit_log_user ON audit_log (user_id, id DESC);
