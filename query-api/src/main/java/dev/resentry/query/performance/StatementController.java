package dev.resentry.query.performance;

import dev.resentry.model.event.EventId;
import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Allowed;
import dev.resentry.query.access.Scope;
import dev.resentry.query.dashboard.DashboardRange;
import dev.resentry.query.error.NativeApi;
import dev.resentry.query.page.Cursor;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.VisibleProjects;
import dev.resentry.storage.dashboard.DashboardWindow;
import dev.resentry.storage.performance.RepeatedStatement;
import dev.resentry.storage.performance.SlowStatement;
import dev.resentry.storage.performance.StatementQueries;
import dev.resentry.storage.search.BoundedReads;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** Statements that transactions send to databases: the slow ones, and those that are sent again and again. */
@NativeApi
@Tag(name = "Performance")
class StatementController {
    private final StatementQueries statements;
    private final ProjectSelection projects;
    private final BoundedReads reads;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param timeout of each question to the database */
    StatementController(
            StatementQueries statements,
            ProjectSelection projects,
            BoundedReads reads,
            Duration timeout,
            InstantSource clock) {
        this.statements = statements;
        this.projects = projects;
        this.reads = reads;
        this.timeout = timeout;
        this.clock = clock;
    }

    /**
     * What the newest transactions show of their statements.
     *
     * @param transactions how many were looked at: of the newest 1,000 of some time, those with spans
     * @param calls how many calls of databases they have; of more than 50,000, so many are looked at
     * @param slow the statements that took most time together first
     * @param repeated N+1 hints: statements with five calls or more in a row under one parent that took 50 ms or more together
     */
    @Schema(name = "PerformanceStatements")
    record StatementsResponse(
            long transactions, long calls, List<SlowResponse> slow, List<RepeatedResponse> repeated) {}

    /**
     * Calls of one statement.
     *
     * @param statement without the values that differ from call to call
     * @param transactions in how many transactions it was called
     * @param p95 in milliseconds, of the calls that were looked at
     * @param slowestIn the name of the transaction with the slowest call
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceStatement")
    record SlowResponse(
            long projectId,
            String statement,
            long calls,
            long transactions,
            double totalMs,
            double p95,
            double slowestMs,
            String slowestIn,
            String slowestTransactionId,
            String slowestTraceId) {
        static SlowResponse of(SlowStatement statement) {
            return new SlowResponse(
                    statement.projectId(),
                    statement.statement(),
                    statement.calls(),
                    statement.transactions(),
                    statement.totalMs(),
                    statement.p95(),
                    statement.slowestMs(),
                    statement.slowestIn(),
                    statement.slowestTransactionId().toString(),
                    new EventId(statement.slowestTraceId()).toString());
        }
    }

    /**
     * A statement that transactions of one name call in rows.
     *
     * @param transactions how many of those that were looked at do so
     * @param mostCalls in a row
     * @param longestMs that such a row took
     * @param transactionId the one with the longest row, as the trace
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Schema(name = "PerformanceRepeatedStatement")
    record RepeatedResponse(
            long projectId,
            String transaction,
            String statement,
            long transactions,
            int mostCalls,
            double longestMs,
            String transactionId,
            String traceId) {
        static RepeatedResponse of(RepeatedStatement statement) {
            return new RepeatedResponse(
                    statement.projectId(),
                    statement.transaction(),
                    statement.statement(),
                    statement.transactions(),
                    statement.mostCalls(),
                    statement.longestMs(),
                    statement.transactionId().toString(),
                    new EventId(statement.traceId()).toString());
        }
    }

    /**
     * Shows the slow and the repeated statements of the newest transactions of some time.
     *
     * @param project slugs or ids
     * @param environment an empty one is of what has none
     * @param range 1h, 24h, 7d, 14d, 30d or 90d until now; 24h if nothing is given
     * @param start in place of a range
     * @param limit how many of each kind
     */
    @GetMapping("/api/v1/performance/queries")
    @Allowed(Scope.EVENT_READ)
    StatementsResponse statements(
            @RequestParam @Nullable List<String> project,
            @RequestParam @Nullable List<String> environment,
            @RequestParam @Nullable String range,
            @RequestParam @Nullable Instant start,
            @RequestParam @Nullable Instant end,
            @RequestParam @Nullable Integer limit,
            Actor actor) {
        DashboardWindow window = DashboardRange.window(range, start, end, clock.instant());
        VisibleProjects wanted = projects.of(actor, project);
        int most = Cursor.limit(limit);
        StatementQueries.Found found = reads.within(
                timeout,
                () -> statements.find(
                        wanted, EndpointController.environments(environment), window.from(), window.to(), most));
        return new StatementsResponse(
                found.transactions(),
                found.calls(),
                found.slow().stream().map(SlowResponse::of).toList(),
                found.repeated().stream().map(RepeatedResponse::of).toList());
    }
}
