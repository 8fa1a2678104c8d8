package dev.resentry.query.trace;

import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.access.Scope;
import dev.resentry.query.error.ApiException;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.page.PageResponse;
import dev.resentry.storage.Page;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.performance.TraceError;
import dev.resentry.storage.performance.TraceErrorQueries;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.span.StoredSpan;
import dev.resentry.storage.transaction.StoredTransaction;
import dev.resentry.storage.transaction.TransactionQueries;
import dev.resentry.storage.transaction.TransactionSummary;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Transactions: lists of them, newest first, and each one whole; traces: what is known of one. */
@NativeApi
@Tag(name = "Traces")
class TraceController {
    private static final int MAX_TRANSACTIONS = 500;
    private static final int MAX_SPANS = 5_000;
    private static final int MAX_ERRORS = 500;

    private final TransactionQueries transactions;
    private final SpanQueries spans;
    private final TraceErrorQueries errors;
    private final ProjectStore projects;
    private final ProjectAccess access;

    TraceController(
            TransactionQueries transactions,
            SpanQueries spans,
            TraceErrorQueries errors,
            ProjectStore projects,
            ProjectAccess access) {
        this.transactions = transactions;
        this.spans = spans;
        this.errors = errors;
        this.projects = projects;
        this.access = access;
    }

    @GetMapping("/api/v1/projects/{id}/transactions")
    @Allowed(Scope.EVENT_READ)
    PageResponse<TransactionSummaryResponse> ofProject(
            @PathVariable long id,
            @RequestParam @Nullable String cursor,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        access.require(actor, id);
        if (projects.find(id).isEmpty()) {
            throw ApiException.notFound("project", id);
        }
        return PageResponse.of(
                transactions.ofProject(id, Cursor.position(cursor), Cursor.limit(limit)),
                TransactionSummaryResponse::of,
                last -> Cursor.write(last.receivedAt(), last.id().value()));
    }

    @GetMapping("/api/v1/transactions/{id}")
    @Allowed(Scope.EVENT_READ)
    TransactionResponse transaction(@PathVariable String id, Actor actor) {
        StoredTransaction found = transactions
                .find(id("id", id), access.of(actor))
                .orElseThrow(() -> ApiException.notFound("transaction", id));
        TransactionSummary summary = found.summary();
        return TransactionResponse.of(
                found, spans.ofTransaction(summary.id(), summary.envelopeId(), summary.receivedAt()));
    }

    /** Shows what is known of a trace in all projects that the caller sees: its transactions, spans and errors. */
    @GetMapping("/api/v1/traces/{traceId}")
    @Allowed(Scope.EVENT_READ)
    TraceResponse trace(@PathVariable String traceId, Actor actor) {
        VisibleProjects visible = access.of(actor);
        UUID trace = id("traceId", traceId).value();
        Page<TransactionSummary> foundTransactions = transactions.ofTrace(trace, visible, MAX_TRANSACTIONS);
        Page<StoredSpan> foundSpans = spans.ofTrace(trace, visible, MAX_SPANS);
        Page<TraceError> foundErrors = errors.ofTrace(trace, visible, MAX_ERRORS);
        List<TransactionSummary> entries = foundTransactions.entries();
        if (entries.isEmpty()
                && foundSpans.entries().isEmpty()
                && foundErrors.entries().isEmpty()) {
            throw ApiException.notFound("trace", traceId);
        }
        return new TraceResponse(
                new EventId(trace).toString(),
                entries.stream().map(TransactionSummaryResponse::of).toList(),
                foundSpans.entries().stream().map(SpanResponse::of).toList(),
                foundErrors.entries().stream().map(TraceErrorResponse::of).toList(),
                errors.hiddenProjects(trace, visible),
                foundTransactions.hasMore() || foundSpans.hasMore() || foundErrors.hasMore());
    }

    /** The ids of events and of traces are written alike. */
    private static EventId id(String name, String given) {
        return EventId.parse(given)
                .orElseThrow(() -> ApiException.invalid(name, "'%s' (expected: 32 hex digits)".formatted(given)));
    }
}
