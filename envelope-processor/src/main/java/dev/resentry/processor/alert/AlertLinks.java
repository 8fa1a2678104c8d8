package dev.resentry.processor.alert;

import dev.resentry.model.event.EventId;
import java.net.URI;

/** Addresses of pages, for notifications. */
final class AlertLinks {
    private final URI publicUrl;

    AlertLinks(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    String rule(long ruleId) {
        return url("/ui/alerts/" + ruleId);
    }

    String issue(long issueId) {
        return url("/ui/issues/" + issueId);
    }

    String event(long issueId, EventId event) {
        return url("/ui/issues/%d?event=%s".formatted(issueId, event));
    }

    String issuesOf(long projectId) {
        return url("/ui/issues?project=" + projectId);
    }

    /** Where the API has the event, as programs read it. */
    String eventOfApi(String projectSlug, EventId event) {
        return url("/api/0/projects/default/%s/events/%s/".formatted(projectSlug, event));
    }

    String issueOfApi(long issueId) {
        return url("/api/0/issues/%d/".formatted(issueId));
    }

    private String url(String path) {
        return publicUrl.resolve(path).toString();
    }
}
