package dev.resentry.query.sentry;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.SentryApi;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.performance.TraceErrorQueries;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.span.StoredSpan;
import dev.resentry.storage.transaction.TransactionQueries;
import dev.resentry.storage.transaction.TransactionSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Traces: how much there is of one, and its spans as a tree. One of which nothing is known is empty. */
@SentryApi
class SentryTraceController {
    private static final int MOST_TRANSACTIONS = 500;
    private static final int MOST_SPANS = 5_000;
    private static final int MOST_ERRORS = 500;

    private final TransactionQueries transactions;
    private final SpanQueries spans;
    private final TraceErrorQueries errors;
    private final ProjectSelection projects;
    private final SentrySelection where;

    SentryTraceController(
            TransactionQueries transactions,
            SpanQueries spans,
            TraceErrorQueries errors,
            ProjectSelection projects,
            SentrySelection where) {
        this.transactions = transactions;
        this.spans = spans;
        this.errors = errors;
        this.projects = projects;
        this.where = where;
    }

    /**
     * How much there is of a trace.
     *
     * @param spanCount spans, of which each transaction is one
     * @param spanCountMap spans by operation
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Extent(
            int errors,
            int performanceIssues,
            int spanCount,
            List<TransactionSpans> transactionChildCountMap,
            Map<String, Integer> spanCountMap) {}

    /** How many spans came with a transaction. */
    record TransactionSpans(
            @JsonProperty("transaction.event_id") String eventId,
            @JsonProperty("count()") int spans) {}

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/0/organizations/{organization}/trace-meta/{traceId}")
    Extent extent(@PathVariable String organization, @PathVariable String traceId, Actor actor) {
        VisibleProjects visible = where.where(actor, organization, null);
        UUID trace = trace(traceId);
        List<TransactionSummary> whole = transactions(trace, visible);
        List<StoredSpan> found = spans(trace, visible, whole);
        Map<String, Integer> byOperation = new TreeMap<>();
        found.forEach(span -> byOperation.merge(span.op() == null ? "" : span.op(), 1, Integer::sum));
        return new Extent(
                errors.ofTrace(trace, visible, MOST_ERRORS).entries().size(),
                0,
                found.size(),
                whole.stream()
                        .map(summary -> new TransactionSpans(summary.id().toString(), summary.spanCount()))
                        .toList(),
                byOperation);
    }

    @Allowed(Scope.EVENT_READ)
    @GetMapping("/api/0/organizations/{organization}/trace/{traceId}")
    List<Object> tree(@PathVariable String organization, @PathVariable String traceId, Actor actor) {
        VisibleProjects visible = where.where(actor, organization, null);
        UUID trace = trace(traceId);
        List<TransactionSummary> whole = transactions(trace, visible);
        Map<EventId, String> names = new HashMap<>();
        whole.forEach(summary -> names.put(summary.id(), summary.name()));
        Map<Long, String> slugs = new HashMap<>();
        var tree = new SpanTree(
                names,
                id -> slugs.computeIfAbsent(
                        id, _ -> projects.one(actor, Long.toString(id)).slug()));
        return tree.of(
                spans(trace, visible, whole),
                errors.ofTrace(trace, visible, MOST_ERRORS).entries());
    }

    private List<TransactionSummary> transactions(UUID trace, VisibleProjects visible) {
        return transactions.ofTrace(trace, visible, MOST_TRANSACTIONS).entries();
    }

    /** The spans that are stored, behind those that the transactions are. */
    private List<StoredSpan> spans(UUID trace, VisibleProjects visible, List<TransactionSummary> whole) {
        List<StoredSpan> stored = spans.ofTrace(trace, visible, MOST_SPANS).entries();
        Set<String> known = stored.stream().map(StoredSpan::spanId).collect(Collectors.toSet());
        return Stream.concat(
                        whole.stream()
                                .filter(summary -> !known.contains(summary.spanId()))
                                .map(SentryTraceController::span),
                        stored.stream())
                .toList();
    }

    private static StoredSpan span(TransactionSummary summary) {
        return new StoredSpan(
                summary.projectId(),
                summary.traceId(),
                summary.spanId(),
                summary.parentSpanId(),
                summary.id(),
                true,
                summary.op(),
                summary.name(),
                summary.status(),
                null,
                summary.startedAt(),
                summary.durationMs(),
                "{}",
                null);
    }

    private static UUID trace(String named) {
        return EventId.parse(named)
                .map(EventId::value)
                .orElseThrow(() -> ApiException.invalid("traceId", "'%s' (expected: 32 hex digits)".formatted(named)));
    }
}
