package dev.resentry.query.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventExportIT {
    private static final Instant AT = Instant.parse("2026-11-18T10:00:00Z");
    /** More than are read at once. */
    private static final int EVENTS = 1_203;

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @BeforeAll
    static void store() {
        long project = ROWS.project("exported");
        long issue = ROWS.issue(project, "Title", AT, "unresolved");
        UUID first = ROWS.event(project, issue, UUID.randomUUID(), AT, "{}");
        API.database()
                .sql(
                        "UPDATE events SET title = '=cmd|''/c calc''!A1', message = E'two\\nlines, \"quoted\"' WHERE event_id = :id")
                .param("id", first)
                .update();
        // Many in one microsecond: a page ends among them.
        API.database().sql("""
                        INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, strategy,
                                            hash, tags, payload_json)
                        SELECT received_at + n / 700 * interval '1 second', project_id, gen_random_uuid(), issue_id, envelope_id,
                               occurred_at, 'warning', 'Event ' || n, strategy, hash, '{}', '{}'
                        FROM events, generate_series(2, :events) n
                        WHERE event_id = :id
                        """).param("events", EVENTS).param("id", first).update();
    }

    @Test
    void givesAllEventsAsCsvOfWhichNoCellIsAFormula() {
        Reply reply = API.get("/api/v1/events/export?format=csv&project=exported");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("text/csv");
        assertThat(reply.header("Content-Disposition")).isEqualTo("attachment; filename=\"events.csv\"");
        assertThat(reply.header("X-Total-Count")).isEqualTo(Integer.toString(EVENTS));
        List<String> lines = reply.text().lines().toList();
        assertThat(lines).hasSize(1 + EVENTS + 1);
        assertThat(lines.getFirst()).startsWith("id,timestamp,received_at,project_id,issue_id,level,title,");
        assertThat(reply.text())
                .contains(",'=cmd|'/c calc'!A1,", ",\"two\nlines, \"\"quoted\"\"\",")
                .doesNotContain(",=cmd");
        assertThat(lines.stream().map(line -> line.split(",", 2)[0])).doesNotHaveDuplicates();
    }

    @Test
    void givesThemAsJsonToo() {
        JsonNode array = API.get("/api/v1/events/export?format=json&project=exported&level=warning")
                .json();
        Reply lines = API.get("/api/v1/events/export?format=ndjson&project=exported");

        assertThat(array.size()).isEqualTo(EVENTS - 1);
        assertThat(array.at("/0/title").asString()).startsWith("Event ");
        assertThat(lines.header("Content-Type")).startsWith("application/x-ndjson");
        assertThat(lines.text().lines())
                .hasSize(EVENTS)
                .allSatisfy(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .path("project_id")
                                .isNumber())
                        .isTrue());
        assertThat(API.get("/api/v1/events/export?format=json&project=exported&query=nothing+like+it")
                        .json()
                        .size())
                .isZero();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Reply reply = API.get("/api/v1/events/export?format=xml");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactly("format");
        assertThat(API.get("/api/v1/events/export?format=csv&project=nobody").status())
                .isEqualTo(404);
    }
}
