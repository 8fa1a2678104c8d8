package dev.resentry.query.project;

import dev.resentry.model.event.Event;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.model.outcome.InboundFilter;
import dev.resentry.processing.filter.InboundFilters;
import dev.resentry.processing.filter.Sender;
import dev.resentry.storage.Position;
import dev.resentry.storage.event.EventSamples;
import dev.resentry.storage.event.SampledEvent;
import dev.resentry.storage.transaction.SampledTransaction;
import dev.resentry.storage.transaction.TransactionSamples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What filters would have dropped of a project's stored events and transactions. Looks at the newest ones, as many as can be looked at in a time that
 * a person waits; says how many those were.
 */
final class FilterPreview {
    private static final int MOST = 10_000;
    private static final int PART = 500;

    /** As long for events as for transactions. */
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final EventSamples events;
    private final TransactionSamples transactions;
    private final InstantSource clock;

    FilterPreview(EventSamples events, TransactionSamples transactions, InstantSource clock) {
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @param filters those that met something */
    record Result(Looked events, Looked transactions, Map<InboundFilter, Found> filters) {}

    /**
     * How far it was looked.
     *
     * @param stored how many arrived in that time and are stored
     * @param lookedAt the newest of them
     */
    record Looked(long stored, int lookedAt) {}

    /** What one filter met. */
    static final class Found {
        private static final int EXAMPLES = 5;

        private final Set<Long> issues = new HashSet<>();
        private final List<SampledEvent> examples = new ArrayList<>();
        private final SequencedSet<String> names = new LinkedHashSet<>();
        private int events;
        private int transactions;

        private void add(SampledEvent event) {
            events++;
            // An example of another issue tells more than one more of the same.
            if (issues.add(event.issueId()) && examples.size() < EXAMPLES) {
                examples.add(event);
            }
        }

        private void add(SampledTransaction transaction) {
            transactions++;
            if (names.size() < EXAMPLES) {
                names.add(transaction.name());
            }
        }

        int events() {
            return events;
        }

        int transactions() {
            return transactions;
        }

        int issues() {
            return issues.size();
        }

        List<SampledEvent> examples() {
            return examples;
        }

        /** Names of some of the transactions, each once. */
        List<String> names() {
            return List.copyOf(names);
        }
    }

    Result of(long projectId, InboundFilters filters, int days) {
        Instant since = clock.instant().minus(Duration.ofDays(days));
        Map<InboundFilter, Found> found = new EnumMap<>(InboundFilter.class);
        Looked ofEvents = look(
                behind -> events.part(projectId, since, behind, PART),
                event -> filters.ofEvent(
                                json(event.payloadJson()), new Sender(event.remoteAddress(), event.userAgent()))
                        .ifPresent(filter ->
                                found.computeIfAbsent(filter, _ -> new Found()).add(event)),
                event -> new Position(event.receivedAt(), event.id().value()),
                () -> events.count(projectId, since));
        Looked ofTransactions = look(
                behind -> transactions.part(projectId, since, behind, PART),
                one -> filters.ofTransaction(json(one.payloadJson()), new Sender(one.remoteAddress(), one.userAgent()))
                        .ifPresent(filter ->
                                found.computeIfAbsent(filter, _ -> new Found()).add(one)),
                one -> new Position(one.receivedAt(), one.id().value()),
                () -> transactions.count(projectId, since));
        return new Result(ofEvents, ofTransactions, found);
    }

    private static Event json(String payload) {
        return new Event(UntrustedJson.STORED.tree(payload));
    }

    private <T> Looked look(
            Function<Position, List<T>> parts, Consumer<T> each, Function<T, Position> position, LongSupplier count) {
        Instant end = clock.instant().plus(LONGEST);
        int lookedAt = 0;
        Position behind = Position.NEWEST;
        while (lookedAt < MOST && clock.instant().isBefore(end)) {
            List<T> part = parts.apply(behind);
            part.forEach(each);
            lookedAt += part.size();
            if (part.size() < PART) {
                return new Looked(lookedAt, lookedAt);
            }
            behind = position.apply(part.getLast());
        }
        return new Looked(Math.max(lookedAt, count.getAsLong()), lookedAt);
    }
}
