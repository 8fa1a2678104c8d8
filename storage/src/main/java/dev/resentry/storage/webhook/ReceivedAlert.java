package dev.resentry.storage.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert of another tracker.
 *
 * @param projectId of its source; null for all projects
 * @param resource what it is about, in the sender's word, such as {@code event_alert}
 * @param action what happened, in the sender's word
 * @param url where the sender shows it
 */
public record ReceivedAlert(
        long id,
        long sourceId,
        String source,
        @Nullable Long projectId,
        String requestId,
        Instant receivedAt,
        String resource,
        String action,
        String title,
        @Nullable String url) {}
