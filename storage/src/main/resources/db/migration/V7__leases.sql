-- Turns that one process has at a time, without a transaction that stays open for it.
CREATE TABLE leases (
    name       text PRIMARY KEY,
    owner      text        NOT NULL,
    expires_at timestamptz NOT NULL
);
