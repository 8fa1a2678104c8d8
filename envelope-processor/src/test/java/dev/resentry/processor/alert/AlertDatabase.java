package dev.resentry.processor.alert;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.alert.AlertCondition;
import dev.resentry.model.alert.AlertFilter;
import dev.resentry.model.alert.AlertRule;
import dev.resentry.model.alert.AlertRule.Match;
import dev.resentry.model.alert.AlertRuleJson;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.wire.ProcessedRecord;
import dev.resentry.model.wire.ProcessedRecord.Cause;
import dev.resentry.model.wire.ProcessedRecord.EventSummary;
import dev.resentry.model.wire.ProcessedRecord.IssueActivity;
import dev.resentry.model.wire.ProcessedRecord.ItemStored;
import dev.resentry.model.wire.ProcessedRecord.Origin;
import dev.resentry.storage.alert.AlertFacts;
import dev.resentry.storage.alert.AlertFirings;
import dev.resentry.storage.alert.AlertStorms;
import dev.resentry.storage.alert.AlertTurn;
import dev.resentry.storage.alert.IssueFrequency;
import dev.resentry.storage.alert.Recipients;
import dev.resentry.storage.alert.StoredAlertRules;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.DatabaseSettings.Environment;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.delivery.DeliveryOutbox;
import dev.resentry.storage.rollup.DistinctUsers;
import dev.resentry.storage.session.CrashFreeRates;
import dev.resentry.storage.signal.WorkSignals;
import dev.resentry.storage.spike.SpikeQueries;
import dev.resentry.testsupport.server.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database with rules, issues and events, and processes that evaluate, by a clock that stands. */
final class AlertDatabase implements AutoCloseable {
    final HikariDataSource pool = DatabaseConfiguration.pool(new DatabaseSettings(
            TestServers.shared().newDatabaseUrl(),
            "",
            1,
            "",
            "",
            "",
            10,
            Duration.ofSeconds(5),
            Environment.DEVELOPMENT));
    final JdbcClient jdbc = JdbcClient.create(pool);

    /** What time it is. */
    volatile Instant now = Instant.parse("2026-05-06T07:38:09Z");

    AlertDatabase() {
        new SchemaMigration(pool).migrate();
        jdbc.sql("""
                        INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at)
                        VALUES (1, 'shop', 'Shop', 'active', 1, now(), now()), (2, 'two', 'Two', 'active', 1, now(), now())
                        """).update();
        jdbc.sql("SELECT ensure_day_partitions(date '2026-05-06')")
                .query((_, _) -> "")
                .list();
    }

    void clear() {
        now = Instant.parse("2026-05-06T07:38:09Z");
        jdbc.sql("""
                        TRUNCATE alert_rules, alert_targets, alert_cooldowns, alert_firings, alert_snoozes, alert_storms, deliveries,
                                 issues, issue_hashes, issue_hours, events, event_identities, session_minutes, session_users, spikes
                        """).update();
    }

    /** A process that evaluates. */
    final class Evaluator {
        final AlertRules rules = new AlertRules(new StoredAlertRules(jdbc), new WorkSignals(pool));
        final AlertEvaluation evaluation;
        final AlertTick tick;

        Evaluator() {
            var frequency = new IssueFrequency(jdbc);
            var facts = new AlertFacts(pool);
            var links = new AlertLinks(URI.create("https://errors.example"));
            var notices = new AlertNotices(new Recipients(jdbc), links);
            var outbox = new DeliveryOutbox(pool);
            var storms = new AlertStorms(pool, outbox, new StormNotices(rules, facts, notices, links));
            var bounds = new FrequencyBounds(frequency);
            var silences = new Silences();
            var metrics = new AlertMetrics(new SimpleMeterRegistry());
            evaluation = new AlertEvaluation(
                    rules,
                    new AlertConditions(bounds, frequency, new CrashFreeRates(jdbc)),
                    bounds,
                    silences,
                    new AlertSubjects(facts),
                    new AlertFiring(facts, notices, new AlertFirings(pool, outbox, storms), silences, metrics),
                    metrics,
                    () -> now);
            tick = new AlertTick(
                    rules, evaluation, frequency, storms, new SpikeQueries(jdbc), new AlertTurn(jdbc), () -> now);
        }

        void reads(ProcessedRecord... records) {
            for (ProcessedRecord record : records) {
                evaluation.read(record);
            }
            evaluation.decide();
        }
    }

    /** @param issue 0 for the project */
    void spike(long issue, long peak, long usual) {
        jdbc.sql("""
                        INSERT INTO spikes (project_id, issue_id, started_at, noted_at, last_at, peak, usual, threshold, short_history)
                        VALUES (1, :issue, :now, :now, :now, :peak, :usual, 30, false)
                        """)
                .param("issue", issue)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("peak", peak)
                .param("usual", usual)
                .update();
    }

    long rule(AlertCondition... conditions) {
        return rule(Match.ANY, List.of(conditions), List.of(), null);
    }

    long rule(Match match, List<AlertCondition> conditions, List<AlertFilter> filters, @Nullable String environment) {
        var rule = new AlertRule("rule", environment, match, conditions, Match.ALL, filters, Duration.ofMinutes(30));
        long id = jdbc.sql("""
                        INSERT INTO alert_rules (project_id, definition, created_by, created_at, updated_at)
                        VALUES (1, :definition::jsonb, 'ada@example.org', now(), now()) RETURNING id
                        """)
                .param("definition", AlertRuleJson.write(rule).toString())
                .query(Long.class)
                .single();
        target(id, "email", "ops@example.org");
        return id;
    }

    void target(long rule, String type, String value) {
        jdbc.sql("INSERT INTO alert_targets (rule_id, type, value) VALUES (:rule, :type, :value)")
                .param("rule", rule)
                .param("type", type)
                .param("value", value)
                .update();
    }

    void issue(long id) {
        jdbc.sql("""
                        INSERT INTO issues (id, project_id, title, culprit, level, status, event_count, first_seen, last_seen, created_at)
                        VALUES (:id, 1, 'CartException: no cart', 'shop.Cart', 'error', 'unresolved', 1, :now, :now, now())
                        """).param("id", id).param("now", now.atOffset(ZoneOffset.UTC)).update();
    }

    /** Stores an event of an issue that happens now, and says so. */
    ItemStored event(long issue, @Nullable Long user) {
        return event(issue, user, now, Cause.LIVE, "production", Map.of());
    }

    ItemStored event(
            long issue,
            @Nullable Long user,
            Instant at,
            Cause cause,
            @Nullable String environment,
            Map<String, String> tags) {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, environment,
                                            user_hash, strategy, hash, tags, payload_json)
                        VALUES (:at, 1, :id, :issue, :id, :at, 'error', 'CartException: no cart', :environment, :user, 's', 'h', '{}',
                                '{"exception": {"values": [{"type": "CartException", "value": "no cart"}]}, "user": {"email": "eve@example.org"}}')
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("id", id)
                .param("issue", issue)
                .param("environment", environment)
                .param("user", user)
                .update();
        jdbc.sql("INSERT INTO event_identities (project_id, event_id, received_at) VALUES (1, :id, :at)")
                .param("id", id)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .update();
        var users = new DistinctUsers();
        if (user != null) {
            users.add(user);
        }
        jdbc.sql("""
                        INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events, users)
                        VALUES (:issue, :hour, coalesce(:environment, ''), 'error', 1, 1, :users)
                        ON CONFLICT (issue_id, hour, environment, level) DO UPDATE SET events = issue_hours.events + 1
                        """)
                .param("issue", issue)
                .param("hour", at.truncatedTo(ChronoUnit.HOURS).atOffset(ZoneOffset.UTC))
                .param("environment", environment)
                .param("users", users.toBytes())
                .update();
        return new ItemStored(
                new Origin(UUID.randomUUID(), cause, new ProjectId(1), now),
                EnvelopeId.at(at),
                0,
                "event",
                DataCategory.ERROR,
                at,
                1,
                new EventId(id),
                new EventSummary(
                        issue, at, "error", "java", "CartException: no cart", "shop.Cart", null, environment, tags));
    }

    IssueActivity activity(IssueActivity.Kind kind, ItemStored event) {
        return new IssueActivity(
                new Origin(
                        UUID.randomUUID(),
                        event.origin().cause(),
                        new ProjectId(1),
                        event.origin().at()),
                kind,
                event.event().issueId(),
                "CartException: no cart",
                "shop.Cart",
                "error",
                "java",
                "unresolved",
                event.eventId(),
                null);
    }

    long count(String table) {
        return jdbc.sql("SELECT count(*) FROM " + table).query(Long.class).single();
    }

    List<String> reasons() {
        return jdbc.sql("SELECT reason FROM alert_firings ORDER BY id")
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        pool.close();
    }
}
