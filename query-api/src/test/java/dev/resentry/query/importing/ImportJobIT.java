package dev.resentry.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.project.ProjectRegistry;
import dev.resentry.service.http.Network;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.TargetRules;
import dev.resentry.service.kafka.OwnEnvelopes;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.importing.ImportRequest;
import dev.resentry.storage.importing.ImportedIssues;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueStore;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobProgress;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.project.ProjectStore;
import dev.resentry.storage.user.UserStore;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The steps of an import, taken one after the other as what runs jobs does. */
@Timeout(120)
class ImportJobIT {
    /** Of its own: what it publishes, nobody processes, and others look at a topic on which nothing waits. */
    private static final RunningApi API = RunningApi.start(RunningApi.freshSettings());

    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_STEPS = 200;

    private final String slug = "import-" + UUID.randomUUID();
    private final ForeignServer server = new ForeignServer(slug);
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();
    private int failures;

    @AfterAll
    static void stopApi() {
        API.close();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aServerThatFailsAtEachTurnIsReadToItsEndAndNothingIsBroughtTwice() throws IOException {
        String first = id();
        String second = id();
        String third = id();
        server.failing().issue("1", events(first, "a", second, "b")).issue("2", events(third, "c"));
        long job = enqueued();

        JobStep end = run(job, ImportConfiguration.MOST_OF_AN_ANSWER);

        assertThat(end).isInstanceOf(JobStep.Finished.class);
        JsonNode sums = JSON.readTree(((JobStep.Finished) end).resultJson());
        assertSums(sums, Map.of("projects", 1, "issues", 2, "events", 3, "statuses", 2, "comments", 2));
        assertThat(failures).as("it has failed").isPositive();
        assertThat(waits).isNotEmpty().containsOnly(Duration.ofSeconds(ForeignServer.RETRY_AFTER));
        assertThat(published(first, second, third)).containsExactlyInAnyOrder(first, second, third);
        assertThat(audited("project", project())).containsExactly("job project.created");
        assertThat(audited("job", job)).containsExactly("job import.ended");
        assertThat(API.get("/api/v1/audit-log?action=import.ended")
                        .json()
                        .at("/results/0/after/statuses")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void nobodyIsAlertedOfWhatAnImportSets() throws IOException {
        server.issue("1", events(id(), "a"));

        run(enqueued(), ImportConfiguration.MOST_OF_AN_ANSWER);

        long project = project();
        List<JsonNode> told = ROWS.eventsOutbox().stream()
                .map(JSON::readTree)
                .filter(record -> record.path("project_id").asLong() == project)
                .toList();
        assertThat(told)
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.path("cause").asString())
                        .as(record.toString())
                        .isEqualTo("import"));
    }

    @Test
    void anEventThatIsTooLargeIsSkippedAndTold() throws IOException {
        String first = id();
        String large = id();
        String third = id();
        server.issue("1", events(first, "a", large, "large ".repeat(2_000), third, "c"));

        JobStep end = run(enqueued(), 4_096);

        JsonNode sums = JSON.readTree(((JobStep.Finished) end).resultJson());
        assertSums(
                sums,
                Map.of("projects", 1, "issues", 1, "events", 2, "statuses", 1, "comments", 1, "skipped_events", 1));
        assertThat(sums.path("skipped_event_ids").toString()).isEqualTo("[\"%s\"]".formatted(large));
        assertThat(published(first, large, third)).containsExactlyInAnyOrder(first, third);
    }

    @Test
    void aServerThatFailsAtLongPagesIsAskedForShorterOnes() throws IOException {
        String first = id();
        String second = id();
        String third = id();
        server.failingAbove(1).issue("1", events(first, "a", second, "b", third, "c"));

        JobStep end = run(enqueued(), ImportConfiguration.MOST_OF_AN_ANSWER);

        assertThat(end).isInstanceOf(JobStep.Finished.class);
        assertThat(failures).as("a step never fails").isZero();
        assertThat(published(first, second, third)).containsExactlyInAnyOrder(first, second, third);
    }

    @Test
    void anIssueWhoseCommentsAreTooLargeIsCountedAndPassedOver() throws IOException {
        server.talkative("1").issue("1", events(id(), "a")).issue("2", events(id(), "b"));

        JobStep end = run(enqueued(), 4_096);

        assertSums(
                JSON.readTree(((JobStep.Finished) end).resultJson()),
                Map.of(
                        "projects",
                        1,
                        "issues",
                        2,
                        "events",
                        2,
                        "statuses",
                        1,
                        "comments",
                        1,
                        "issues_without_events",
                        1));
    }

    @Test
    void whatWasDoneIsRecordedAlsoOfOneThatIsGivenUp() throws IOException {
        server.issue("1", events(id(), "a"));
        long id = enqueued();
        try (ImportJob job = job(ImportConfiguration.MOST_OF_AN_ANSWER)) {
            String begun = ((JobStep.Advanced) job.step(at(id, null))).stateJson();
            String failed =
                    job.giveUp(at(id, begun), "it never answers").orElseThrow().stateJson();

            JobStep end = job.step(at(id, failed));
            job.step(at(id, failed));

            assertThat(end).isInstanceOfSatisfying(JobStep.Failed.class, step -> {
                assertThat(step.failure()).isEqualTo("it never answers");
                assertThat(JSON.readTree(step.resultJson()).path("projects").asInt())
                        .isEqualTo(1);
            });
            assertThat(audited("job", id)).as("once").containsExactly("job import.ended");
        }
    }

    /** Takes steps until the last; one that fails is taken again. Once all events are sent they are stored. */
    private JobStep run(long id, int mostOfAnAnswer) throws IOException {
        String state = null;
        boolean isStored = false;
        try (ImportJob job = job(mostOfAnAnswer)) {
            for (int i = 0; i < MAX_STEPS; i++) {
                JobStep step;
                try {
                    step = job.step(at(id, state));
                } catch (RuntimeException _) {
                    failures++;
                    continue;
                }
                switch (step) {
                    case JobStep.Advanced advanced -> state = advanced.stateJson();
                    case JobStep.Waiting(Duration retryAfter) -> waits.add(retryAfter);
                    case JobStep.Finished _, JobStep.Failed _ -> {
                        return step;
                    }
                }
                if (!isStored && state != null && ImportState.of(state).eventsRead()) {
                    store();
                    isStored = true;
                }
            }
        }
        throw new AssertionError("no end after %d steps, at %s".formatted(MAX_STEPS, state));
    }

    private static ImportJob job(int mostOfAnAnswer) {
        var limits = new SafeHttp.Limits(Duration.ofSeconds(3), Duration.ofSeconds(20), mostOfAnAnswer);
        var rules = new TargetRules(false, List.of(Network.parse("127.0.0.1")));
        SealedTokens tokens = API.bean(SealedTokens.class);
        UserStore users = API.bean(UserStore.class);
        return new ImportJob(
                new SafeHttp(rules, InetAddress::getAllByName, limits),
                new OwnEnvelopes(API.bean(KafkaSettings.class)),
                tokens,
                API.bean(ProjectStore.class),
                API.bean(ProjectRegistry.class),
                API.bean(EventQueries.class),
                new ImportedStates(
                        API.bean(ImportedIssues.class),
                        API.bean(IssueStore.class),
                        API.bean(IssueActivityStore.class),
                        users,
                        new TransactionTemplate(API.bean(PlatformTransactionManager.class))),
                new ImportAudit(API.bean(AuditLog.class), tokens, users));
    }

    /** Resting, so that nobody else takes it up. */
    private long enqueued() {
        long id = API.database()
                .sql("""
                        INSERT INTO jobs (kind, parameters, state, available_at, created_by, created_at)
                        VALUES ('import', :parameters::jsonb, 'paused', now(), 'admin@localhost', now())
                        RETURNING id
                        """)
                .param("parameters", request().json())
                .query(Long.class)
                .single();
        API.bean(SealedTokens.class).put(id, "a token");
        return id;
    }

    private ImportRequest request() {
        long administrator = API.bean(UserStore.class)
                .findByEmail("admin@localhost")
                .orElseThrow()
                .id();
        return new ImportRequest(server.url(), "acme", List.of(), 25, administrator, false);
    }

    private Job at(long id, String state) {
        return new Job(
                id,
                ImportRequest.KIND,
                request().json(),
                new JobState.Running("test", Instant.now()),
                state,
                new JobProgress(0, null),
                0,
                "admin@localhost",
                Instant.now(),
                Instant.now());
    }

    private static String id() {
        return StoredRows.hex(UUID.randomUUID());
    }

    private Map<String, String> events(String... idsAndMessages) {
        Map<String, String> events = new LinkedHashMap<>();
        for (int i = 0; i < idsAndMessages.length; i += 2) {
            events.put(idsAndMessages[i], idsAndMessages[i + 1]);
            sent.add(idsAndMessages[i]);
        }
        return events;
    }

    private long project() {
        return API.bean(ProjectStore.class).findBySlug(slug).orElseThrow().id();
    }

    /** Each event that was sent, in an issue of its own, as a processor would. */
    private void store() {
        long project = project();
        Instant at = Instant.parse("2026-11-18T12:00:00Z");
        for (String event : published(sent.toArray(String[]::new))) {
            long issue = ROWS.issue(project, "imported " + event, at, "unresolved");
            UUID stored = ROWS.event(project, issue, StoredRows.envelopeId(at), at, "{}");
            for (String table : List.of("events", "event_identities")) {
                API.database()
                        .sql("UPDATE %s SET event_id = :new::uuid WHERE project_id = :project AND event_id = :old"
                                .formatted(table))
                        .param("new", event)
                        .param("project", project)
                        .param("old", stored)
                        .update();
            }
        }
    }

    /** What of some events is on topic envelopes, as often as it is there. */
    private static List<String> published(String... events) {
        KafkaSettings settings = API.bean(KafkaSettings.class);
        List<String> published = new ArrayList<>();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", RunningApi.servers().bootstrapServers());
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer
                    .partitionsFor(settings.topics().envelopes())
                    .stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    Header id = record.headers().lastHeader(EnvelopeRecord.EVENT_ID);
                    String text = id == null ? "" : new String(id.value(), UTF_8).replace("-", "");
                    if (List.of(events).contains(text)) {
                        published.add(text);
                    }
                });
            }
        }
        return published;
    }

    private static List<String> audited(String type, long id) {
        return API.database()
                .sql(
                        "SELECT via || ' ' || action FROM audit_log WHERE object_type = :type AND object_id = :id ORDER BY id")
                .param("type", type)
                .param("id", String.valueOf(id))
                .query(String.class)
                .list();
    }

    /** Those that are not named are none. */
    private static void assertSums(JsonNode told, Map<String, Integer> sums) {
        told.properties().stream()
                .filter(sum -> sum.getValue().isNumber())
                .forEach(sum -> assertThat(sum.getValue().asInt())
                        .as(sum.getKey() + " of " + told)
                        .isEqualTo(sums.getOrDefault(sum.getKey(), 0)));
        assertThat(told.propertyNames()).containsAll(sums.keySet());
    }
}
