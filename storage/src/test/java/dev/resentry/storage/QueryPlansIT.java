package dev.resentry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.Resolution;
import dev.resentry.storage.rollup.RollupExpiry;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.transaction.TransactionQueries;
import dev.resentry.storage.transaction.TransactionSummary;
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** No list and no look-up reads a table of SDK data from end to end. */
class QueryPlansIT {
    private static final int EVENTS = TestSize.of(60_000, 1_000_000);
    private static final int DAYS = 6;

    private static HikariDataSource pool;
    private static JdbcClient jdbc;
    private static RecordedPlans plans;
    private static EventQueries events;
    private static EnvelopeQueries envelopes;
    private static AttachmentQueries attachments;
    private static TransactionQueries transactions;
    private static SpanQueries spans;
    private static IssueQueries issues;
    private static RollupQueries rollups;

    @BeforeAll
    static void fill() {
        DatabaseAddress address = DatabaseAddress.parse(TestServers.shared().newDatabaseUrl());
        pool = new HikariDataSource();
        pool.setJdbcUrl(address.jdbcUrl());
        pool.setUsername(address.user());
        pool.setPassword(address.password());
        new SchemaMigration(pool).migrate();
        jdbc = JdbcClient.create(pool);
        plans = new RecordedPlans(
                pool,
                new DriverManagerDataSource(
                        address.jdbcUrl() + "?preferQueryMode=simple", address.user(), address.password()));
        events = new EventQueries(plans.client());
        envelopes = new EnvelopeQueries(plans.client());
        attachments = new AttachmentQueries(plans.client());
        transactions = new TransactionQueries(plans.client());
        spans = new SpanQueries(plans.client());
        issues = new IssueQueries(plans.client());
        rollups = new RollupQueries(plans.client());
        jdbc.sql("SELECT ensure_day_partitions(date '2026-11-01' + n) FROM generate_series(0, :days - 1) n")
                .param("days", DAYS)
                .query((_, _) -> "")
                .list();
        insert("""
                INSERT INTO projects (slug, name, status, revision, created_at, updated_at)
                SELECT 'p' || n, 'p', 'active', 1, now(), now() FROM generate_series(1, 20) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO issues (project_id, title, level, status, event_count, first_seen, last_seen, created_at)
                SELECT 1 + n % 20, 'Title ' || n, 'error', CASE WHEN n % 100 = 0 THEN 'ignored' ELSE 'unresolved' END, 1, now(),
                       timestamptz '2026-11-01 00:00Z' + n * interval '1 second', now()
                FROM generate_series(1, :events / 10) n, (SELECT :days)
                """);
        insert("""
                INSERT INTO envelopes (received_at, id, project_id, public_key, endpoint, body, body_size, outcome, item_count)
                SELECT at, (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0')
                            || '70008000' || lpad(to_hex(n), 12, '0'))::uuid,
                       1 + n % 20, 'k', 'envelope', 'x', 1, 'stored', 1
                FROM (SELECT n, timestamptz '2026-11-01 00:00Z' + n * (:days * interval '1 day') / (:events + 1) AS at
                      FROM generate_series(1, :events) n)
                """);
        insert("""
                INSERT INTO envelope_items (received_at, envelope_id, position, project_id, type, category, payload_offset,
                                            payload_length, event_id, outcome)
                SELECT received_at, id, 0, project_id, 'event', 'error', 0, 1, gen_random_uuid(), 'stored'
                FROM envelopes, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, strategy,
                                    hash, tags, payload)
                SELECT received_at, project_id, event_id, 1 + abs(hashtext(event_id::text)) % (:events / 10), envelope_id,
                       received_at, 'error', 't', 's', '', '{}', jsonb_build_object('extra', repeat('x', 500))
                FROM envelope_items, (SELECT :days)
                """);
        insert("""
                INSERT INTO event_identities SELECT project_id, event_id, received_at FROM events, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO transactions (received_at, project_id, event_id, envelope_id, name, trace_id, span_id, started_at, ended_at,
                                          duration_ms, span_count, tags, measurements, payload)
                SELECT received_at, project_id, event_id, envelope_id, 'GET /cart', event_id, repeat('a', 16), received_at, received_at,
                       1, 1, '{}', '{}', '{}'
                FROM events, (SELECT :days) WHERE abs(hashtext(event_id::text)) % 10 = 0 AND :events > 0
                """);
        insert("""
                INSERT INTO spans (received_at, envelope_id, position, index, project_id, trace_id, span_id, transaction_id, segment,
                                   started_at, duration_ms, data)
                SELECT received_at, envelope_id, 0, 0, project_id, trace_id, repeat('b', 16), event_id, false, started_at, 1, '{}'
                FROM transactions, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO attachments (received_at, envelope_id, position, project_id, event_id, name, content_type, attachment_type,
                                         size, blob)
                SELECT received_at, envelope_id, 0, project_id, event_id, 'a.txt', 'text/plain', 'event.attachment', 1, '\\x01'
                FROM transactions, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events)
                SELECT issue_id, date_trunc('hour', occurred_at), '', level, min(project_id), count(*)
                FROM events, (SELECT :events, :days) GROUP BY 1, 2, 3, 4
                """);
        insert("""
                INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
                SELECT id, 'k' || n % 10, 'v' || n, project_id, n, last_seen
                FROM issues, generate_series(1, 20) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
                SELECT id, 'k' || n, project_id, 1 FROM issues, generate_series(0, 9) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO issue_users (issue_id, project_id, users) SELECT id, project_id, '' FROM issues, (SELECT :events, :days)
                """);
        for (Resolution resolution : Resolution.values()) {
            String unit = resolution.name().toLowerCase(Locale.ROOT);
            insert("""
                    INSERT INTO project_%1$ss (project_id, %1$s, level, environment, events)
                    SELECT project_id, date_trunc('%1$s', occurred_at), level, '', count(*)
                    FROM events, (SELECT :events, :days) GROUP BY 1, 2, 3
                    """.formatted(unit));
        }
        insert("""
                INSERT INTO dead_letters (at, reason, stage, cause, project_id, headers, source_topic, source_partition, source_offset,
                                          state)
                SELECT now(), CASE WHEN n % 3 = 0 THEN 'internal' ELSE 'invalid_json' END, 'item', 'c', 1 + n % 20, '[]', 'envelopes',
                       0, n, CASE WHEN n % 50 = 0 THEN 'open' ELSE 'resolved' END
                FROM generate_series(1, :events / 3) n, (SELECT :days)
                """);
        jdbc.sql("ANALYZE").update();
    }

    @AfterAll
    static void stop() {
        pool.close();
    }

    @Test
    void events() {
        record Some(EventId id, long project, long issue, Instant at) {}
        Some some = jdbc.sql("SELECT event_id, project_id, issue_id, received_at FROM events LIMIT 1 OFFSET :half")
                .param("half", EVENTS / 2)
                .query((row, _) -> new Some(
                        new EventId(row.getObject(1, UUID.class)),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()))
                .single();
        var middle = new Position(some.at(), some.id().value());

        assertFound("events", () -> events.all(Position.NEWEST, 50).entries().size());
        assertFound("events behind", () -> events.all(middle, 50).entries().size());
        assertFound(
                "of project",
                () -> events.ofProject(some.project(), Position.NEWEST, 50)
                        .entries()
                        .size());
        assertFound(
                "of project behind",
                () -> events.ofProject(some.project(), middle, 50).entries().size());
        assertFound(
                "of issue",
                () -> events.ofIssue(some.issue(), Position.NEWEST, 50)
                        .entries()
                        .size());
        assertFound("by id", () -> events.find(some.id()).isPresent() ? 1 : 0);
        assertPlanned(
                "attachments",
                () -> attachments.ofEvent(some.project(), some.id(), some.at()).size());
        assertPlanned(
                "attachment",
                () -> attachments.find(EnvelopeId.at(some.at()), 1).isPresent() ? 1 : 0);
    }

    /** As a role that may read every column but the payload. */
    @Test
    void listsOfEventsReadNoPayload() {
        String columns = jdbc.sql("""
                        SELECT string_agg(attname, ', ') FROM pg_attribute
                        WHERE attrelid = 'events'::regclass AND attnum > 0 AND NOT attisdropped AND attname <> 'payload'
                        """).query(String.class).single();
        jdbc.sql("CREATE ROLE list_reader").update();
        jdbc.sql("GRANT SELECT (%s) ON events TO list_reader".formatted(columns))
                .update();
        jdbc.sql("GRANT SELECT ON event_identities TO list_reader").update();
        var reader = new EventQueries(JdbcClient.create(new DriverManagerDataSource(
                pool.getJdbcUrl() + "?options=-c%20role=list_reader", pool.getUsername(), pool.getPassword())));
        EventSummary some = reader.all(Position.NEWEST, 50).entries().getLast();

        assertThat(reader.ofProject(some.projectId(), Position.NEWEST, 50).entries())
                .isNotEmpty();
        assertThat(reader.ofIssue(some.issueId(), Position.NEWEST, 50).entries())
                .isNotEmpty();
        assertThatThrownBy(() -> reader.find(some.id()))
                .as("the role cannot read payloads")
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void envelopes() {
        EnvelopeId id = new EnvelopeId(jdbc.sql("SELECT id FROM envelopes LIMIT 1 OFFSET :half")
                .param("half", EVENTS / 2)
                .query(UUID.class)
                .single());

        assertFound(
                "of project",
                () -> envelopes.ofProject(1, Position.NEWEST, 50).entries().size());
        assertFound("by id", () -> envelopes.find(id).isPresent() ? 1 : 0);
        assertFound("items", () -> envelopes.items(id).size());
        assertFound("body", () -> envelopes.body(id).isPresent() ? 1 : 0);
    }

    @Test
    void transactionsAndSpans() {
        TransactionSummary some =
                transactions.ofProject(1, Position.NEWEST, 50).entries().getLast();
        var behind = new Position(some.receivedAt(), some.id().value());

        assertFound(
                "of project behind",
                () -> transactions.ofProject(1, behind, 50).entries().size());
        assertFound("by id", () -> transactions.find(some.id()).isPresent() ? 1 : 0);
        assertFound(
                "of trace",
                () -> transactions.ofTrace(some.traceId(), 50).entries().size());
        assertFound(
                "its spans",
                () -> spans.ofTransaction(some.id(), some.envelopeId(), some.receivedAt())
                        .size());
        assertFound(
                "spans of trace",
                () -> spans.ofTrace(some.traceId(), 50).entries().size());
    }

    @Test
    void issues() {
        var newest = IssueQueries.IssuePosition.NEWEST;

        assertFound("all", () -> list(new IssueFilter(null, null, null), newest));
        assertFound("of project", () -> list(new IssueFilter(1L, null, null), newest));
        assertFound("by status", () -> list(new IssueFilter(null, "ignored", null), newest));
        assertFound("by title", () -> list(new IssueFilter(null, null, "TITLE 10"), newest));
        assertFound("by id", () -> issues.find(7).isPresent() ? 1 : 0);
    }

    @Test
    void counts() {
        Instant from = Instant.parse("2026-11-03T00:00:00Z");
        Instant to = Instant.parse("2026-11-03T12:00:00Z");
        long issue = jdbc.sql("SELECT issue_id FROM issue_hours WHERE hour >= :from LIMIT 1")
                .param("from", from.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
        var minutes = new RollupExpiry(plans.client());

        assertFound(
                "hours",
                () -> rollups.issue(issue, from, to.plus(Duration.ofDays(4)), null)
                        .hours()
                        .size());
        assertFound("tags", () -> rollups.tags(issue, 10).size());
        for (Resolution resolution : Resolution.values()) {
            assertFound(
                    "of project by " + resolution,
                    () -> rollups.project(1, resolution, from, to, null)
                            .buckets()
                            .size());
        }
        assertPlanned("expired minutes", () -> minutes.deleteMinutes(from, 1));
    }

    @Test
    void deadLetters() {
        var letters = new DeadLetterQueries(plans.client());

        assertFound("all", () -> list(letters, new DeadLetterFilter(null, null, null, null)));
        assertFound("open", () -> list(letters, new DeadLetterFilter("open", null, null, null)));
        assertFound("of reason", () -> list(letters, new DeadLetterFilter(null, "internal", null, null)));
        assertFound("of project", () -> list(letters, new DeadLetterFilter("open", null, "item", 11L)));
        assertFound("causes", () -> letters.causes(50).size());
    }

    /** All that an expiry deletes, of rows far older than the others. What it asks of each issue begins with all issues. */
    @Test
    void expiry() {
        jdbc.sql("""
                INSERT INTO issues (project_id, title, level, event_count, first_seen, last_seen, created_at)
                SELECT 1, 'old', 'error', 1, at, at, at FROM (VALUES (timestamptz '2026-01-01 00:00Z')) v(at)
                """).update();
        jdbc.sql("INSERT INTO event_identities VALUES (1, gen_random_uuid(), timestamptz '2026-01-01 00:00Z')")
                .update();
        var expiry = new ExpiryRun(
                plans.dataSource(),
                new DataSourceTransactionManager(plans.dataSource()),
                new BlobSweep(
                        plans.dataSource(),
                        new DataSourceTransactionManager(plans.dataSource()),
                        new PostgresBlobStore(plans.dataSource())),
                Retention.ofDays(90));
        plans.take();

        ExpiryRun.Result result =
                expiry.run(Instant.parse("2026-11-07T00:00:00Z"), () -> false).orElseThrow();

        assertThat(result.rows()).containsEntry("issues", 1L).containsEntry("event_identities", 1L);
        assertThat(plans.take())
                .hasSizeGreaterThan(10)
                .filteredOn(plan -> !plan.contains(" on blobs"))
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern(
                                "Seq Scan on (events|envelopes|envelope_items|event_identities|issue_|transactions|spans|"
                                        + "project_(hours|minutes)|dead_letters)"));
    }

    private static int list(DeadLetterQueries letters, DeadLetterFilter filter) {
        return letters.list(filter, Long.MAX_VALUE, 50).entries().size();
    }

    private static int list(IssueFilter filter, IssueQueries.IssuePosition behind) {
        return issues.list(filter, behind, 50).entries().size();
    }

    private static void assertFound(String what, Supplier<Integer> query) {
        assertThat(assertPlanned(what, query)).as(what).isPositive();
    }

    private static int assertPlanned(String what, Supplier<Integer> query) {
        int first = query.get();
        plans.take();
        long begin = System.nanoTime();
        int found = query.get();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(found).as(what).isEqualTo(first);
        assertThat(plans.take())
                .as("%s, took %s", what, took)
                .isNotEmpty()
                .allSatisfy(plan -> assertThat(plan)
                        .doesNotContainPattern(
                                "Seq Scan on (events|envelope|event_identities|issue|transactions|spans|attachments|"
                                        + "project_(hours|minutes)|dead_letters)"));
        if (Boolean.getBoolean(TestSize.PROPERTY)) {
            System.out.printf("%s: %d ms%n", what, took.toMillis());
        }
        return found;
    }

    private static void insert(String sql) {
        jdbc.sql(sql).param("events", EVENTS).param("days", DAYS).update();
    }
}
