package dev.resentry.storage.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ledger.TopicLedger.PartitionBounds;
import dev.resentry.storage.process.ProcessRegistry;
import dev.resentry.storage.process.RegisteredProcess;
import dev.resentry.testsupport.server.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** What the pipeline page is made of, out of the ledger. */
class ThroughputIT {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static TopicLedger ledger;
    private static ThroughputQueries throughput;

    private final UUID topic = UUID.randomUUID();

    @BeforeAll
    static void start() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        ledger = new TopicLedger(pool, new DataSourceTransactionManager(pool));
        throughput = new ThroughputQueries(jdbc);
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void aMinuteHasWhatWasAcceptedAndWhatBecameOfWhatWasProcessedInIt() {
        watch(NOON.minusSeconds(30), 100, 40);
        fates(0, 0, 100, "stored");
        processed(0, 100);
        watch(NOON.plusSeconds(5), 150, 40);
        watch(NOON.plusSeconds(50), 220, 40);
        fates(0, 100, 180, "stored");
        fates(0, 180, 190, "dead");
        fates(0, 190, 200, "dropped");
        processed(0, 200);
        watch(NOON.plusSeconds(70), 220, 45);

        assertThat(throughput.minutes(topic, NOON, NOON.plusSeconds(180)))
                .containsExactly(
                        new MinuteCounts(NOON, 120, 100, 0, 0), new MinuteCounts(NOON.plusSeconds(60), 5, 80, 10, 10));
    }

    @Test
    void aMinuteInWhichNobodyLookedIsNotCounted() {
        watch(NOON, 100, 0);
        watch(NOON.plusSeconds(180), 500, 0);
        watch(NOON.plusSeconds(240), 501, 0);

        assertThat(throughput.minutes(topic, NOON, NOON.plusSeconds(600)))
                .containsExactly(
                        new MinuteCounts(NOON, 0, 0, 0, 0), new MinuteCounts(NOON.plusSeconds(240), 1, 0, 0, 0));
    }

    @Test
    void theFirstMinuteOfATopicCountsFromTheFirstLookOn() {
        watch(NOON.plusSeconds(10), 100, 7);
        fates(0, 0, 3, "stored");
        processed(0, 3);
        assertThat(throughput.offsetsAt(topic, NOON))
                .isEqualTo(new MinuteOffsets(Map.of(0, 100L, 1, 7L), Map.of(0, 0L, 1, 0L)));

        watch(NOON.plusSeconds(40), 105, 7);
        watch(NOON.plusSeconds(70), 125, 7);

        assertThat(throughput.minutes(topic, NOON, NOON.plusSeconds(120)))
                .containsExactly(
                        new MinuteCounts(NOON, 5, 3, 0, 0), new MinuteCounts(NOON.plusSeconds(60), 20, 0, 0, 0));
        assertThat(throughput.offsetsAt(topic, NOON.minusSeconds(60))).isEqualTo(MinuteOffsets.UNKNOWN);
    }

    @Test
    void fatesAreCountedBetweenOffsetsAlsoInTheMidstOfRuns() {
        watch(NOON, 100, 100);
        fates(0, 0, 50, "stored");
        fates(0, 50, 60, "duplicate");
        fates(0, 60, 100, "lost");
        fates(1, 0, 100, "dead");

        assertThat(throughput.fates(topic, Map.of(0, 40L, 1, 90L), Map.of(0, 70L, 1, 95L)))
                .isEqualTo(new FateCounts(10, 10, 0, 5, 10));
        assertThat(throughput.fates(topic, Map.of(0, 40L), Map.of(0, 45L, 1, 100L)))
                .as("a partition without a beginning")
                .isEqualTo(new FateCounts(5, 0, 0, 0, 0));
    }

    @Test
    void sinceWhenAPartitionEndsBehindAnOffsetIsKnownToTheMinute() {
        watch(NOON, 100, 7);
        watch(NOON.plusSeconds(60), 140, 7);
        watch(NOON.plusSeconds(120), 190, 7);

        assertThat(throughput.endedBehindSince(topic, Map.of(0, 150L, 1, 3L)))
                .as("partition 1 was behind from the first look on")
                .containsExactly(Map.entry(0, NOON.plusSeconds(120)));
    }

    @Test
    void theNoisiestProjectsAreThoseThatSendMostRefusedOrNot() {
        long quiet = project("quiet");
        long limited = project("limited");
        for (long[] sent : new long[][] {{quiet, 30}, {limited, 10}}) {
            jdbc.sql("INSERT INTO envelope_totals VALUES (:project, '2026-11-20 12:00Z', 'stored', '', :sent, :sent)")
                    .param("project", sent[0])
                    .param("sent", sent[1])
                    .update();
        }
        for (String hour : new String[] {"06:00", "10:00", "11:00", "12:00"}) {
            jdbc.sql("""
                            INSERT INTO outcome_totals VALUES (:project, ('2026-11-20 ' || :hour || 'Z')::timestamptz, 'error',
                                                               'rate_limited', 'project_quota', 'gateway', 0, 500)
                            """).param("project", limited).param("hour", hour).update();
        }

        assertThat(throughput.noisiest(NOON.minus(Duration.ofHours(1)), 5))
                .containsExactly(
                        new ProjectLoad(
                                limited, "limited", "limited", 10, 40, 1_000, Instant.parse("2026-11-20T10:00:00Z")),
                        new ProjectLoad(quiet, "quiet", "quiet", 30, 40, 0, null));
    }

    @Test
    void aProcessIsKnownUntilItLeavesOrIsSilentForADay() {
        var registry = new ProcessRegistry(jdbc);
        var stopped = new RegisteredProcess(UUID.randomUUID(), "api", "a", "1.0", NOON, NOON, "ok", null);
        var killed = new RegisteredProcess(
                UUID.randomUUID(), "processor", "b", null, NOON, NOON, "unavailable", "kafka: no answer");
        registry.note(stopped);
        registry.note(killed);
        registry.note(stopped);
        assertThat(registry.list()).containsExactly(stopped, killed);

        registry.remove(stopped.id());
        registry.forgetOld(NOON.plus(Duration.ofHours(23)));
        assertThat(registry.list()).containsExactly(killed);

        registry.forgetOld(NOON.plus(Duration.ofHours(25)));
        assertThat(registry.list()).isEmpty();
    }

    /** As the monitor of a processor notes it; the ledger knows the partitions from their beginning on. */
    private void watch(Instant at, long end0, long end1) {
        var bounds = Map.of(0, new PartitionBounds(0, end0, 0L), 1, new PartitionBounds(0, end1, 0L));
        ledger.note("envelopes", topic, bounds, at);
    }

    private void fates(int partition, long first, long end, String fate) {
        jdbc.sql("INSERT INTO topic_fates VALUES (:topic, :partition, :first, :end, :fate)")
                .param("topic", topic)
                .param("partition", partition)
                .param("first", first)
                .param("end", end)
                .param("fate", fate)
                .update();
    }

    private void processed(int partition, long next) {
        jdbc.sql("UPDATE topic_partitions SET next_offset = :next WHERE topic_id = :topic AND partition = :partition")
                .param("topic", topic)
                .param("partition", partition)
                .param("next", next)
                .update();
    }

    private static long project(String slug) {
        return jdbc.sql("""
                        INSERT INTO projects (slug, name, status, revision, created_at, updated_at)
                        VALUES (:slug, :slug, 'active', 1, now(), now()) RETURNING id
                        """).param("slug", slug).query(Long.class).single();
    }
}
