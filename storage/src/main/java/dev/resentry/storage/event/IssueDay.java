package dev.resentry.storage.event;

import dev.resentry.model.project.ProjectId;

/**
 * A day of arrival of an issue.
 *
 * @param epochDay in UTC, in days since 1970
 */
record IssueDay(ProjectId projectId, long issueId, long epochDay) {}
