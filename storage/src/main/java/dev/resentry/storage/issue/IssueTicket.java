package dev.resentry.storage.issue;

import java.time.Instant;

/**
 * A ticket elsewhere that people keep of an issue.
 *
 * @param url its address, as {@link dev.resentry.model.repository.WebAddress} has it
 * @param actorId who kept it; the user may be gone
 */
public record IssueTicket(long id, String url, Instant createdAt, long actorId, String actorName) {}
