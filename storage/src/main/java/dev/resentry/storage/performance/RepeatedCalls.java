package dev.resentry.storage.performance;

import dev.resentry.model.event.EventId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds N+1 calls: of one statement, under one parent, at least {@value #FEWEST} in a row of which none began before the one in front
 * of it had ended, and that took at least {@value #SHORTEST_MS} ms together.
 */
final class RepeatedCalls {
    static final int FEWEST = 5;
    static final int SHORTEST_MS = 50;

    private static final Comparator<RepeatedStatement> ORDER = Comparator.comparingDouble(RepeatedStatement::longestMs)
            .reversed()
            .thenComparing(RepeatedStatement::transaction)
            .thenComparing(RepeatedStatement::statement);

    private RepeatedCalls() {}

    private record Place(
            long projectId, EventId transactionId, @Nullable String parentSpanId, String statement) {}

    private record Found(long projectId, String transaction, String statement) {}

    /** Calls in a row. */
    private record Row(DatabaseSpan first, int calls, double durationMs) {}

    /** What the spans of some transactions show; what took longest first. */
    static List<RepeatedStatement> of(List<DatabaseSpan> spans) {
        Map<Place, List<DatabaseSpan>> siblings = new HashMap<>();
        for (DatabaseSpan span : spans) {
            siblings.computeIfAbsent(
                            new Place(span.projectId(), span.transactionId(), span.parentSpanId(), span.statement()),
                            _ -> new ArrayList<>())
                    .add(span);
        }
        Map<Found, List<Row>> rows = new HashMap<>();
        for (List<DatabaseSpan> calls : siblings.values()) {
            Row longest = longest(calls);
            if (longest.calls() >= FEWEST && longest.durationMs() >= SHORTEST_MS) {
                DatabaseSpan first = longest.first();
                rows.computeIfAbsent(
                                new Found(first.projectId(), first.transaction(), first.statement()),
                                _ -> new ArrayList<>())
                        .add(longest);
            }
        }
        return rows.values().stream()
                .map(RepeatedCalls::statement)
                .sorted(ORDER)
                .toList();
    }

    private static Row longest(List<DatabaseSpan> calls) {
        calls.sort(Comparator.comparing(DatabaseSpan::startedAt));
        Row longest = new Row(calls.getFirst(), 0, 0);
        Row row = longest;
        for (int i = 0; i < calls.size(); i++) {
            DatabaseSpan call = calls.get(i);
            boolean follows =
                    i > 0 && !call.startedAt().isBefore(calls.get(i - 1).endedAt());
            row = follows
                    ? new Row(row.first(), row.calls() + 1, row.durationMs() + call.durationMs())
                    : new Row(call, 1, call.durationMs());
            if (row.calls() > longest.calls()) {
                longest = row;
            }
        }
        return longest;
    }

    private static RepeatedStatement statement(List<Row> rows) {
        Row longest = rows.getFirst();
        int mostCalls = 0;
        Set<EventId> transactions = new HashSet<>();
        for (Row row : rows) {
            transactions.add(row.first().transactionId());
            mostCalls = Math.max(mostCalls, row.calls());
            if (row.durationMs() > longest.durationMs()) {
                longest = row;
            }
        }
        DatabaseSpan first = longest.first();
        return new RepeatedStatement(
                first.projectId(),
                first.transaction(),
                first.statement(),
                transactions.size(),
                mostCalls,
                longest.durationMs(),
                first.transactionId(),
                first.traceId());
    }
}
