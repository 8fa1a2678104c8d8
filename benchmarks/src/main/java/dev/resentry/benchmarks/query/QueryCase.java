package dev.resentry.benchmarks.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.model.issue.ShortId;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A question that is asked of the API again and again, about one thing after the other.
 *
 * @param name of the floor, it begins with {@link #FLOOR}
 * @param paths one of which each request takes
 */
record QueryCase(String name, List<String> paths) {
    static final String FLOOR = "floor: ";

    private static final int THINGS = 20;

    /** All, over what a filled database has. */
    static List<QueryCase> all(EmbeddedPostgres postgres, String database) throws SQLException {
        try (Connection connection = postgres.connect(database)) {
            Instant until = Instant.parse(texts(
                            connection,
                            "SELECT to_char(max(received_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM events")
                    .getFirst());
            // From the busiest down to those with a few events.
            List<String> issues = texts(connection, """
                    SELECT id || ' ' || slug
                    FROM (SELECT i.id, p.slug, row_number() OVER (ORDER BY i.event_count DESC, i.id) AS rank
                          FROM issues i JOIN projects p ON p.id = i.project_id) AS i
                    WHERE rank IN (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597, 2584, 4181, 6765, 10946)
                    """);
            List<String> events = texts(
                    connection,
                    "SELECT replace(event_id::text, '-', '') FROM event_identities WHERE abs(hashtext(event_id::text)) %% 997 = 0 LIMIT %d"
                            .formatted(THINGS));
            List<String> traces = texts(
                    connection,
                    "SELECT replace(trace_id::text, '-', '') FROM transactions WHERE abs(hashtext(trace_id::text)) %% 97 = 0 LIMIT %d"
                            .formatted(THINGS));
            List<String> requests = texts(
                    connection,
                    "SELECT tags ->> 'request_id' FROM events WHERE issue_id = %s AND abs(hashtext(event_id::text)) %% 97 = 0 LIMIT %d"
                            .formatted(issues.getFirst().split(" ", 2)[0], THINGS));
            return all(until, issues.stream().map(QueryCase::shortId).toList(), events, traces, requests);
        }
    }

    private static ShortId shortId(String idAndSlug) {
        String[] parts = idAndSlug.split(" ", 2);
        return new ShortId(parts[1], Long.parseLong(parts[0]));
    }

    private static List<QueryCase> all(
            Instant until, List<ShortId> busy, List<String> events, List<String> traces, List<String> requests) {
        List<String> issues =
                busy.stream().map(id -> Long.toString(id.issueId())).toList();
        String day = "start=%s&end=%s".formatted(until.minus(Duration.ofDays(1)), until);
        String fortnight = "start=%s&end=%s".formatted(until.minus(Duration.ofDays(14)), until);
        String since = "start=" + until.minus(Duration.ofDays(1));
        List<QueryCase> cases = new ArrayList<>();
        cases.add(new QueryCase(
                FLOOR + "one look-up by key",
                busy.stream().map("/api/v1/short-ids/%s"::formatted).toList()));
        for (String sort : List.of("last_seen", "first_seen", "events", "users")) {
            cases.add(one("issues by " + sort, "/api/v1/issues?sort=" + sort));
        }
        cases.add(one("issues, unresolved errors", "/api/v1/issues?status=unresolved&level=error"));
        cases.add(one("issues of a project and day", "/api/v1/issues?project=project-3&" + since));
        cases.add(one("issues of a day by events", "/api/v1/issues?sort=events&" + since));
        cases.add(one("issues of production", "/api/v1/issues?environment=production&" + since));
        cases.add(searched(
                "issues by free text", List.of("\"refused for the order\"", "permission denied", "invoice 19")));
        cases.add(searched(
                "issues by tag of few values", List.of("browser:Firefox", "os:iOS is:unresolved", "plan:enterprise")));
        cases.add(searched(
                "issues by tag of many values",
                List.of(
                        "server_name:web-40-7",
                        "server_name:web-3-11",
                        "server_name:web-21-0",
                        "server_name:web-50-19")));
        cases.add(searched(
                "issues by tag with room for 1,000", List.of("customer:customer-4000", "customer:customer-2711")));
        cases.add(searched(
                "issues by tag of one event",
                requests.stream().map("request_id:%s"::formatted).toList()));
        cases.add(searched("issues by release:latest", List.of("release:latest", "release:latest is:unresolved")));
        cases.add(of("tags of an issue", issues, "/api/v1/issues/%s/tags"));
        cases.add(of("issue", issues, "/api/v1/issues/%s"));
        cases.add(of("issue by hour", issues, "/api/v1/issues/%s/stats"));
        cases.add(of("events of an issue", issues, "/api/v1/issues/%s/events"));
        cases.add(of("event", events, "/api/v1/events/%s"));
        cases.add(of("event with its neighbours", issues, "/api/v1/issues/%s/events/latest"));
        cases.add(one("project by hour", "/api/v1/projects/1/stats?resolution=hour"));
        String groups = "/api/v1/explore/events?field=release&field=count()&field=count_unique(user)&sort=-count()&";
        cases.add(one("explorer, groups of 24 h", groups + day));
        cases.add(one("explorer, groups of 14 d", groups + fortnight));
        cases.add(one(
                "explorer, rows of 24 h", "/api/v1/explore/events?field=title&field=browser&field=received&" + day));
        cases.add(one("transactions by endpoint", "/api/v1/performance/transactions?" + day));
        cases.add(of("trace", traces, "/api/v1/traces/%s"));
        cases.add(new QueryCase(
                "logs by text",
                List.of(
                        "/api/v1/logs?query=" + encoded("customer 412") + "&" + day,
                        "/api/v1/logs?query=" + encoded("payment took long") + "&project=project-2&" + day)));
        return cases;
    }

    private static QueryCase one(String name, String path) {
        return new QueryCase(name, List.of(path));
    }

    private static QueryCase of(String name, List<String> ids, String path) {
        return new QueryCase(name, ids.stream().map(path::formatted).toList());
    }

    private static QueryCase searched(String name, List<String> queries) {
        return new QueryCase(
                name,
                queries.stream()
                        .map(query -> "/api/v1/issues?query=" + encoded(query))
                        .toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static List<String> texts(Connection connection, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}
