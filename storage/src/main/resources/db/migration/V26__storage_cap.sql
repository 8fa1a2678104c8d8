-- Of how many events of an issue and a day the payload is kept.

ALTER TABLE project_processing
    -- Null for all.
    ADD COLUMN payloads_per_issue_per_day integer CHECK (payloads_per_issue_per_day > 0);

ALTER TABLE events
    -- If not, the payload has only what tells whose and which event it is; what is counted is in the other columns.
    ADD COLUMN payload_kept boolean NOT NULL DEFAULT true;

-- Days of arrival (UTC) of issues of projects with a cap: events with their payloads, and events that are only counted.
CREATE TABLE issue_days (
    issue_id     bigint NOT NULL,
    day          date   NOT NULL,
    project_id   bigint NOT NULL,
    payloads     bigint NOT NULL,
    only_counted bigint NOT NULL,
    PRIMARY KEY (issue_id, day)
);
CREATE INDEX issue_days_day ON issue_days (day);
CREATE INDEX issue_days_project ON issue_days (project_id);
