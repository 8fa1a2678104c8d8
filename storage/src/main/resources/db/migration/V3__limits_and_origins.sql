-- What people set for gateways to obey.

ALTER TABLE projects
    ADD COLUMN allowed_origins text[] NOT NULL DEFAULT '{*}',
    -- A list of {categories, limit, window, reason_code}, as on topic projects.
    ADD COLUMN limits          jsonb  NOT NULL DEFAULT '[]';

ALTER TABLE project_keys
    ADD COLUMN limits jsonb NOT NULL DEFAULT '[]';
