package dev.resentry.storage.search;

import static dev.resentry.storage.search.SearchField.column;
import static dev.resentry.storage.search.SearchField.computed;

import dev.resentry.model.event.Level;
import java.util.ArrayList;
import java.util.List;

/** The fields of events {@code e}: from their columns, and the rest from their payloads. */
final class EventFields {
    private static final String FRAMES = "$.exception.values[*].stacktrace.frames[*]";

    private EventFields() {}

    static List<SearchField> all() {
        List<SearchField> fields = new ArrayList<>(List.of(
                column(SearchKind.UUID, "e.event_id", "id", "event.id"),
                column(SearchKind.PHRASE, "e.message", "message"),
                column(SearchKind.TEXT, "e.title", "title"),
                column(SearchKind.TEXT, "e.culprit", "culprit", "location"),
                column(SearchKind.WORD, "e.level", "level")
                        .withWords(Level.wireNames().stream().sorted().toList()),
                column(SearchKind.TEXT, payload("logger"), "logger"),
                column(SearchKind.TEXT, "e.platform", "platform", "platform.name"),
                column(SearchKind.TEXT, "e.environment", "environment"),
                column(SearchKind.TEXT, "e.transaction", "transaction"),
                column(SearchKind.TEXT, payload("dist"), "dist", "release.dist"),
                column(SearchKind.UUID, "e.trace_id", "trace", "trace_id", "trace.id"),
                column(SearchKind.TEXT, payload("contexts,trace,span_id"), "trace.span", "span_id"),
                column(SearchKind.DATE, "e.occurred_at", "timestamp", "event.timestamp", "date"),
                column(SearchKind.DATE, "e.received_at", "received", "timestamp.received"),
                column(SearchKind.TEXT, "e.sdk_name", "sdk.name"),
                column(SearchKind.TEXT, "e.sdk_version", "sdk.version")));
        fields.addAll(ReleaseFields.of("e.release", "e.project_id"));
        fields.addAll(errors());
        fields.addAll(UserFields.of("e.payload"));
        fields.addAll(requests());
        fields.addAll(contexts());
        return fields;
    }

    /** What leads from an event to its issue and project, in lists of events. */
    static List<SearchField> own() {
        return List.of(
                computed(SearchKind.TEXT, new IdTerms("e.issue_id", IdTerms.Of.ISSUE), "issue", "issue.id"),
                computed(
                        SearchKind.TEXT,
                        new IdTerms("e.project_id", IdTerms.Of.PROJECT),
                        "project",
                        "project.id",
                        "project.name"));
    }

    private static List<SearchField> errors() {
        return List.of(
                // Of an event whose payload is not kept, there is still the column.
                elements(SearchKind.TEXT, """
                    (SELECT jsonb_path_query(e.payload, '$.exception.values[*].type') #>> '{}' AS v
                     UNION ALL SELECT e.error_type) AS element\
                    """, "element.v", "error.type"),
                element("$.exception.values[*].value", "error.value"),
                element("$.exception.values[*].mechanism.type", "error.mechanism"),
                elements(SearchKind.BOOLEAN, handled(), "element.v = 'true'", "error.handled"),
                elements(SearchKind.BOOLEAN, handled(), "element.v = 'false'", "error.unhandled"),
                element(FRAMES + ".filename", "stack.filename"),
                element(FRAMES + ".abs_path", "stack.abs_path"),
                element(FRAMES + ".module", "stack.module"),
                element(FRAMES + ".function", "stack.function"),
                element(FRAMES + ".package", "stack.package"));
    }

    private static String handled() {
        return """
            (SELECT jsonb_path_query(e.payload, '$.exception.values[*].mechanism.handled ? (@.type() == "boolean")') #>> '{}' AS v
             UNION ALL SELECT e.handled::text WHERE NOT e.payload_kept AND e.handled IS NOT NULL) AS element\
            """;
    }

    private static List<SearchField> requests() {
        return List.of(
                column(SearchKind.TEXT, payload("request,method"), "http.method"),
                column(SearchKind.TEXT, payload("request,url"), "http.url"),
                column(
                        SearchKind.TEXT,
                        "(jsonb_path_query_first(e.payload, '$.request.headers[*] ? (@[0] == \"Referer\" || @[0] =="
                                + " \"referer\")[1]') #>> '{}')",
                        "http.referer"),
                column(SearchKind.TEXT, payload("contexts,response,status_code"), "http.status_code"));
    }

    private static List<SearchField> contexts() {
        List<SearchField> fields = new ArrayList<>();
        for (String name :
                List.of("name", "version", "build", "kernel_version", "distribution_name", "distribution_version")) {
            fields.add(context("os", name));
        }
        fields.add(column(SearchKind.BOOLEAN, bool("contexts,os,rooted"), "os.rooted"));
        for (String name : List.of(
                "name",
                "family",
                "model",
                "model_id",
                "arch",
                "brand",
                "manufacturer",
                "class",
                "locale",
                "orientation",
                "uuid")) {
            fields.add(context("device", name));
        }
        fields.add(column(SearchKind.BOOLEAN, bool("contexts,device,simulator"), "device.simulator"));
        fields.add(column(SearchKind.NUMBER, number("contexts,device,battery_level"), "device.battery_level"));
        fields.add(column(SearchKind.SIZE, number("contexts,device,memory_size"), "device.memory_size"));
        fields.add(column(SearchKind.SIZE, number("contexts,device,free_memory"), "device.free_memory"));
        for (String context : List.of("browser", "runtime")) {
            fields.add(context(context, "name"));
            fields.add(context(context, "version"));
        }
        for (String name : List.of("app_name", "app_version", "app_build", "app_identifier")) {
            fields.add(
                    column(SearchKind.TEXT, payload("contexts,app," + name), "app." + name.substring("app_".length())));
        }
        for (String name : List.of("country_code", "region", "city", "subdivision")) {
            fields.add(column(SearchKind.TEXT, payload("user,geo," + name), "geo." + name));
        }
        return fields;
    }

    /** What the context says, or else the tag of the same name. */
    private static SearchField context(String context, String name) {
        String key = context + "." + name;
        return column(
                SearchKind.TEXT,
                "coalesce(%s, e.tags ->> '%s')".formatted(payload("contexts," + context + "," + name), key),
                key);
    }

    private static String payload(String path) {
        return "(e.payload #>> '{%s}')".formatted(path);
    }

    private static String bool(String path) {
        return "(CASE %s WHEN 'true' THEN true WHEN 'false' THEN false END)".formatted(payload(path));
    }

    private static String number(String path) {
        return Numbers.of(payload(path));
    }

    private static SearchField element(String path, String name) {
        return elements(
                SearchKind.TEXT,
                "jsonb_path_query(e.payload, '%s') AS element(v)".formatted(path),
                "(element.v #>> '{}')",
                name);
    }

    private static SearchField elements(SearchKind kind, String from, String sql, String name) {
        return new SearchField(name, List.of(), kind, List.of(), false, new SearchSource.Elements(from, sql));
    }
}
