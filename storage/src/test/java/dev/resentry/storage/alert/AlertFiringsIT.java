package dev.resentry.storage.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.alert.AlertStorms.Storm;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.delivery.DeliveryKind;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.delivery.NewDelivery;
import dev.resentry.storage.rollup.RollupDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.JsonNodeFactory;

/** A rule fires once for an issue in its interval, whoever asks and however often. */
@Timeout(120)
class AlertFiringsIT {
    private static final Instant NOW = Instant.parse("2026-05-06T07:08:09Z");
    private static final Duration INTERVAL = Duration.ofMinutes(30);

    private static RollupDatabase database;
    private static List<Storm> told;
    private long rule;

    @BeforeAll
    static void start() {
        database = new RollupDatabase();
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
        told = new ArrayList<>();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        database.jdbc
                .sql(
                        "TRUNCATE alert_rules, alert_targets, alert_cooldowns, alert_firings, alert_snoozes, alert_storms, deliveries")
                .update();
        told.clear();
        rule = database.jdbc.sql("""
                        INSERT INTO alert_rules (project_id, definition, created_by, created_at, updated_at)
                        VALUES (1, '{}', 'ada@example.org', now(), now()) RETURNING id
                        """).query(Long.class).single();
    }

    /** As another process has them. */
    private static AlertFirings firings() {
        var outbox = new DeliveryOutbox(database.pool);
        return new AlertFirings(database.pool, outbox, storms());
    }

    private static AlertStorms storms() {
        return new AlertStorms(database.pool, new DeliveryOutbox(database.pool), storm -> {
            told.add(storm);
            return List.of(delivery(DeliveryKind.SUMMARY, storm.dedupKey()));
        });
    }

    private static NewDelivery delivery(DeliveryKind kind, @Nullable String key) {
        return new NewDelivery(
                kind,
                TargetType.EMAIL,
                "ada@example.org",
                null,
                key,
                1L,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode().put("subject", "s"));
    }

    private NewFiring firing(long issue, @Nullable UUID record, Instant at, boolean isNewIssue) {
        return new NewFiring(
                rule,
                "rule",
                1,
                issue,
                "Title",
                null,
                record,
                INTERVAL,
                at,
                at,
                "the issue is new",
                JsonNodeFactory.instance.objectNode(),
                isNewIssue);
    }

    private FiringResult fire(NewFiring firing) {
        return firings().fire(firing, List.of(delivery(DeliveryKind.ALERT, null)));
    }

    private static long count(String table) {
        return database.jdbc
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    @Test
    void aFiringIsNotedWithWhatIsSent() {
        FiringResult result = fire(firing(7, UUID.randomUUID(), NOW, false));

        assertThat(result).isInstanceOf(FiringResult.Fired.class);
        assertThat(database.jdbc
                        .sql("SELECT d.firing_id = f.id FROM deliveries d, alert_firings f WHERE f.issue_id = 7")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
    }

    @Test
    void withinItsIntervalItIsSilentAndAtItsEndNoMore() {
        fire(firing(7, UUID.randomUUID(), NOW, false));

        assertThat(fire(firing(7, UUID.randomUUID(), NOW.plus(INTERVAL).minusMillis(1), false)))
                .isEqualTo(new FiringResult.Silent(NOW));
        assertThat(fire(firing(8, UUID.randomUUID(), NOW, false))).isInstanceOf(FiringResult.Fired.class);
        assertThat(fire(firing(7, UUID.randomUUID(), NOW.plus(INTERVAL), false)))
                .isInstanceOf(FiringResult.Fired.class);
        assertThat(count("alert_firings")).isEqualTo(3);
        assertThat(count("deliveries")).isEqualTo(3);
    }

    @Test
    void aRecordThatComesAgainFiresNothingHoweverLate() {
        UUID record = UUID.randomUUID();
        NewFiring first = firing(7, record, NOW, false);
        fire(first);

        NewFiring late = new NewFiring(
                rule,
                "rule",
                1,
                7,
                "Title",
                null,
                record,
                INTERVAL,
                NOW,
                NOW.plus(INTERVAL.multipliedBy(3)),
                "r",
                JsonNodeFactory.instance.objectNode(),
                false);
        NewFiring another = new NewFiring(
                rule,
                "rule",
                1,
                7,
                "Title",
                null,
                UUID.randomUUID(),
                INTERVAL,
                NOW.plusSeconds(1),
                NOW.plus(INTERVAL.multipliedBy(3)),
                "r",
                JsonNodeFactory.instance.objectNode(),
                false);

        assertThat(fire(late)).isInstanceOf(FiringResult.Silent.class);
        assertThat(fire(another)).isInstanceOf(FiringResult.Silent.class);
        database.jdbc.sql("DELETE FROM alert_cooldowns").update();
        assertThat(fire(late)).isEqualTo(new FiringResult.Known());
        assertThat(count("alert_cooldowns")).as("nothing is left of it").isZero();
        assertThat(count("deliveries")).isEqualTo(1);
    }

    @Test
    void processesThatRaceFireOnceForEachIssue() throws Exception {
        List<NewFiring> all = new ArrayList<>();
        for (int issue = 1; issue <= 200; issue++) {
            for (int event = 0; event < 3; event++) {
                NewFiring one = firing(issue, UUID.randomUUID(), NOW.plusSeconds(event), false);
                // Each record comes twice.
                all.addAll(List.of(one, one));
            }
        }
        List<Callable<Long>> processes = new ArrayList<>();
        for (int process = 0; process < 4; process++) {
            List<NewFiring> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, new Random(process));
            AlertFirings firings = firings();
            processes.add(() -> shuffled.stream()
                    .map(one -> firings.fire(one, List.of(delivery(DeliveryKind.ALERT, null))))
                    .filter(FiringResult.Fired.class::isInstance)
                    .count());
        }

        assertThat(sum(processes)).isEqualTo(200);
        assertThat(count("alert_firings")).isEqualTo(200);
        assertThat(count("deliveries")).isEqualTo(200);
    }

    private static long sum(List<Callable<Long>> work) throws InterruptedException, ExecutionException {
        long sum = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Long> one : threads.invokeAll(work)) {
                sum += one.get();
            }
        }
        return sum;
    }

    @Test
    void whoSnoozesForAllHasNothingFire() {
        snooze(7, 0, NOW.plusSeconds(60));

        assertThat(fire(firing(7, UUID.randomUUID(), NOW, false))).isEqualTo(new FiringResult.Snoozed());
        assertThat(fire(firing(8, UUID.randomUUID(), NOW, false))).isInstanceOf(FiringResult.Fired.class);
        assertThat(fire(firing(7, UUID.randomUUID(), NOW.plusSeconds(60), false)))
                .isInstanceOf(FiringResult.Fired.class);
    }

    @Test
    void aSnoozeOfOneUserIsNotForAll() {
        snooze(7, 5, NOW.plusSeconds(60));

        assertThat(fire(firing(7, UUID.randomUUID(), NOW, false))).isInstanceOf(FiringResult.Fired.class);
    }

    private void snooze(long issue, long user, Instant until) {
        database.jdbc
                .sql("""
                        INSERT INTO alert_snoozes (project_id, rule_id, issue_id, user_id, until, created_by, created_at)
                        VALUES (1, :rule, :issue, :user, :until, 'ada', now())
                        """)
                .param("rule", rule)
                .param("issue", issue)
                .param("user", user)
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Test
    void aRuleThatIsGoneOrOffFiresNothing() {
        database.jdbc.sql("UPDATE alert_rules SET enabled = false").update();
        assertThat(fire(firing(7, UUID.randomUUID(), NOW, false))).isEqualTo(new FiringResult.Gone());

        database.jdbc.sql("DELETE FROM alert_rules").update();
        assertThat(fire(firing(7, UUID.randomUUID(), NOW, false))).isEqualTo(new FiringResult.Gone());
    }

    @Test
    void manyNewIssuesAreToldTwentySinglyAndTheRestTogether() throws Exception {
        List<Callable<Long>> processes = new ArrayList<>();
        for (int process = 0; process < 2; process++) {
            AlertFirings firings = firings();
            int parity = process;
            processes.add(() -> {
                for (int issue = 1 + parity; issue <= 200; issue += 2) {
                    firings.fire(
                            firing(issue, UUID.randomUUID(), NOW.plusSeconds(1), true),
                            List.of(delivery(DeliveryKind.ALERT, null)));
                }
                return 1L;
            });
        }
        sum(processes);

        assertThat(count("alert_firings")).isEqualTo(200);
        assertThat(count("alert_firings WHERE summarised")).isEqualTo(180);
        assertThat(count("deliveries")).isEqualTo(20);
        assertThat(storms().tellEnded(NOW.plusSeconds(300))).isZero();
        assertThat(storms().tellEnded(NOW.plusSeconds(301))).isEqualTo(1);
        assertThat(storms().tellEnded(NOW.plusSeconds(900))).isZero();
        assertThat(told)
                .singleElement()
                .satisfies(storm -> assertThat(storm.firings()).hasSize(180));
        assertThat(count("deliveries WHERE kind = 'summary'")).isEqualTo(1);
    }

    @Test
    void aStormIsToldWhenTheNextBeginsBeforeAnybodyLooked() {
        AlertFirings firings = firings();
        for (int issue = 1; issue <= 22; issue++) {
            firings.fire(firing(issue, null, NOW, true), List.of(delivery(DeliveryKind.ALERT, null)));
        }
        firings.fire(firing(30, null, NOW.plus(AlertStorms.WITHIN), true), List.of(delivery(DeliveryKind.ALERT, null)));

        assertThat(told)
                .singleElement()
                .satisfies(storm -> assertThat(storm.firings()).hasSize(2));
        assertThat(count("deliveries WHERE kind = 'alert'")).isEqualTo(21);
        assertThat(count("deliveries WHERE kind = 'summary'")).isEqualTo(1);
    }
}
