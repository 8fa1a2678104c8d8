package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.Quota;
import dev.resentry.query.RunningApi;
import dev.resentry.storage.spike.SpikeProtection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Changes of projects are published to topic {@code projects} in order, also through outages and restarts. */
@Timeout(120)
class ProjectTopicIT {
    private static Map<String, String> settings;
    private static RunningApi api;
    private static ProjectTopic topic;

    @BeforeAll
    static void start() {
        settings = RunningApi.freshSettings();
        api = RunningApi.start(settings);
        topic = new ProjectTopic(api);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void publishesEveryChangeSoon() {
        long id = add("Published");
        await().atMost(Duration.ofSeconds(5)).until(() -> topic.state().containsKey(id));
        ProjectConfig first = topic.state().get(id);
        assertThat(first.active()).isTrue();
        assertThat(first.slug()).isEqualTo("published");
        assertThat(first.keys()).hasSize(1);

        JsonNode changed = api.post("/api/v1/projects/%d/keys/".formatted(id), "{\"label\": \"2\"}")
                .json();
        api.patch(
                "/api/v1/projects/%d/keys/%d/"
                        .formatted(id, changed.path("keys").path(0).path("id").asLong()),
                "{\"active\": false}");
        api.patch("/api/v1/projects/%d/".formatted(id), "{\"status\": \"disabled\"}");

        await().untilAsserted(() -> {
            ProjectConfig last = topic.state().get(id);
            assertThat(last.active()).isFalse();
            assertThat(last.keys()).extracting(ProjectConfig.Key::active).containsExactly(false, true);
            assertThat(last.revision()).isEqualTo(first.revision() + 3);
        });
    }

    @Test
    void publishesLimitsAndOrigins() {
        long id = add("Obeyed");
        String path = "/api/v1/projects/%d/".formatted(id);
        JsonNode project = api.patch(path, """
                {"allowed_origins": ["*.shop.example"],
                 "limits": [{"categories": ["transaction"], "limit": 10, "window_seconds": 1}]}""").json();
        api.patch(path + "keys/" + project.at("/keys/0/id").asLong(), """
                {"limits": [{"limit": 0, "window_seconds": 60, "reason_code": "leaked"}]}""");

        await().untilAsserted(() -> {
            ProjectConfig last = topic.state().get(id);
            assertThat(last).isNotNull();
            assertThat(last.allowedOrigins()).containsExactly("*.shop.example");
            assertThat(last.quotas())
                    .containsExactly(
                            new Quota(Set.of(DataCategory.TRANSACTION), 10, Duration.ofSeconds(1), "project_quota"));
            assertThat(last.keys().getFirst().quotas())
                    .containsExactly(new Quota(Set.of(), 0, Duration.ofMinutes(1), "leaked"));
        });
    }

    @Test
    void publishesTheLimitOfASpikeUntilItIsLiftedOrProtectionIsSwitchedOff() {
        long id = add("Protected");
        String path = "/api/v1/projects/%d/".formatted(id);
        assertThat(api.get(path).json().path("spike_protection").asBoolean()).isFalse();
        api.patch(path, "{\"spike_protection\": true, \"limits\": [{\"limit\": 500, \"window_seconds\": 60}]}");
        api.database().sql("""
                        INSERT INTO spikes (project_id, issue_id, started_at, noted_at, last_at, peak, usual, threshold, short_history)
                        VALUES (:id, 0, now(), now(), now(), 90, 10, 30, false)
                        """).param("id", id).update();
        var protection = new SpikeProtection(api.database());

        assertThat(protection.apply(Instant.now())).isEqualTo(1);
        await().untilAsserted(() -> assertThat(topic.state().get(id).quotas())
                .containsExactly(new Quota(Set.of(), 500, Duration.ofMinutes(1), "project_quota"), Quota.ofSpike(30)));
        assertThat(api.get(path).json().at("/spike_limit/limit").asInt()).isEqualTo(30);

        api.database().sql("UPDATE spikes SET ended_at = now()").update();
        assertThat(protection.apply(Instant.now())).isEqualTo(1);
        await().untilAsserted(() -> assertThat(topic.state().get(id).quotas()).hasSize(1));

        api.database().sql("UPDATE spikes SET ended_at = NULL").update();
        protection.apply(Instant.now());
        await().untilAsserted(() -> assertThat(topic.state().get(id).quotas()).hasSize(2));
        api.patch(path, "{\"spike_protection\": false}");
        await().untilAsserted(() -> assertThat(topic.state().get(id).quotas()).hasSize(1));
        assertThat(protection.apply(Instant.now())).isZero();
    }

    @Test
    void rebuildsALostTopicWhenAskedAndWhenStarted() throws Exception {
        add("Kept");
        await().untilAsserted(() -> assertThat(topic.state()).hasSameSizeAs(projects()));
        Map<Long, ProjectConfig> before = topic.state();

        topic.lose();
        assertThat(topic.state()).isEmpty();
        var reply = api.post("/api/v1/projects/republish", "{}");
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("projects").asInt()).isEqualTo(before.size());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topic.state()).isEqualTo(before));

        topic.lose();
        try (RunningApi _ = RunningApi.start(settings)) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(topic.state()).isEqualTo(before));
        }
    }

    @Test
    void takesChangesWhileKafkaIsAwayAndPublishesThemLater() {
        RunningApi.servers().stopKafka();
        long id;
        try {
            id = add("Away");
            assertThat(api.get("/health").status()).isEqualTo(200);
            assertThat(api.get("/health/ready").status()).isEqualTo(503);
        } finally {
            RunningApi.servers().startKafka();
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> topic.state().containsKey(id));
        await().untilAsserted(
                        () -> assertThat(api.get("/health/ready").status()).isEqualTo(200));
    }

    /** The last record of a compacted topic stays, so it has to be the newest. */
    @Test
    void neverPublishesAnOlderStateLast() {
        long id = add("Ordered");
        try (RunningApi second = RunningApi.start(settings);
                RunningApi third = RunningApi.start(settings)) {
            List<RunningApi> all = List.of(api, second, third);
            IntStream.range(0, 90)
                    .parallel()
                    .forEach(i ->
                            all.get(i % 3).patch("/api/v1/projects/" + id, "{\"platform\": \"p%d\"}".formatted(i)));
            await().atMost(Duration.ofSeconds(30)).until(() -> outbox() == 0);

            List<Long> revisions = topic.historyOf(id).stream()
                    .flatMap(Optional::stream)
                    .map(ProjectConfig::revision)
                    .toList();
            assertThat(revisions).isSorted();
            assertThat(revisions.getLast()).isEqualTo(revision(id));
        }
    }

    @Test
    @Timeout(60)
    void aStopIsNotHeldUpByAKafkaThatIsAway() {
        Map<String, String> lonely = new TreeMap<>(RunningApi.freshSettings());
        lonely.put("resentry.kafka.bootstrap-servers", "127.0.0.1:1");
        RunningApi started = RunningApi.start(lonely);
        assertThat(started.get("/api/v1/projects/").status()).isEqualTo(200);

        started.close();

        assertThat(started.isRunning()).isFalse();
    }

    private static long add(String name) {
        return api.post("/api/v1/projects/", "{\"name\": \"%s\"}".formatted(name))
                .json()
                .path("id")
                .asLong();
    }

    private static List<JsonNode> projects() {
        return api.get("/api/v1/projects/").json().valueStream().toList();
    }

    private static long outbox() {
        return api.database()
                .sql("SELECT count(*) FROM project_outbox")
                .query(Long.class)
                .single();
    }

    private static long revision(long id) {
        return api.database()
                .sql("SELECT revision FROM projects WHERE id = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }
}
