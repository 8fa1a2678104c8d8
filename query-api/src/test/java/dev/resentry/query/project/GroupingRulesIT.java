package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A project's rules of grouping, and why an event is in its issue. */
@Timeout(120)
class GroupingRulesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");
    private static final String EVENT = """
            {"event_id": "e1", "platform": "python", "exception": {"values": [{"type": "TimeoutError", "value": "after 30 s",
             "stacktrace": {"frames": [
                 {"function": "main", "module": "app", "filename": "app.py", "in_app": true},
                 {"function": "read", "module": "ssl", "filename": "ssl.py", "in_app": false}]}}]}}
            """;

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void anEventSaysWhatCountedAndWhatDidNot() {
        String event = event(ROWS.project("grouping-why"));

        JsonNode why = API.get("/api/v1/events/%s/grouping".formatted(event)).json();

        assertThat(why.path("variant").asString()).isEqualTo("app");
        assertThat(why.path("strategy").asString()).startsWith("resentry:");
        assertThat(why.path("hash").asString()).hasSize(32);
        assertThat(why.path("rule").isNull()).isTrue();
        assertThat(why.path("hashed").toString()).contains("TimeoutError", "main", "\"contributes\":false");
    }

    @Test
    void aRuleDecidesOnceItIsThere() {
        long project = ROWS.project("grouping-rules");
        String event = event(project);
        String path = "/api/v1/projects/%d/grouping-rules".formatted(project);
        assertThat(API.get(path).json().path("revision").asLong()).isZero();

        Reply reply = API.put(path, rules("# slow\ntype:TimeoutError -> slow-backend", "", 0));

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(API.get(path).json().path("fingerprint_rules").asString()).contains("slow-backend");
        JsonNode why = API.get("/api/v1/events/%s/grouping".formatted(event)).json();
        assertThat(why.path("variant").asString()).isEqualTo("fingerprint");
        assertThat(why.at("/rule/line").asInt()).isEqualTo(2);
        assertThat(why.at("/rule/origin").asString()).isEqualTo("project");
        assertThat(API.put(path, rules("", "", 0)).status())
                .as("of an old revision")
                .isEqualTo(409);
    }

    @Test
    void aFaultNamesItsPlace() {
        String path = "/api/v1/projects/%d/grouping-rules".formatted(ROWS.project("grouping-faults"));

        Reply fingerprints = API.put(path, rules("type:A -> a\nnonsense", "", 0));
        Reply stacks = API.put(path, rules("", "function:x +nothing", 0));

        assertThat(fingerprints.status()).isEqualTo(400);
        assertThat(fingerprints.json().at("/details/fingerprint_rules").asString())
                .contains("line 2, column");
        assertThat(stacks.status()).isEqualTo(400);
        assertThat(stacks.json().at("/details/stacktrace_rules").asString()).contains("line 1, column");
    }

    private static String rules(String fingerprints, String stacks, long revision) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("fingerprint_rules", fingerprints)
                .put("stacktrace_rules", stacks)
                .put("revision", revision)
                .toString();
    }

    private static String event(long project) {
        long issue = ROWS.issue(project, "T", SEEN, "unresolved");
        UUID event = ROWS.event(project, issue, StoredRows.envelopeId(SEEN), SEEN, EVENT);
        return StoredRows.hex(event);
    }
}
