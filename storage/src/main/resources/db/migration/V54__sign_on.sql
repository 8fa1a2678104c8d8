-- What proves who logs in besides a password.

-- The app of a user that tells codes (TOTP).
CREATE TABLE second_factors (
    user_id      bigint PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    -- Encrypted by the key of the installation.
    secret       bytea       NOT NULL,
    created_at   timestamptz NOT NULL,
    -- None until a first code was right; until then it is asked for nowhere.
    confirmed_at timestamptz,
    -- The step of time of the last code that was taken: no code is taken twice, nor one from before it.
    last_step    bigint      NOT NULL DEFAULT 0
);

-- Codes for who has lost the app. Only the SHA-256 is kept: they are random, so that suffices. One that was used is gone.
CREATE TABLE recovery_codes (
    user_id   bigint NOT NULL REFERENCES second_factors ON DELETE CASCADE,
    code_hash bytea  NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);

-- Who a user is to a provider of OpenID Connect.
CREATE TABLE user_identities (
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    user_id    bigint      NOT NULL REFERENCES users ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX user_identities_user ON user_identities (user_id);

-- Whether a session began with a provider, which may have one of its own to be ended.
ALTER TABLE user_sessions ADD COLUMN single_sign_on boolean NOT NULL DEFAULT false;
