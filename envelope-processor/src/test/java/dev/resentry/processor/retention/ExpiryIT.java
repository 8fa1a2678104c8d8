package dev.resentry.processor.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.outcome.DropReason;
import dev.resentry.model.outcome.EnvelopeFate;
import dev.resentry.storage.disk.DiskUse;
import dev.resentry.storage.disk.TableUse;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.ingest.BatchResult;
import dev.resentry.storage.retention.DataKind;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.RollupRebuild;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has expired goes by whole days, beside what arrives, and nothing of it comes back. */
@Timeout(120)
class ExpiryIT {
    private static final Retention NINETY = Retention.ofDays(90);

    private static KeptData data;
    private static Instant now;

    @BeforeAll
    static void start() {
        data = new KeptData();
        now = Instant.now();
    }

    @AfterAll
    static void stop() {
        data.close();
    }

    @BeforeEach
    void empty() {
        data.jdbc
                .sql(
                        "TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, envelope_totals, "
                                + "outcome_totals, issue_hours, leases")
                .update();
    }

    @Test
    void daysThatHaveExpiredGoAndIssuesKeepTheirCounts() {
        store(100, "lasting", "lasting", "lasting", "passing");
        store(10, "lasting", "lasting");
        assertThat(data.balance().items().found()).isEqualTo(6);

        ExpiryRun.Result result = run(NINETY).orElseThrow();

        assertThat(result.busy()).isZero();
        assertThat(result.partitions())
                .contains(partition("events", 100), partition("envelopes", 100), partition("attachments", 100))
                .doesNotContain(partition("events", 10));
        assertThat(data.texts("SELECT concat_ws(' ', title, event_count, expired_event_count) FROM issues"))
                .as("one without events that was last seen before is gone")
                .containsExactly("lasting 5 3");
        assertThat(data.count("issue_hashes")).isEqualTo(1);
        assertThat(data.count("events")).isEqualTo(2);
        assertThat(data.count("event_identities")).isEqualTo(2);
        assertThat(data.count("issue_hours")).isEqualTo(1);
        long issue = data.jdbc.sql("SELECT id FROM issues").query(Long.class).single();
        new RollupRebuild(data.pool, data.transactions).rebuildIssue(issue);
        assertThat(data.texts("SELECT event_count::text FROM issues")).containsExactly("5");
        assertThat(data.balance().items().found()).isEqualTo(2);
        assertThat(data.balance().items().difference()).isZero();
        assertThat(data.balance().envelopes().difference()).isZero();
    }

    @Test
    void oneProcessRemovesWhatHasExpiredOnceAnHour() {
        assertThat(run(NINETY)).isPresent();
        assertThat(run(NINETY)).isEmpty();
    }

    @Test
    void eachKindHasDaysOfItsOwn() {
        store(40, "a");
        store(20, "b");
        store(10, "c");

        var retention = new Retention(
                Map.of(
                        DataKind.EVENTS,
                        90,
                        DataKind.TRANSACTIONS,
                        7,
                        DataKind.LOGS,
                        7,
                        DataKind.ENVELOPES,
                        30,
                        DataKind.ATTACHMENTS,
                        14),
                365);
        assertThat(run(retention).orElseThrow().partitions())
                .contains(
                        partition("transactions", 10),
                        partition("spans", 10),
                        partition("logs", 10),
                        partition("attachments", 20),
                        partition("envelopes", 40),
                        partition("envelope_items", 40))
                .doesNotContain(partition("attachments", 10), partition("envelopes", 20), partition("events", 40));
        assertThat(data.count("events")).isEqualTo(3);

        // A day of which only a part has expired is there again for what arrives late, and then goes again.
        BatchResult late = data.store(retention, List.of(data.sent(daysAgo(10), event("late"))));
        assertThat(late.count(EnvelopeFate.STORED)).isEqualTo(1);
        data.jdbc.sql("TRUNCATE leases").update();
        assertThat(run(retention).orElseThrow().partitions()).contains(partition("transactions", 10));
        assertThat(data.count("events")).isEqualTo(4);
    }

    @Test
    void checkInsGoWithEventsAndTheNewestStaysWithItsMonitor() {
        data.jdbc.sql("""
                        WITH monitor AS (
                            INSERT INTO monitors (project_id, slug, name, status, time_zone, margin_minutes, max_runtime_minutes,
                                                  failure_threshold, recovery_threshold, created_at, scheduled_since)
                            VALUES (1, 'nightly', 'Nightly', 'active', 'UTC', 1, 30, 1, 1, now(), now())
                            RETURNING id)
                        INSERT INTO monitor_environments (monitor_id, environment, created_at)
                        SELECT id, name, now() FROM monitor, unnest(ARRAY['production', 'yearly']) AS name
                        """).update();
        for (int days : new int[] {6, 89, 91, 200}) {
            data.jdbc
                    .sql("""
                            INSERT INTO check_ins (environment_id, id, at, status, timeout_at)
                            SELECT id, gen_random_uuid(), :at, 'ok', :at FROM monitor_environments
                            WHERE environment = 'production' OR :days > 90
                            """)
                    .param("days", days)
                    .param("at", daysAgo(days).atOffset(ZoneOffset.UTC))
                    .update();
        }

        assertThat(run(NINETY)).isPresent();

        assertThat(data.jdbc
                        .sql("SELECT environment FROM check_ins JOIN monitor_environments e ON e.id ="
                                + " environment_id ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("production", "production", "yearly");
    }

    @Test
    void resultsOfUptimeChecksGoAfterAWeekAndTheirHoursAfterNinetyDays() {
        data.jdbc.sql("""
                        INSERT INTO uptime_checks (project_id, name, url, method, interval_minutes, timeout_seconds, expected_status,
                                                   failures_needed, enabled, created_at, next_at, since)
                        VALUES (1, 'Shop', 'https://shop.example/', 'GET', 5, 10, '200-299', 2, false, now(), now(), now())
                        """).update();
        for (int days : new int[] {6, 8, 89, 91}) {
            data.jdbc
                    .sql("""
                            INSERT INTO uptime_results (check_id, at, ok, duration_ms, location)
                            SELECT id, :at, true, 1, 'here' FROM uptime_checks
                            """)
                    .param("at", daysAgo(days).atOffset(ZoneOffset.UTC))
                    .update();
            data.jdbc
                    .sql("""
                            INSERT INTO uptime_hours (check_id, hour, ok, failed, duration_ms)
                            SELECT id, :at, 1, 0, 1 FROM uptime_checks
                            """)
                    .param("at", daysAgo(days).atOffset(ZoneOffset.UTC))
                    .update();
        }

        assertThat(run(NINETY)).isPresent();

        assertThat(data.count("uptime_results")).isEqualTo(1);
        assertThat(data.count("uptime_hours")).isEqualTo(3);
    }

    @Test
    void whatLetsPeopleInGoesOnceItHasExpiredAndTheAuditLogAfterItsOwnDays() {
        long user = data.jdbc.sql("""
                        INSERT INTO users (email, password_hash, created_at) VALUES ('ann@example.com', 'x', now())
                        RETURNING id
                        """).query(Long.class).single();
        for (int hours : new int[] {-31 * 24, -29 * 24, -1, 1}) {
            expiring(user, now.plus(hours, ChronoUnit.HOURS));
        }
        data.jdbc
                .sql("INSERT INTO api_tokens (token_hash, prefix, user_id, name, scopes, created_at) "
                        + "VALUES ('for ever', '', :user, 'for ever', '{}', now())")
                .param("user", user)
                .update();
        for (int days : new int[] {367, 364}) {
            data.jdbc
                    .sql("""
                            INSERT INTO audit_log (at, user_email, via, action, object_type, object_id, object_name)
                            VALUES (:at, '', 'session', 'project.changed', 'project', '1', :name)
                            """)
                    .param("at", daysAgo(days).atOffset(ZoneOffset.UTC))
                    .param("name", days + " days ago")
                    .update();
        }

        Map<String, Long> removed =
                run(new Retention(NINETY.days(), 365)).orElseThrow().rows();

        assertThat(removed)
                .containsEntry("user_sessions", 3L)
                .containsEntry("login_failures", 3L)
                .containsEntry("invitations", 1L)
                .containsEntry("api_tokens", 1L)
                .containsEntry("audit_log", 1L);
        assertThat(data.count("user_sessions")).isEqualTo(1);
        assertThat(data.count("login_failures")).isEqualTo(1);
        assertThat(data.count("invitations")).as("is shown as expired").isEqualTo(3);
        assertThat(data.count("api_tokens")).as("one has no end").isEqualTo(4);
        assertThat(data.count("password_resets")).as("a user has one").isEqualTo(1);
        assertThat(data.texts("SELECT object_name FROM audit_log")).containsExactly("364 days ago");

        data.jdbc.sql("TRUNCATE leases").update();
        data.jdbc
                .sql("UPDATE password_resets SET expires_at = now() - interval '1 minute'")
                .update();
        run(NINETY);
        assertThat(data.count("password_resets")).isZero();
    }

    private static void expiring(long user, Instant at) {
        for (String sql : new String[] {
            "INSERT INTO user_sessions (token_hash, user_id, first_login, created_at, last_seen_at, expires_at) "
                    + "VALUES (:secret, :user, false, now(), now(), :at)",
            "INSERT INTO login_failures VALUES (:secret, :user, :at)",
            "INSERT INTO invitations (token_hash, email, role, created_by, created_at, expires_at) "
                    + "VALUES (:secret, 'guest-of-' || :user || ' ' || :at, 'member', '', now(), :at)",
            "INSERT INTO api_tokens (token_hash, prefix, user_id, name, scopes, created_at, expires_at) "
                    + "VALUES (:secret, '', :user, '', '{}', now(), :at)",
            "INSERT INTO password_resets VALUES (:user, :secret, :at) "
                    + "ON CONFLICT (user_id) DO UPDATE SET expires_at = excluded.expires_at"
        }) {
            data.jdbc
                    .sql(sql)
                    .param("secret", at.toString().getBytes(UTF_8))
                    .param("user", user)
                    .param("at", at.atOffset(ZoneOffset.UTC))
                    .update();
        }
    }

    @Test
    void whatArrivesAfterItsRetentionIsDroppedAndBringsNoDayBack() {
        BatchResult result = data.store(
                NINETY, List.of(data.sent(daysAgo(100), event("too late")), data.sent(now, event("in time"))));

        assertThat(result.fates())
                .filteredOn(fate -> fate.fate() == EnvelopeFate.DROPPED)
                .singleElement()
                .satisfies(fate -> assertThat(fate.why().reason()).isEqualTo(DropReason.EXPIRED));
        assertThat(result.count(EnvelopeFate.STORED)).isEqualTo(1);
        assertThat(data.texts("SELECT relname FROM pg_class WHERE relname = '%s'".formatted(partition("events", 100))))
                .isEmpty();
        assertThat(data.texts("SELECT title FROM issues")).containsExactly("in time");
        assertThat(data.balance().envelopes().difference()).isZero();
        assertThat(data.balance().items().difference()).isZero();
    }

    @Test
    void aDayThatIsInUseIsLeftToALaterRunAndBatchesAreStoredMeanwhile() throws SQLException {
        store(100, "in use");
        try (Connection other = data.pool.getConnection()) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT count(*) FROM " + partition("events", 100));

            ExpiryRun.Result first = run(NINETY).orElseThrow();
            store(0, "meanwhile");

            assertThat(first.busy()).isEqualTo(1);
            assertThat(first.partitions()).contains(partition("envelopes", 100));
            assertThat(data.texts(
                            "SELECT concat_ws(' ', title, event_count, expired_event_count) FROM issues ORDER BY 1"))
                    .as("nothing is counted as expired that is still there")
                    .containsExactly("in use 1 0", "meanwhile 1 0");
            other.rollback();
        }

        assertThat(run(NINETY).orElseThrow().partitions()).containsExactly(partition("events", 100));
        assertThat(data.count("events")).isEqualTo(1);
    }

    @Test
    void theDiskIsForecastFromTheLastWholeDays() {
        store(2, "large ".repeat(2_000));

        List<TableUse> tables = new DiskUse(data.jdbc, NINETY).measure(now);

        TableUse envelopes = tables.stream()
                .filter(table -> table.name().equals("envelopes"))
                .findFirst()
                .orElseThrow();
        assertThat(envelopes.retentionDays()).isEqualTo(90);
        assertThat(envelopes.bytesPerDay()).isPositive();
        assertThat(envelopes.bytesAtFullRetention()).isEqualTo(91 * envelopes.bytesPerDay());
        assertThat(envelopes.bytesIn30Days()).isBetween(31 * envelopes.bytesPerDay(), 38 * envelopes.bytesPerDay());
        assertThat(tables)
                .filteredOn(table -> table.name().equals("issues"))
                .singleElement()
                .satisfies(issues -> {
                    assertThat(issues.retentionDays()).isNull();
                    assertThat(issues.bytesIn30Days()).isEqualTo(issues.bytes());
                });
        assertThat(tables).noneMatch(table -> table.name().startsWith("events_2"));
    }

    @Test
    void theFirstDayIsForecastFromWhatHasComeOfIt() {
        try (var fresh = new KeptData()) {
            fresh.store(NINETY, List.of(fresh.sent(now, event("large ".repeat(2_000)))));

            assertThat(new DiskUse(fresh.jdbc, NINETY).measure(now))
                    .filteredOn(table -> table.name().equals("envelopes"))
                    .singleElement()
                    .satisfies(envelopes -> {
                        assertThat(envelopes.bytesPerDay()).isPositive();
                        assertThat(envelopes.bytesIn30Days()).isGreaterThanOrEqualTo(envelopes.bytes());
                        assertThat(envelopes.bytesAtFullRetention()).isEqualTo(91 * envelopes.bytesPerDay());
                    });
        }
    }

    private static Optional<ExpiryRun.Result> run(Retention retention) {
        return data.expiry(retention).run(now, () -> false);
    }

    private static void store(int daysAgo, String... messages) {
        List<KeptData.Sent> envelopes = new ArrayList<>();
        for (String message : messages) {
            envelopes.add(data.sent(daysAgo(daysAgo), event(message)));
        }
        assertThat(data.store(Retention.unlimited(), envelopes).count(EnvelopeFate.STORED))
                .isEqualTo(messages.length);
    }

    private static Instant daysAgo(int days) {
        return now.minus(days, ChronoUnit.DAYS);
    }

    private static String partition(String table, int daysAgo) {
        return table + "_"
                + DateTimeFormatter.BASIC_ISO_DATE.format(
                        daysAgo(daysAgo).atOffset(ZoneOffset.UTC).toLocalDate());
    }

    private static String event(String message) {
        return "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{\"message\":\"%s\"}\n"
                .formatted(UUID.randomUUID().toString().replace("-", ""), message);
    }
}
