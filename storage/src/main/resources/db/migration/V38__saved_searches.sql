-- Searches that people keep, and those that they made lately.

CREATE TABLE saved_searches (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- issues | events | transactions | logs | spans
    dataset    text        NOT NULL,
    name       text        NOT NULL,
    query      text        NOT NULL,
    -- As the list of the dataset takes it; null for its usual order.
    sort       text,
    -- Whose it is; null if it is shared with everybody.
    user_id    bigint REFERENCES users ON DELETE CASCADE,
    -- Who made it. A shared one outlives them.
    creator_id bigint REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX saved_searches_name ON saved_searches (dataset, coalesce(user_id, 0), lower(name));
CREATE INDEX saved_searches_user ON saved_searches (user_id);
CREATE INDEX saved_searches_creator ON saved_searches (creator_id);

-- Which of them somebody wants first.
CREATE TABLE pinned_searches (
    user_id   bigint NOT NULL REFERENCES users ON DELETE CASCADE,
    search_id bigint NOT NULL REFERENCES saved_searches ON DELETE CASCADE,
    PRIMARY KEY (user_id, search_id)
);
CREATE INDEX pinned_searches_search ON pinned_searches (search_id);

-- The last 20 of each person and dataset.
CREATE TABLE recent_searches (
    user_id     bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    dataset     text        NOT NULL,
    query       text        NOT NULL,
    searched_at timestamptz NOT NULL
);
-- A query may be longer than an entry of an index.
CREATE UNIQUE INDEX recent_searches_query ON recent_searches (user_id, dataset, md5(query));
