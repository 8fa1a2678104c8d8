package dev.resentry.query.project;

import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.processing.filter.Sender;
import dev.resentry.storage.Position;
import dev.resentry.storage.event.EventSamples;
import dev.resentry.storage.event.SampledEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What filters would have dropped of a project's stored events. Looks at the newest ones, as many as can be looked at in a time that
 * a person waits; says how many those were.
 */
final class FilterPreview {
    private static final int MAX_EVENTS = 10_000;
    private static final int PART = 500;
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final EventSamples events;
    private final InstantSource clock;

    FilterPreview(EventSamples events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * @param events that arrived in that time and are stored
     * @param lookedAt the newest of them
     * @param filters those that met something
     */
    record Result(long events, int lookedAt, Map<InboundFilter, Found> filters) {}

    /** What one filter met. */
    static final class Found {
        private static final int EXAMPLES = 5;

        private final Set<Long> issues = new HashSet<>();
        private final List<SampledEvent> examples = new ArrayList<>();
        private int events;

        private void add(SampledEvent event) {
            events++;
            // An example of another issue tells more than one more of the same.
            if (issues.add(event.issueId()) && examples.size() < EXAMPLES) {
                examples.add(event);
            }
        }

        int events() {
            return events;
        }

        int issues() {
            return issues.size();
        }

        List<SampledEvent> examples() {
            return examples;
        }
    }

    Result of(long projectId, InboundFilters filters, int days) {
        Instant now = clock.instant();
        Instant since = now.minus(Duration.ofDays(days));
        Instant end = now.plus(LONGEST);
        Map<InboundFilter, Found> found = new EnumMap<>(InboundFilter.class);
        int lookedAt = 0;
        Position behind = Position.NEWEST;
        while (lookedAt < MAX_EVENTS && clock.instant().isBefore(end)) {
            List<SampledEvent> part = events.part(projectId, since, behind, PART);
            for (SampledEvent event : part) {
                var seen = new Event(UntrustedJson.STORED.tree(event.payloadJson()));
                filters.ofEvent(seen, new Sender(event.remoteAddress(), event.userAgent()))
                        .ifPresent(filter ->
                                found.computeIfAbsent(filter, _ -> new Found()).add(event));
            }
            lookedAt += part.size();
            if (part.size() < PART) {
                return new Result(lookedAt, lookedAt, found);
            }
            SampledEvent last = part.getLast();
            behind = new Position(last.receivedAt(), last.id().value());
        }
        return new Result(Math.max(lookedAt, events.count(projectId, since)), lookedAt, found);
    }
}
