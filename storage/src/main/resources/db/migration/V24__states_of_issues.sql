-- What tells more of an issue than its status, and what ends it.

ALTER TABLE issues
    -- of unresolved: new | ongoing | escalating | regressed; of ignored: archived_until_escalating |
    -- archived_until_condition_met | archived_forever; null for resolved
    ADD COLUMN substatus     text DEFAULT 'new',
    -- Since when the status holds; null for one that never had another.
    ADD COLUMN status_at     timestamptz,
    -- Where it is resolved, or until when it is ignored; null for plainly and for ever.
    ADD COLUMN state_details jsonb,
    -- The time in state_details, which ends the ignoring by itself.
    ADD COLUMN ignore_until  timestamptz,
    -- low | medium | high; null for that of its level.
    ADD COLUMN priority      text;

UPDATE issues i
SET substatus = CASE i.status
                    WHEN 'resolved' THEN NULL
                    WHEN 'ignored' THEN 'archived_forever'
                    WHEN 'unresolved' THEN CASE WHEN i.first_seen > now() - interval '7 days' THEN 'new' ELSE 'ongoing' END
                END,
    status_at = (SELECT max(at) FROM issue_activities a WHERE a.issue_id = i.id AND a.kind = 'status');

-- What was resolved or ignored without an entry of its activity.
UPDATE issues SET status_at = now() WHERE status <> 'unresolved' AND status_at IS NULL;

-- What time makes of issues is looked for often.
CREATE INDEX issues_ignore_until ON issues (ignore_until) WHERE ignore_until IS NOT NULL;
CREATE INDEX issues_until_escalating ON issues (last_seen) WHERE state_details @> '{"until_escalating": true}';
CREATE INDEX issues_passing ON issues ((coalesce(status_at, first_seen))) WHERE substatus IN ('new', 'regressed', 'escalating');
CREATE INDEX issues_unresolved ON issues (project_id, last_seen) WHERE status = 'unresolved';
-- Lists of them are short and their tabs are looked at often.
CREATE INDEX issues_substatus ON issues (substatus, last_seen DESC, id DESC) WHERE substatus IN ('regressed', 'escalating');

ALTER TABLE projects
    -- After how many hours without an event an issue is resolved; null for never.
    ADD COLUMN auto_resolve_hours integer CHECK (auto_resolve_hours > 0);
