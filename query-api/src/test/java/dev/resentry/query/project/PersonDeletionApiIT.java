package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class PersonDeletionApiIT {
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void aPersonsDataIsRemovedByAJobThatReportsIt() {
        long project = ROWS.project("personal");
        long issue = ROWS.issue(project, "Hers and his", Instant.now(), "unresolved");
        Instant at = Instant.parse("2026-11-19T10:00:00Z");
        UUID hers = event(project, issue, at, "{\"user\": {\"ip_address\": \"198.51.100.7\"}}");
        UUID his = event(project, issue, at.plusSeconds(1), "{\"user\": {\"ip_address\": \"198.51.100.8\"}}");

        Reply reply = API.post(path(project), "{\"identifier\": \"198.51.100.7\"}");

        assertThat(reply.status()).isEqualTo(202);
        JsonNode done = await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> API.get(reply.json().at("/job/href").asString()).json(),
                        job -> job.path("state").asString().equals("succeeded"));
        assertThat(done.path("kind").asString()).isEqualTo("person-deletion");
        assertThat(done.at("/result/tables/events").asLong()).isEqualTo(1);
        assertThat(done.at("/result/tables/envelopes").asLong()).isEqualTo(1);
        assertThat(done.at("/result/topic_copy_expires_on").asString()).isEqualTo("2026-12-20");
        assertThat(done.toString()).doesNotContain("198.51.100.7");
        assertThat(API.get("/events/" + StoredRows.hex(hers)).status()).isEqualTo(404);
        assertThat(API.get("/events/" + StoredRows.hex(his)).status()).isEqualTo(200);
        assertThat(API.get("/issues/" + issue).json().path("count").asLong()).isEqualTo(1);
    }

    @Test
    void refusesWhatNamesNobody() {
        assertThat(API.post(path(999_999), "{\"identifier\": \"42\"}").status()).isEqualTo(404);
        Reply blank = API.post(path(ROWS.project("of-no-person")), "{\"identifier\": \" \"}");
        assertThat(blank.status()).isEqualTo(400);
        assertThat(blank.text()).contains("identifier");
    }

    @Test
    void tellsTheDiskThatTablesTakeAndWillTake() {
        Reply reply = API.get("/api/v1/storage");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/topics/0").propertyNames()).containsExactlyInAnyOrder("name", "bytes");
        JsonNode tables = reply.json().path("tables");
        assertThat(tables.size()).isPositive();
        assertThat(tables.at("/0").propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "bytes",
                        "retention_days",
                        "bytes_per_day",
                        "bytes_in_30_days",
                        "bytes_at_full_retention");
        assertThat(reply.json().path("bytes").asLong())
                .isEqualTo(tables.valueStream()
                        .mapToLong(table -> table.path("bytes").asLong())
                        .sum());
    }

    private static UUID event(long project, long issue, Instant at, String payload) {
        UUID envelope = ROWS.envelope(project, at, "store", null, new byte[] {1});
        return ROWS.event(project, issue, envelope, at, payload);
    }

    private static String path(long project) {
        return "/api/v1/projects/%d/person-deletions".formatted(project);
    }
}
