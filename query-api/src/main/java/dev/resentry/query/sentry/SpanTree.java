package dev.resentry.query.sentry;

import dev.resentry.model.event.EventId;
import dev.resentry.storage.performance.TraceError;
import dev.resentry.storage.span.StoredSpan;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The spans of a trace, each within the one that began it, with the errors that happened in them. */
final class SpanTree {
    /** What lies deeper is told beside the deepest: no reader takes JSON of any depth. */
    private static final int DEEPEST = 100;

    private static final double MILLIS = 1_000;

    private final Map<String, List<StoredSpan>> byParent = new HashMap<>();
    private final Map<String, List<ErrorNode>> errorsBySpan = new HashMap<>();
    private final Set<StoredSpan> told = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<EventId, String> transactions;
    private final LongFunction<String> slugs;

    /**
     * A tree.
     *
     * @param transactions their names
     * @param slugs of projects by id
     */
    SpanTree(Map<EventId, String> transactions, LongFunction<String> slugs) {
        this.transactions = transactions;
        this.slugs = slugs;
    }

    /** A span; times are in seconds, durations in milliseconds. */
    @JsonNaming(SnakeCaseStrategy.class)
    record SpanNode(
            List<SpanNode> children,
            List<ErrorNode> errors,
            List<Object> occurrences,
            String eventId,
            String spanId,
            String transactionId,
            String projectId,
            String projectSlug,
            @Nullable String parentSpanId,
            double startTimestamp,
            double endTimestamp,
            double duration,
            @Nullable String transaction,
            boolean isTransaction,
            @Nullable String description,
            @Nullable String op,
            @Nullable String name,
            @Nullable String status,
            String eventType) {}

    /** An error, in its span or beside all. */
    @JsonNaming(SnakeCaseStrategy.class)
    record ErrorNode(
            String eventId,
            String issueId,
            String projectId,
            String projectSlug,
            String title,
            String description,
            String level,
            double startTimestamp,
            String eventType) {}

    /** A span whose children are still to be told, and where. */
    private record Open(StoredSpan span, List<SpanNode> children, int depth) {}

    /** The spans that none of these began, then the errors that happened in none of them. */
    List<Object> of(List<StoredSpan> spans, List<TraceError> errors) {
        Set<String> known = new HashSet<>();
        spans.forEach(span -> known.add(span.spanId()));
        List<Object> roots = new ArrayList<>();
        for (TraceError error : errors) {
            if (error.spanId() != null && known.contains(error.spanId())) {
                errorsBySpan
                        .computeIfAbsent(error.spanId(), _ -> new ArrayList<>())
                        .add(node(error));
            }
        }
        for (StoredSpan span : spans) {
            if (span.parentSpanId() != null) {
                byParent.computeIfAbsent(span.parentSpanId(), _ -> new ArrayList<>())
                        .add(span);
            }
        }
        for (StoredSpan span : spans) {
            if (span.parentSpanId() == null || !known.contains(span.parentSpanId())) {
                roots.add(grown(span));
            }
        }
        // Whoever says of two spans that each began the other has them told all the same.
        for (StoredSpan span : spans) {
            if (!told.contains(span)) {
                roots.add(grown(span));
            }
        }
        errors.stream()
                .filter(error -> error.spanId() == null || !known.contains(error.spanId()))
                .map(this::node)
                .forEach(roots::add);
        return roots;
    }

    private SpanNode grown(StoredSpan root) {
        told.add(root);
        SpanNode grown = node(root);
        Deque<Open> open = new ArrayDeque<>();
        open.add(new Open(root, grown.children(), 1));
        while (!open.isEmpty()) {
            Open parent = open.remove();
            for (StoredSpan child : byParent.getOrDefault(parent.span().spanId(), List.of())) {
                if (told.add(child)) {
                    SpanNode node = node(child);
                    parent.children().add(node);
                    open.add(new Open(
                            child, parent.depth() < DEEPEST ? node.children() : parent.children(), parent.depth() + 1));
                }
            }
        }
        return grown;
    }

    private SpanNode node(StoredSpan span) {
        EventId transaction = span.transactionId();
        List<ErrorNode> errors = errorsBySpan.remove(span.spanId());
        double start = seconds(span.startedAt());
        return new SpanNode(
                new ArrayList<>(),
                errors == null ? List.of() : errors,
                List.of(),
                span.spanId(),
                span.spanId(),
                transaction == null ? "" : transaction.toString(),
                Long.toString(span.projectId()),
                slugs.apply(span.projectId()),
                span.parentSpanId(),
                start,
                start + span.durationMs() / MILLIS,
                span.durationMs(),
                transaction == null ? null : transactions.get(transaction),
                span.segment(),
                span.description(),
                span.op(),
                span.op(),
                span.status(),
                "span");
    }

    private ErrorNode node(TraceError error) {
        return new ErrorNode(
                error.id().toString(),
                Long.toString(error.issueId()),
                Long.toString(error.projectId()),
                slugs.apply(error.projectId()),
                error.title(),
                error.title(),
                error.level(),
                seconds(error.occurredAt()),
                "error");
    }

    private static double seconds(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at) / 1e6;
    }
}
