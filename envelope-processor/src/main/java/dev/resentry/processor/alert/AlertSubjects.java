package dev.resentry.processor.alert;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.model.issue.ShortId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.processing.alert.AlertIssue;
import dev.resentry.processing.alert.AlertSubject;
import dev.resentry.storage.alert.AlertFacts;
import dev.resentry.storage.alert.AlertFacts.EventFacts;
import dev.resentry.storage.alert.AlertFacts.IssueFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What rules look at, from the database. What is gone meanwhile throws {@link NoSuchElementException}. */
final class AlertSubjects {
    private final AlertFacts facts;

    AlertSubjects(AlertFacts facts) {
        this.facts = facts;
    }

    /**
     * @param summary of the event; null if it is to be looked up
     * @param eventId null for the newest event of the issue
     */
    AlertSubject of(long projectId, long issueId, @Nullable EventSummary summary, @Nullable EventId eventId) {
        Supplier<EventFacts> event = remembered(() -> event(projectId, issueId, eventId));
        return new AlertSubject(
                () -> summary == null ? summary(event.get()) : summary,
                () -> issue(projectId, issueId),
                () -> json(event.get()),
                () -> facts.latestRelease(projectId));
    }

    private EventFacts event(long projectId, long issueId, @Nullable EventId eventId) {
        Optional<EventFacts> found =
                eventId == null ? facts.latestEvent(issueId) : facts.event(projectId, eventId.value());
        return found.orElseThrow(() -> new NoSuchElementException("the event is gone"));
    }

    private AlertIssue issue(long projectId, long issueId) {
        IssueFacts issue = facts.issue(issueId)
                .orElseThrow(() -> new NoSuchElementException("issue %d is gone".formatted(issueId)));
        String slug = facts.project(projectId)
                .orElseThrow(() -> new NoSuchElementException("project %d is gone".formatted(projectId)))
                .slug();
        return new AlertIssue(
                issue.id(),
                new ShortId(slug, issue.id()).toString(),
                issue.title(),
                issue.culprit(),
                issue.level(),
                issue.status(),
                issue.substatus(),
                issue.firstSeen(),
                issue.lastSeen(),
                issue.events(),
                issue.users(),
                issue.assigneeId(),
                issue.assigneeName(),
                issue.assigneeTeams());
    }

    static Event json(EventFacts event) {
        JsonNode json = event.payload() == null
                ? JsonNodeFactory.instance.objectNode()
                : UntrustedJson.STORED.tree(event.payload());
        return new Event(json);
    }

    static EventSummary summary(EventFacts event) {
        Map<String, String> tags = new HashMap<>();
        UntrustedJson.STORED.tree(event.tagsJson()).forEachEntry((key, value) -> tags.put(key, value.asString("")));
        return new EventSummary(
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

    private static <T> Supplier<T> remembered(Supplier<T> source) {
        return new Supplier<>() {
            private @Nullable T value;

            @Override
            public T get() {
                T known = value;
                if (known == null) {
                    known = source.get();
                    value = known;
                }
                return known;
            }
        };
    }
}
