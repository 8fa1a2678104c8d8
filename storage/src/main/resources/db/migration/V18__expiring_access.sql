-- What lets people in until a time, and the audit log, are removed by their times.

CREATE INDEX audit_log_at ON audit_log (at);
CREATE INDEX invitations_expires ON invitations (expires_at);
CREATE INDEX password_resets_expires ON password_resets (expires_at);
CREATE INDEX api_tokens_expires ON api_tokens (expires_at) WHERE expires_at IS NOT NULL;
