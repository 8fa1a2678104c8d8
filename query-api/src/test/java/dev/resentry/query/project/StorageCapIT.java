package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StorageCapIT {
    private static final RunningApi API = RunningApi.shared();
    private static final Instant AT = Instant.parse("2026-11-18T10:07:00Z");

    @Test
    void aCapIsSetAndTakenAwayAndIsOnRecord() {
        long project = project("cap-write");
        assertThat(API.get(path(project))
                        .json()
                        .path("payloads_per_issue_per_day")
                        .isNull())
                .isTrue();

        Reply set = change(project, "100", 0);
        assertThat(set.json().path("payloads_per_issue_per_day").asInt()).isEqualTo(100);
        assertThat(change(project, "5", 0).status()).as("somebody was faster").isEqualTo(409);
        assertThat(change(project, "null", 1)
                        .json()
                        .path("payloads_per_issue_per_day")
                        .isNull())
                .isTrue();

        assertThat(API.database()
                        .sql("SELECT coalesce(after->>'payloads_per_issue_per_day', 'none') FROM audit_log"
                                + " WHERE action = 'project.storage_cap_changed' AND object_id = :project ORDER BY id")
                        .param("project", String.valueOf(project))
                        .query(String.class)
                        .list())
                .containsExactly("100", "none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1000001"})
    void aCapIsANumberOfEvents(String cap) {
        Reply reply = change(project("cap-refused-" + UUID.randomUUID()), cap, 0);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").has("payloads_per_issue_per_day"))
                .isTrue();
    }

    @Test
    void eventsThatAreOnlyCountedSaySoAndSoDoesTheirIssue() {
        var rows = new StoredRows(API.database());
        long project = project("cap-shown");
        long issue = rows.issue(project, "Flood", AT, "unresolved");
        UUID envelope = rows.envelope(project, AT, "envelope", null, new byte[] {'{', '}'});
        String kept = StoredRows.hex(rows.event(project, issue, envelope, AT, "{\"extra\": {\"cart\": 7}}"));
        assertThat(API.get("/api/v1/issues/" + issue).json().path("capped_days").isEmpty())
                .isTrue();
        UUID without = rows.event(project, issue, envelope, AT.plusSeconds(1), "{}");
        String cut = StoredRows.hex(without);
        API.database()
                .sql("UPDATE events SET payload_kept = false WHERE event_id = :id")
                .param("id", without)
                .update();
        API.database()
                .sql("INSERT INTO issue_days (issue_id, day, project_id, payloads, only_counted)"
                        + " VALUES (:issue, '2026-11-18', :project, 1, 1)")
                .param("issue", issue)
                .param("project", project)
                .update();

        JsonNode day = API.get("/api/v1/issues/" + issue).json().at("/capped_days/0");
        assertThat(day.path("day").asString()).isEqualTo("2026-11-18");
        assertThat(day.path("payloads").asLong()).isEqualTo(1);
        assertThat(day.path("only_counted").asLong()).isEqualTo(1);
        assertThat(day.path("first_event_id").asString()).isEqualTo(kept);
        assertThat(API.get("/api/v1/events/" + kept).json().path("payload_kept").asBoolean())
                .isTrue();
        assertThat(API.get("/api/v1/events/" + cut).json().path("payload_kept").asBoolean())
                .isFalse();
        for (String part : List.of("stacktrace", "grouping")) {
            assertThat(API.get("/api/v1/events/%s/%s".formatted(kept, part)).status())
                    .as(part)
                    .isEqualTo(200);
            assertNotKept(API.get("/api/v1/events/%s/%s".formatted(cut, part)), envelope);
        }
        assertNotKept(API.post("/api/v1/projects/%d/scrubbing/try".formatted(project), """
                        {"event_id": "%s", "settings": {"enabled": true, "fields": [], "safe_fields": [], "ip_addresses": "keep",
                         "rules": []}}""".formatted(cut)), envelope);
    }

    /** Says where what was sent still is. */
    private static void assertNotKept(Reply reply, UUID envelope) {
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.json().at("/details/payload_kept").asString())
                .contains("only counted", "/api/v1/envelopes/%s/raw".formatted(envelope));
    }

    private static Reply change(long project, String cap, int revision) {
        return API.put(
                path(project), "{\"payloads_per_issue_per_day\": %s, \"revision\": %d}".formatted(cap, revision));
    }

    private static long project(String slug) {
        return new StoredRows(API.database()).project(slug);
    }

    private static String path(long project) {
        return "/api/v1/projects/%d/storage-cap".formatted(project);
    }
}
