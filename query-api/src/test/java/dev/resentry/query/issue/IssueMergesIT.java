package dev.resentry.query.issue;

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

/** Merging by the API, and taking apart. */
@Timeout(120)
class IssueMergesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void whatMatchesIsMergedIntoTheLargestAndNothingElse() {
        long project = ROWS.project("merging");
        long large = issue(project, "Timeout of the cart", 2);
        long small = issue(project, "Timeout of the shelf", 1);
        long other = issue(project, "Another fault", 1);

        Reply reply =
                API.post("/api/v1/issues/merge", "{\"filter\": {\"project\": [\"merging\"], \"query\": \"Timeout\"}}");

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.json().path("issue_id").asLong()).isEqualTo(large);
        assertThat(reply.json().path("merged").asInt()).isEqualTo(1);
        awaitJob(reply);
        assertThat(API.get("/api/v1/issues/" + large).json().path("events").asInt())
                .isEqualTo(3);
        assertThat(API.get("/api/v1/issues/" + other).json().path("events").asInt())
                .isEqualTo(1);
        JsonNode followed = API.get("/api/v1/issues/" + small).json();
        assertThat(followed.path("id").asLong()).as("its address leads on").isEqualTo(large);
        assertThat(API.get("/api/v1/issues/%d/events".formatted(small))
                        .json()
                        .path("results")
                        .size())
                .isEqualTo(3);
        JsonNode activity =
                API.get("/api/v1/issues/%d/activity".formatted(large)).json();
        assertThat(activity.at("/results/0/kind").asString()).isEqualTo("merge");
        assertThat(activity.at("/results/0/data/issues/0/title").asString()).isEqualTo("Timeout of the shelf");
    }

    @Test
    void hashesAreListedAndTakenOut() {
        long project = ROWS.project("unmerging");
        long issue = ROWS.issue(project, "Two faults", SEEN, "unresolved");
        event(project, issue);
        String hash = event(project, issue);

        JsonNode hashes =
                API.get("/api/v1/issues/%d/hashes".formatted(issue)).json().path("results");
        assertThat(hashes.size()).isEqualTo(2);
        assertThat(hashes).extracting(entry -> entry.path("hash").asString()).contains(hash);
        Reply reply = API.post("/api/v1/issues/%d/unmerge".formatted(issue), "{\"hashes\": [\"%s\"]}".formatted(hash));

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        awaitJob(reply);
        long made = reply.json().path("issue_id").asLong();
        assertThat(API.get("/api/v1/issues/" + made).json().path("events").asInt())
                .isEqualTo(1);
        assertThat(API.get("/api/v1/issues/" + issue).json().path("events").asInt())
                .isEqualTo(1);
        Reply rest = API.post("/api/v1/issues/%d/unmerge".formatted(made), "{\"hashes\": [\"%s\"]}".formatted(hash));
        assertThat(rest.status()).isEqualTo(400);
        assertThat(rest.json().at("/details").propertyNames()).containsExactly("hashes");
    }

    @Test
    void issuesOfTwoProjectsStayApart() {
        long one = issue(ROWS.project("merge-one"), "T", 1);
        long other = issue(ROWS.project("merge-other"), "T", 1);

        assertThat(API.post("/api/v1/issues/merge", "{\"ids\": [%d, %d]}".formatted(one, other))
                        .status())
                .isEqualTo(400);
        assertThat(API.post("/api/v1/issues/merge", "{\"into\": %d, \"ids\": [%d]}".formatted(one, other))
                        .status())
                .isEqualTo(400);
        assertThat(API.post("/api/v1/issues/merge", "{\"ids\": [%d]}".formatted(one))
                        .status())
                .isEqualTo(400);
    }

    private static long issue(long project, String title, int events) {
        long issue = ROWS.issue(project, title, SEEN, "unresolved");
        for (int i = 0; i < events; i++) {
            event(project, issue);
        }
        API.database()
                .sql("UPDATE issues SET event_count = :events WHERE id = :id")
                .param("events", events)
                .param("id", issue)
                .update();
        return issue;
    }

    private static String event(long project, long issue) {
        UUID event = ROWS.event(project, issue, StoredRows.envelopeId(SEEN), SEEN, "{}");
        return ROWS.hash(project, issue, event);
    }

    private static void awaitJob(Reply reply) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> API.get(reply.json().at("/job/href").asString())
                                .json()
                                .path("state")
                                .asString(),
                        "succeeded"::equals);
    }
}
