package dev.resentry.processor.webhook;

import dev.resentry.model.event.EventId;
import java.net.URI;

/** Addresses of pages and of what the API has. */
final class WebhookLinks {
    private final URI publicUrl;

    WebhookLinks(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    String issue(long id) {
        return url("/ui/issues/" + id);
    }

    String event(long issueId, EventId event) {
        return url("/ui/issues/%d?event=%s".formatted(issueId, event));
    }

    String issuesOf(long projectId) {
        return url("/ui/issues?project=" + projectId);
    }

    String releasesOf(long projectId) {
        return url("/ui/releases?project=" + projectId);
    }

    /** Where people say what they want to be told. */
    String notificationSettings() {
        return url("/ui/account/notifications");
    }

    String issueOfApi(long id) {
        return url("/api/v1/issues/" + id);
    }

    String eventOfApi(EventId event) {
        return url("/api/v1/events/" + event);
    }

    private String url(String path) {
        return publicUrl.resolve(path).toString();
    }
}
