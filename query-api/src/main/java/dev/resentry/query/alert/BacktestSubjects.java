package dev.resentry.query.alert;

import dev.resentry.model.event.Event;
import dev.resentry.model.issue.ShortId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.processing.alert.AlertIssue;
import dev.resentry.processing.alert.AlertSubject;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.alert.AlertPast;
import dev.resentry.storage.alert.PastEvent;
import dev.resentry.storage.alert.PastIssue;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.StoredEvent;
import java.util.Optional;
import java.util.Set;

/** What the filters of a rule look at in a back-test of a project; used by one thread. */
final class BacktestSubjects {
    /** How many payloads a back-test reads. */
    private static final int MOST_PAYLOADS = 200;

    private final EventQueries events;
    private final AlertPast past;
    private final long projectId;
    private int payloads;

    BacktestSubjects(EventQueries events, AlertPast past, long projectId) {
        this.events = events;
        this.past = past;
        this.projectId = projectId;
    }

    /** Whether more payloads were asked for than are read. */
    boolean isCutOff() {
        return payloads > MOST_PAYLOADS;
    }

    /** @param occurrences how many events the issue had then */
    AlertSubject subject(PastIssue issue, PastEvent event, long occurrences) {
        return new AlertSubject(
                () -> new EventSummary(
                        event.issueId(),
                        event.occurredAt(),
                        event.level(),
                        event.platform(),
                        event.title(),
                        event.culprit(),
                        event.release(),
                        event.environment(),
                        event.tags()),
                () -> new AlertIssue(
                        issue.id(),
                        new ShortId("", issue.id()).toString(),
                        issue.title(),
                        issue.culprit(),
                        issue.level(),
                        issue.status(),
                        issue.substatus(),
                        issue.firstSeen(),
                        issue.lastSeen(),
                        occurrences,
                        issue.users(),
                        issue.assigneeId(),
                        issue.assigneeName(),
                        issue.assigneeTeams()),
                () -> payload(event),
                this::latestRelease);
    }

    private Event payload(PastEvent event) {
        payloads++;
        if (payloads > MOST_PAYLOADS) {
            return new Event(UntrustedJson.STORED.tree("{}"));
        }
        String json = events.find(event.id(), new VisibleProjects(Set.of(projectId)))
                .filter(StoredEvent::payloadKept)
                .map(StoredEvent::payloadJson)
                .orElse("{}");
        return new Event(UntrustedJson.STORED.tree(json));
    }

    private Optional<String> latestRelease() {
        return past.newestRelease(projectId);
    }
}
