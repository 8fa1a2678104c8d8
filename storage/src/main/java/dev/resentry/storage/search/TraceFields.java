package dev.resentry.storage.search;

import static dev.resentry.storage.search.SearchField.column;
import static dev.resentry.storage.search.SearchField.computed;

import java.util.ArrayList;
import java.util.List;

/** The fields of transactions {@code t}, spans {@code s} and logs {@code l}. */
final class TraceFields {
    private TraceFields() {}

    static List<SearchField> ofTransactions() {
        List<SearchField> fields = new ArrayList<>(List.of(
                column(SearchKind.UUID, "t.event_id", "id", "event.id"),
                column(SearchKind.TEXT, "t.name", "transaction", "title", "transaction.name"),
                column(SearchKind.TEXT, "t.op", "transaction.op", "op"),
                column(SearchKind.TEXT, "t.status", "transaction.status", "status"),
                column(SearchKind.DURATION, "t.duration_ms", "transaction.duration", "duration"),
                column(SearchKind.UUID, "t.trace_id", "trace", "trace_id", "trace.id"),
                column(SearchKind.TEXT, "t.span_id", "trace.span", "span_id"),
                column(SearchKind.TEXT, "t.parent_span_id", "trace.parent_span", "parent_span"),
                column(SearchKind.DATE, "t.ended_at", "timestamp", "event.timestamp", "date"),
                column(SearchKind.DATE, "t.started_at", "started"),
                column(SearchKind.DATE, "t.received_at", "received", "timestamp.received"),
                column(SearchKind.TEXT, "t.platform", "platform", "platform.name"),
                column(SearchKind.TEXT, "t.environment", "environment"),
                column(SearchKind.TEXT, "t.http_method", "http.method"),
                column(SearchKind.NUMBER, "t.http_status", "http.status_code"),
                column(SearchKind.TEXT, "(t.payload #>> '{request,url}')", "http.url"),
                column(SearchKind.TEXT, "t.sdk_name", "sdk.name"),
                column(SearchKind.TEXT, "t.sdk_version", "sdk.version"),
                column(SearchKind.NUMBER, "t.span_count", "span_count")));
        for (String name : List.of("lcp", "fcp", "fid", "inp", "ttfb")) {
            fields.add(column(SearchKind.DURATION, measurement(name), "measurements." + name));
        }
        fields.add(column(SearchKind.NUMBER, measurement("cls"), "measurements.cls"));
        fields.addAll(ReleaseFields.of("t.release", "t.project_id"));
        fields.addAll(UserFields.of("t.payload"));
        fields.add(project("t.project_id"));
        return List.copyOf(fields);
    }

    private static String measurement(String name) {
        return Numbers.of("(t.measurements #>> '{%s,value}')".formatted(name));
    }

    static List<SearchField> ofSpans() {
        return List.of(
                column(SearchKind.TEXT, "s.span_id", "id", "span_id"),
                column(SearchKind.TEXT, "s.op", "span.op", "op"),
                column(SearchKind.PHRASE, "s.description", "span.description", "description", "message"),
                column(SearchKind.TEXT, "s.status", "span.status", "status"),
                column(SearchKind.TEXT, "s.origin", "origin"),
                column(SearchKind.DURATION, "s.duration_ms", "span.duration", "duration"),
                column(SearchKind.UUID, "s.trace_id", "trace", "trace_id", "trace.id"),
                column(SearchKind.TEXT, "s.parent_span_id", "parent_span"),
                column(SearchKind.UUID, "s.transaction_id", "transaction.id"),
                column(SearchKind.BOOLEAN, "s.segment", "is_transaction", "is_segment"),
                column(SearchKind.DATE, "s.started_at", "timestamp", "started"),
                column(SearchKind.DATE, "s.received_at", "received", "timestamp.received"),
                project("s.project_id"));
    }

    static List<SearchField> ofLogs() {
        List<SearchField> fields = new ArrayList<>(List.of(
                column(SearchKind.PHRASE, "l.body", "message", "body"),
                column(SearchKind.WORD, "l.level", "severity", "level", "severity_text")
                        .withWords(List.of("trace", "debug", "info", "warn", "error", "fatal")),
                column(SearchKind.NUMBER, "l.severity_number", "severity_number"),
                column(SearchKind.DATE, "l.occurred_at", "timestamp", "date"),
                column(SearchKind.NUMBER, "(extract(epoch FROM l.occurred_at) * 1000000000)", "timestamp_precise"),
                column(SearchKind.DATE, "l.received_at", "received", "timestamp.received"),
                column(SearchKind.UUID, "l.trace_id", "trace", "trace_id", "trace.id"),
                column(SearchKind.TEXT, "l.span_id", "span_id", "trace.span"),
                column(SearchKind.TEXT, "l.environment", "environment"),
                column(SearchKind.TEXT, "l.sdk_name", "sdk.name"),
                column(SearchKind.TEXT, "l.server_address", "server.address", "host")));
        fields.addAll(ReleaseFields.of("l.release", "l.project_id"));
        fields.add(project("l.project_id"));
        return List.copyOf(fields);
    }

    private static SearchField project(String id) {
        return computed(SearchKind.TEXT, new IdTerms(id, IdTerms.Of.PROJECT), "project", "project.id", "project.name");
    }
}
