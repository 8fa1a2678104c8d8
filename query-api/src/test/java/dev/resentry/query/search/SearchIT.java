package dev.resentry.query.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The search language in the API's lists. */
class SearchIT {
    private static final Instant AT = Instant.parse("2026-11-18T12:00:00Z");
    private static final String PAYLOAD = """
        {"exception": {"values": [{"type": "TypeError", "value": "x"}]}, "user": {"email": "ada@example.com"}}
        """;

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void findsIssuesByTheirEvents() {
        long project = ROWS.project("searched");
        long wanted = ROWS.issue(project, "Cart is empty", AT, "unresolved");
        long other = ROWS.issue(project, "Cart is full", AT, "resolved");
        UUID event = event(project, wanted);
        event(project, other);
        ROWS.countTags(wanted);
        ROWS.countTags(other);

        for (String list : List.of(
                "/issues?project=searched", "/api/groups?project=searched", "/api/v1/issues?project=searched")) {
            assertThat(ids(list, "is:unresolved role:admin")).containsExactly(wanted);
            assertThat(ids(list, "role:admin error.type:Type*")).containsExactly(other, wanted);
            assertThat(ids(list, "!role:admin")).isEmpty();
            assertThat(ids(list, "\"cart is\" (is:resolved or user.email:nobody)"))
                    .containsExactly(other);
            assertThat(ids(list, StoredRows.hex(event))).containsExactly(wanted);
        }
        assertThat(ids("/projects/default/searched/issues?", "is:resolved")).containsExactly(other);

        Reply changed = API.put(
                "/api/v1/issues",
                "{\"filter\": {\"project\": [\"searched\"], \"query\": \"is:unresolved role:admin\"}, \"status\":"
                        + " \"ignored\"}");
        assertThat(changed.json().path("changed").asInt()).isEqualTo(1);
        assertThat(ids("/api/v1/issues?project=searched", "is:archived_forever"))
                .containsExactly(wanted);
    }

    @Test
    void findsEvents() {
        long project = ROWS.project("searched-events");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        event(project, issue);

        for (String list : List.of(
                "/api/v1/events?project=searched-events",
                "/api/events?project=searched-events",
                "/api/v1/issues/" + issue + "/events?limit=5")) {
            assertThat(results(list, "user.email:ada@*").size()).isEqualTo(1);
            assertThat(results(list, "release:shop@1.4.2 is:unresolved").size()).isEqualTo(1);
            assertThat(results(list, "release.package:shop !level:error").size())
                    .isZero();
        }
        assertThat(API.get("/api/v1/events/export?format=json&project=searched-events" + query("role:user"))
                        .json()
                        .size())
                .isZero();
        assertThat(API.get("/api/v1/events/export?format=json&project=searched-events" + query("role:admin"))
                        .json()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void saysWhereAQueryIsWrong() {
        for (String list : List.of(
                "/api/v1/issues?limit=1",
                "/api/v1/events?limit=1",
                "/issues?limit=1",
                "/api/v1/events/export?format=csv")) {
            JsonNode fault = refused(API.get(list + query("crash level:")));

            assertThat(fault.path("message").asString()).isEqualTo("Empty string after 'level:'");
            assertThat(fault.at("/details/position").asString()).isEqualTo("6");
            assertThat(fault.at("/details/length").asString()).isEqualTo("6");
            assertThat(fault.at("/details/found").asString()).isEqualTo("the end");
            assertThat(fault.at("/details/expected").asString()).isEqualTo("a value, or \"\" for an empty one");
        }
        assertThat(refused(API.get("/api/v1/issues?" + query("is:unknown")))
                        .path("message")
                        .asString())
                .contains("unresolved, resolved, ignored");
        refused(API.put("/api/v1/issues", "{\"filter\": {\"query\": \"level:loud\"}, \"status\": \"ignored\"}"));
    }

    @Test
    void listsItsFields() {
        JsonNode fields = API.get("/api/v1/search/fields?dataset=issues").json().path("fields");

        JsonNode is = fields.valueStream()
                .filter(field -> field.path("name").asString().equals("is"))
                .findFirst()
                .orElseThrow();
        assertThat(is.path("kind").asString()).isEqualTo("word");
        assertThat(is.path("words").valueStream().map(JsonNode::asString)).contains("unresolved", "archived_forever");
        assertThat(API.get("/api/v1/search/fields?dataset=cats")
                        .json()
                        .at("/details/dataset")
                        .asString())
                .isEqualTo("'cats' (expected: issues, events, transactions, logs, spans)");
    }

    private static JsonNode refused(Reply reply) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isEqualTo("invalid_query");
        return reply.json();
    }

    private static UUID event(long project, long issue) {
        return ROWS.event(project, issue, ROWS.envelope(project, AT, "envelope", null, new byte[] {1}), AT, PAYLOAD);
    }

    private static List<Long> ids(String list, String query) {
        return results(list, query)
                .valueStream()
                .map(issue -> issue.path("id").asLong())
                .toList();
    }

    private static JsonNode results(String list, String query) {
        return API.get(list + query(query)).json().path("results");
    }

    private static String query(String query) {
        return "&query=" + URLEncoder.encode(query, UTF_8);
    }
}
