-- Since when this installation groups by a strategy: for a while from then on, issues are also looked for by the hashes of
-- the one before it.

CREATE TABLE grouping_strategies (
    strategy text PRIMARY KEY,
    since    timestamptz NOT NULL
);
