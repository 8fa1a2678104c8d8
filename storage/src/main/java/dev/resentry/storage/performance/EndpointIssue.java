package dev.resentry.storage.performance;

import java.time.Instant;

/** An issue with events of an endpoint. */
public record EndpointIssue(long id, String title, String level, String status, long events, Instant lastSeen) {}
