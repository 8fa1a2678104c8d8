package dev.resentry.query.alert;

import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.processing.alert.AlertIssue;
import dev.resentry.processing.alert.AlertValues;
import dev.resentry.storage.Position;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.StoredIssue;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What templates are shown with before a rule has fired: the newest event there is, or else an example. */
final class ShownValues {
    private static final String REASON = "11 events in 5 minutes (more than 10)";

    private final EventQueries events;
    private final IssueQueries issues;
    private final URI publicUrl;

    ShownValues(EventQueries events, IssueQueries issues, URI publicUrl) {
        this.events = events;
        this.issues = issues;
        this.publicUrl = publicUrl;
    }

    /**
     * Values of templates.
     *
     * @param isExample whether there is no event
     */
    record Values(Map<String, String> values, boolean isExample) {}

    /**
     * The values for a rule of a project.
     *
     * @param ruleId 0 for one that is not kept yet
     * @param issueId of whose newest event they are; null for the newest event of the project
     */
    Values of(AlertValues.Project project, long ruleId, String ruleName, @Nullable Long issueId) {
        EventFilter filter = issueId == null ? EventFilter.ofProject(project.id()) : EventFilter.ofIssue(issueId);
        return events.list(filter, Position.NEWEST, 1).entries().stream()
                .findFirst()
                .flatMap(newest -> events.find(newest.id(), new VisibleProjects(Set.of(newest.projectId()))))
                .flatMap(event -> of(project, ruleId, ruleName, event))
                .map(values -> new Values(values, false))
                .orElseGet(() -> new Values(AlertValues.example(), true));
    }

    private Optional<Map<String, String>> of(
            AlertValues.Project project, long ruleId, String ruleName, StoredEvent event) {
        return issues.find(event.issueId())
                .map(issue -> new AlertValues(ruleName, ruleUrl(ruleId), REASON, project)
                        .with(alertIssue(issue), url("/ui/issues/" + issue.id()))
                        .with(new AlertValues.ShownEvent(
                                event.id(),
                                summary(event),
                                event.payloadKept() ? new Event(UntrustedJson.STORED.tree(event.payloadJson())) : null,
                                url("/ui/issues/%d?event=%s".formatted(issue.id(), event.id()))))
                        .asMap());
    }

    String ruleUrl(long ruleId) {
        return url(ruleId == 0 ? "/ui/alerts" : "/ui/alerts/" + ruleId);
    }

    private String url(String path) {
        return publicUrl.resolve(path).toString();
    }

    private static AlertIssue alertIssue(StoredIssue issue) {
        StoredIssue.Assignee assignee = issue.assignee();
        return new AlertIssue(
                issue.id(),
                issue.shortId().toString(),
                issue.title(),
                issue.culprit(),
                issue.level(),
                issue.status(),
                null,
                issue.firstSeen(),
                issue.lastSeen(),
                issue.eventCount(),
                issue.usersAffected(),
                assignee == null ? null : assignee.id(),
                assignee == null ? null : assignee.name(),
                Set.of());
    }

    private static ProcessedRecord.EventSummary summary(StoredEvent event) {
        Map<String, String> tags = new HashMap<>();
        UntrustedJson.STORED.tree(event.tagsJson()).forEachEntry((key, value) -> tags.put(key, value.asString("")));
        return new ProcessedRecord.EventSummary(
                event.issueId(),
                event.occurredAt(),
                event.level(),
                event.platform(),
                event.title(),
                event.culprit(),
                event.release(),
                event.environment(),
                tags);
    }
}
