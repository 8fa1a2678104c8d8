package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class ProjectDeletionIT {
    /** More than one batch of the deletion. */
    private static final int MANY = 2_500;

    private static final List<String> TABLES = List.of(
            "events",
            "transactions",
            "spans",
            "logs",
            "attachments",
            "feedback",
            "feedback_states",
            "envelopes",
            "envelope_items",
            "event_identities",
            "issue_hashes",
            "issues",
            "dead_letters",
            "issue_days",
            "issue_hours",
            "issue_users",
            "issue_tags",
            "issue_tag_keys",
            "issue_releases",
            "releases",
            "deployments",
            "project_minutes",
            "project_hours",
            "release_hours",
            "project_keys");

    private static Map<String, String> settings;
    private static RunningApi api;

    @BeforeAll
    static void start() {
        settings = RunningApi.freshSettings();
        api = RunningApi.start(settings);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void removesAllOfAProjectAndNothingElse() {
        var topic = new ProjectTopic(api);
        long doomed = add("Doomed");
        long other = add("Other");
        fill(doomed, 3);
        fill(other, 3);
        multiply(doomed);
        await().until(() -> topic.state().containsKey(doomed));

        Reply reply = api.delete("/api/v1/projects/%d/".formatted(doomed));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("status").asString()).isEqualTo("deleting");
        String job = reply.json().at("/job/href").asString();
        assertThat(job).endsWith("/" + reply.json().at("/job/id").asLong());

        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/api/v1/projects/%d/".formatted(doomed)).status() == 404);
        for (String table : TABLES) {
            assertThat(count(table, doomed)).as(table).isZero();
            assertThat(count(table, other)).as(table).isPositive();
        }
        await().until(() -> !topic.state().containsKey(doomed));
        var history = topic.historyOf(doomed);
        assertThat(history.getLast()).as("a tombstone").isEmpty();
        assertThat(history.get(history.size() - 2))
                .as("gateways were told first")
                .hasValueSatisfying(config -> assertThat(config.active()).isFalse());
        assertThat(topic.state().get(other).active()).isTrue();
        JsonNode done = await().until(
                        () -> api.get(job).json(),
                        state -> state.path("state").asString().equals("succeeded"));
        assertThat(done.path("kind").asString()).isEqualTo("project-deletion");
        assertThat(done.at("/parameters/project_id").asLong()).isEqualTo(doomed);
        assertThat(done.path("created_by").asString()).isEqualTo("admin@localhost");
        assertThat(done.at("/progress/done").asLong()).isGreaterThan(MANY);
        assertThat(done.at("/result/removed_rows").asLong())
                .isEqualTo(done.at("/progress/done").asLong());
        assertThat(done.path("finished_at").isNull()).isFalse();
        assertThat(done.at("/result/tables/envelopes").asLong()).isEqualTo(MANY + 3);
        assertThat(done.at("/result/tables/events").asLong()).isEqualTo(3);
        assertThat(done.at("/result/topic_copy_expires_on").asString())
                .as("the newest arrived on the 12th, and the topic keeps 30 days")
                .isEqualTo("2026-12-13");
    }

    @Test
    void goesOnAfterARestartWithSeveralProcesses() {
        long doomed = add("Cut off");
        fill(doomed, 3);
        multiply(doomed);
        api.close();
        // As an older release leaves it that is killed right after its answer: without a job.
        try (RunningApi between = RunningApi.start(settings)) {
            between.database()
                    .sql("UPDATE projects SET status = 'deleting' WHERE id = :id")
                    .param("id", doomed)
                    .update();
        }

        api = RunningApi.start(settings);
        try (RunningApi _ = RunningApi.start(settings)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> count("projects WHERE id =", doomed) == 0);
        }

        for (String table : TABLES) {
            assertThat(count(table, doomed)).as(table).isZero();
        }
    }

    @Test
    void waitsForThePublicationAndIsOneJobHoweverOftenItIsRequested() {
        Map<String, String> lonely = new TreeMap<>(RunningApi.freshSettings());
        lonely.put("resentry.kafka.bootstrap-servers", "127.0.0.1:1");
        try (RunningApi untold = RunningApi.start(lonely)) {
            String path = untold.get("/api/v1/projects/").json().at("/0/id").asString("");
            JsonNode first = untold.delete("/api/v1/projects/" + path).json().path("job");
            await().until(() -> !untold.get(first.path("href").asString())
                    .json()
                    .path("started_at")
                    .isNull());

            JsonNode again = untold.delete("/api/v1/projects/" + path).json().path("job");

            assertThat(again).isEqualTo(first);
            JsonNode jobs = untold.get("/api/v1/jobs/").json().path("results");
            assertThat(jobs.size()).isEqualTo(1);
            assertThat(jobs.at("/0/state").asString()).isIn("queued", "running");
            assertThat(jobs.at("/0/progress/done").asLong()).isZero();
            assertThat(untold.get("/api/v1/projects/" + path).status()).isEqualTo(200);
            assertThat(untold.get("/api/v1/jobs/999").status()).isEqualTo(404);
        }
    }

    @Test
    void refusesChangesOfADeletedProject() {
        long doomed = add("Not any more");
        // Held back, so that it is still there to be changed.
        api.database()
                .sql("UPDATE projects SET status = 'deleting' WHERE id = :id")
                .param("id", doomed)
                .update();

        Reply reply = api.patch("/api/v1/projects/" + doomed, "{\"status\": \"active\"}");

        assertThat(reply.status()).isIn(409, 404);
    }

    private static long add(String name) {
        return api.post("/api/v1/projects/", "{\"name\": \"%s\"}".formatted(name))
                .json()
                .path("id")
                .asLong();
    }

    private static void fill(long project, int days) {
        var rows = new StoredRows(api.database());
        long issue = rows.issue(project, "Title", Instant.now(), "unresolved");
        rows.hash(project, issue);
        rows.rollups(project, issue);
        var _ = rows.deployment(project);
        for (int day = 0; day < days; day++) {
            Instant at = Instant.parse("2026-11-10T10:00:00Z").plus(Duration.ofDays(day));
            UUID envelope = rows.envelope(project, at, "envelope", null, new byte[] {1});
            UUID event = rows.event(project, issue, envelope, at, "{}");
            rows.item(envelope, at, 0, project, "event", 0, 1, event);
            UUID transaction = rows.transaction(project, envelope, at, UUID.randomUUID());
            rows.span(project, envelope, at, 0, UUID.randomUUID(), transaction);
            rows.log(project, envelope, at, 0, "info", "a log", null, "{}");
            rows.attachment(project, envelope, at, 0, event, new byte[] {1});
            UUID feedback = rows.feedback(project, at, event, "It broke");
            api.database()
                    .sql("INSERT INTO feedback_states VALUES (:project, :id, 'spam', NULL, now(), 'ann')")
                    .param("project", project)
                    .param("id", feedback)
                    .update();
            rows.deadLetter(project, envelope);
        }
    }

    private static void multiply(long project) {
        api.database().sql("""
                        WITH more AS (
                            INSERT INTO envelopes
                            SELECT received_at + n * interval '1 millisecond', gen_random_uuid(), project_id, event_id, public_key,
                                   endpoint, content_encoding, content_type, client, remote_address, user_agent, origin, body,
                                   body_size, outcome, drop_reason, drop_cause, item_count
                            FROM (SELECT * FROM envelopes WHERE project_id = :project LIMIT 1) e, generate_series(1, :many) n
                            RETURNING received_at, id, project_id)
                        INSERT INTO envelope_items (received_at, envelope_id, position, project_id, type, category,
                                                    payload_offset, payload_length, outcome)
                        SELECT received_at, id, 0, project_id, 'attachment', 'attachment', 0, 1, 'stored' FROM more
                        """).params(Map.of("project", project, "many", MANY)).update();
    }

    private static long count(String table, long project) {
        String condition = table.contains("WHERE") ? "" : " WHERE project_id =";
        return api.database()
                .sql("SELECT count(*) FROM " + table + condition + " :project")
                .param("project", project)
                .query(Long.class)
                .single();
    }
}
