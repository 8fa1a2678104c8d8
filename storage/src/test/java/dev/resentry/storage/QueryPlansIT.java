package dev.resentry.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.event.EventId;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.search.SearchParser;
import dev.resentry.storage.alert.AlertFacts;
import dev.resentry.storage.alert.AlertHistory;
import dev.resentry.storage.alert.AlertPast;
import dev.resentry.storage.alert.AlertRuleStore;
import dev.resentry.storage.alert.FiringFilter;
import dev.resentry.storage.alert.IssueFrequency;
import dev.resentry.storage.artifact.ArtifactFilter;
import dev.resentry.storage.artifact.ArtifactQueries;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.blob.BlobSweep;
import dev.resentry.storage.blob.PostgresBlobStore;
import dev.resentry.storage.dashboard.DashboardQueries;
import dev.resentry.storage.dashboard.DashboardWindow;
import dev.resentry.storage.database.DatabaseAddress;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.deadletter.DeadLetterFilter;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.event.EventFilter;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.event.EventSamples;
import dev.resentry.storage.event.EventSummary;
import dev.resentry.storage.event.StoredEvent;
import dev.resentry.storage.expiry.ExpiryRun;
import dev.resentry.storage.explore.ExploreDataset;
import dev.resentry.storage.explore.ExploreFacetQueries;
import dev.resentry.storage.explore.ExploreField;
import dev.resentry.storage.explore.ExploreFilter;
import dev.resentry.storage.explore.ExplorePage;
import dev.resentry.storage.explore.ExploreQueries;
import dev.resentry.storage.explore.ExploreSeriesQueries;
import dev.resentry.storage.explore.ExploreSort;
import dev.resentry.storage.feedback.FeedbackFilter;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.feedback.FeedbackStatus;
import dev.resentry.storage.feedback.FeedbackStore;
import dev.resentry.storage.feedback.StoredFeedback;
import dev.resentry.storage.issue.Assignment;
import dev.resentry.storage.issue.IssueActivityStore;
import dev.resentry.storage.issue.IssueFilter;
import dev.resentry.storage.issue.IssuePosition;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.issue.IssueSort;
import dev.resentry.storage.issue.IssueTicketStore;
import dev.resentry.storage.issue.SimilarIssueQueries;
import dev.resentry.storage.issue.StoredIssue;
import dev.resentry.storage.issue.state.IssueStateSweep;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobStep;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.ledger.LedgerFilter;
import dev.resentry.storage.ledger.LedgerFilter.Fate;
import dev.resentry.storage.ledger.LedgerList;
import dev.resentry.storage.log.CommittedLogs;
import dev.resentry.storage.log.LogFilter;
import dev.resentry.storage.log.LogId;
import dev.resentry.storage.log.LogOrder;
import dev.resentry.storage.log.LogPosition;
import dev.resentry.storage.log.LogQueries;
import dev.resentry.storage.monitor.MonitorQueries;
import dev.resentry.storage.performance.Endpoint;
import dev.resentry.storage.performance.EndpointQueries;
import dev.resentry.storage.performance.EndpointSamples;
import dev.resentry.storage.performance.EndpointSelection;
import dev.resentry.storage.performance.StatementQueries;
import dev.resentry.storage.performance.TraceErrorQueries;
import dev.resentry.storage.regroup.EventGrouping;
import dev.resentry.storage.regroup.Regroup;
import dev.resentry.storage.regroup.RegroupApply;
import dev.resentry.storage.regroup.RegroupChange;
import dev.resentry.storage.regroup.RegroupPreview;
import dev.resentry.storage.regroup.RegroupStore;
import dev.resentry.storage.regroup.RegroupUndo;
import dev.resentry.storage.release.DeploymentFilter;
import dev.resentry.storage.release.DeploymentStore;
import dev.resentry.storage.release.ReleaseFilter;
import dev.resentry.storage.release.ReleasePosition;
import dev.resentry.storage.release.ReleaseQueries;
import dev.resentry.storage.release.ReleaseSort;
import dev.resentry.storage.release.StoredRelease;
import dev.resentry.storage.retention.Retention;
import dev.resentry.storage.rollup.Resolution;
import dev.resentry.storage.rollup.RollupExpiry;
import dev.resentry.storage.rollup.RollupQueries;
import dev.resentry.storage.search.BoundedReads;
import dev.resentry.storage.search.SearchCompiler;
import dev.resentry.storage.search.SearchCondition;
import dev.resentry.storage.search.SearchContext;
import dev.resentry.storage.search.SearchDataset;
import dev.resentry.storage.search.TagIndexes;
import dev.resentry.storage.session.SessionBuckets;
import dev.resentry.storage.session.SessionCounts;
import dev.resentry.storage.session.SessionQueries;
import dev.resentry.storage.span.SpanQueries;
import dev.resentry.storage.spike.SpikeCounts;
import dev.resentry.storage.spike.SpikeQueries;
import dev.resentry.storage.spike.SpikeStore;
import dev.resentry.storage.suggest.SampledTable;
import dev.resentry.storage.suggest.SuggestionQueries;
import dev.resentry.storage.transaction.TransactionQueries;
import dev.resentry.storage.transaction.TransactionSamples;
import dev.resentry.storage.transaction.TransactionSummary;
import dev.resentry.testsupport.server.TestServers;
import dev.resentry.testsupport.size.TestSize;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;

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
                SELECT 1 + n % 20, 'Title ' || n, 'error', CASE WHEN n % 100 = 0 THEN 'ignored' ELSE 'unresolved' END, 1,
                       timestamptz '2026-11-01 00:00Z',
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
                                            payload_length, event_id, outcome, drop_reason)
                SELECT received_at, id, 0, project_id, 'event', 'error', 0, 1, gen_random_uuid(),
                       CASE abs(hashtext(id::text)) % 200 WHEN 0 THEN 'dropped' WHEN 1 THEN 'filtered' ELSE 'stored' END,
                       CASE abs(hashtext(id::text)) % 200 WHEN 0 THEN 'invalid_json' WHEN 1 THEN 'localhost' END
                FROM envelopes, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, strategy,
                                    hash, tags, payload_json)
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
                INSERT INTO logs (received_at, envelope_id, position, index, project_id, occurred_at, sequence, trace_id, level,
                                  severity_number, body, attributes)
                SELECT received_at, envelope_id, 0, 0, project_id, occurred_at, 0, event_id, 'info', 9, 'a log', '{"shelf": 3}'
                FROM events, (SELECT :events, :days)
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
                INSERT INTO issue_releases (issue_id, release, environment, project_id, events, first_seen, last_seen)
                SELECT id, '1.' || n, '', project_id, 1, first_seen, last_seen
                FROM issues, generate_series(1, 3) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO release_hours (project_id, release, hour, environment, events)
                SELECT p.id, '1.' || n, timestamptz '2026-11-01 00:00Z' + h * interval '1 hour', '', 1
                FROM projects p, generate_series(1, 500) n, generate_series(1, 8) h, (SELECT :events, :days)
                """);
        insert("UPDATE issues SET first_release = '1.' || id % 50 WHERE :events > 0 AND :days > 0");
        insert("""
                INSERT INTO releases (project_id, version, sort_key, created_at, last_seen)
                SELECT p.id, '1.' || n, 'b1d' || 100 + n, timestamptz '2026-11-01 00:00Z' + n * interval '1 minute', now()
                FROM projects p, generate_series(1, 500) n, (SELECT :events, :days)
                """);
        for (String[] table : new String[][] {{"session_hours", "hour"}, {"session_minutes", "minute"}}) {
            insert("""
                    INSERT INTO %s
                    SELECT p.id, '1.' || n, 'e' || m, date_trunc('%s', timestamptz '2026-11-06 00:00Z' + m * interval '1 hour'),
                           1, 1, 0, 0, 1, 0, 0
                    FROM projects p, generate_series(1, 20) n, generate_series(0, 20) m, (SELECT :events, :days)
                    """.formatted(table[0], table[1]));
        }
        insert("""
                INSERT INTO session_users
                SELECT project_id, release, environment, hour, 'all', '\\x010000000000000001'
                FROM session_hours, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO release_commits (release_id, commit_id, position, files)
                SELECT id, 'c' || 3 * id + n, n, '{}' FROM releases, generate_series(1, 3) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO release_refs (release_id, repository, commit_id)
                SELECT id, 'acme/shop', 'c' || 3 * id FROM releases, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO deployments (project_id, release_id, environment, deployed_at, created_by)
                SELECT project_id, id, 'staging', created_at, 'ann' FROM releases, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO artifact_files (project_id, kind, name, url, release, debug_id, blob, sha1, size, created_at, created_by)
                SELECT p.id, 'source_map', n || '.js.map', '~/' || n || '.js.map', '1.' || n % 20,
                       ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, sha256(n::text::bytea),
                       substring(sha256(n::text::bytea) for 20), 1, now(), 'ann'
                FROM projects p, generate_series(1, 1000) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO alert_rules (project_id, definition, created_by, created_at, updated_at)
                SELECT 1 + n % 20, '{"name": "Many", "conditions": [{"type": "new_issue"}], "interval_minutes": 30}', 'ann', now(), now()
                FROM generate_series(1, 1000) n, (SELECT :events, :days)
                """);
        insert("""
                INSERT INTO alert_firings (project_id, rule_id, rule_name, issue_id, title, fired_at, reason, observed)
                SELECT 1 + n % 20, 1 + n % 1000, 'Many', n, 'Title ' || n, now() - n * interval '1 minute', 'an event came', '{}'
                FROM generate_series(1, :events / 2) n, (SELECT :days)
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
        for (String unit : List.of("hour", "minute")) {
            insert("""
                    INSERT INTO transaction_%1$ss
                    SELECT p.id, timestamptz '2026-11-05 00:00Z' + h * interval '1 %1$s' * %2$d, 'n' || n, '', '', '', 1, 0, 5,
                           '{1}', '{1}'
                    FROM projects p, generate_series(1, 60) h, generate_series(1, 40) n, (SELECT :events, :days)
                    """.formatted(unit, unit.equals("hour") ? 1 : 40));
        }
        insert("""
                INSERT INTO dead_letters (at, reason, stage, cause, project_id, headers, source_topic, source_partition, source_offset,
                                          state)
                SELECT now(), CASE WHEN n % 3 = 0 THEN 'internal' ELSE 'invalid_json' END, 'item', 'c', 1 + n % 20, '[]', 'envelopes',
                       0, n, CASE WHEN n % 50 = 0 THEN 'open' ELSE 'resolved' END
                FROM generate_series(1, :events / 3) n, (SELECT :days)
                """);
        var indexes = new TagIndexes(pool);
        while (indexes.makeNext(Instant.parse("2026-11-07T00:00:00Z")).isPresent()) {
            // The day before.
        }
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

        var some20 = new VisibleProjects(Set.of(some.project(), 19L));

        assertFound("events", () -> list(EventFilter.ALL, Position.NEWEST));
        assertFound("events behind", () -> list(EventFilter.ALL, middle));
        assertFound("of project", () -> list(EventFilter.ofProject(some.project()), Position.NEWEST));
        assertFound("of project behind", () -> list(EventFilter.ofProject(some.project()), middle));
        assertFound("of issue", () -> list(EventFilter.ofIssue(some.issue()), Position.NEWEST));
        var samples = new EventSamples(plans.client());
        Instant dayBefore = some.at().minusSeconds(86_400);
        assertFound(
                "sampled",
                () -> samples.part(some.project(), dayBefore, middle, 50).size());
        assertFound("all samples", () -> (int) samples.count(some.project(), dayBefore));
        var transactionSamples = new TransactionSamples(plans.client());
        assertFound(
                "sampled transactions",
                () -> transactionSamples
                        .part(some.project(), dayBefore, middle, 50)
                        .size());
        assertFound("all transactions", () -> (int) transactionSamples.count(some.project(), dayBefore));
        assertFound(
                "filtered",
                () -> list(
                        new EventFilter(
                                some20,
                                null,
                                "error",
                                Set.of(""),
                                search("T level:error", SearchDataset.EVENTS),
                                some.at().minusSeconds(86_400),
                                some.at()),
                        Position.NEWEST));
        assertFound("counted", () ->
                (int) events.count(EventFilter.ofIssue(some.issue()), 50).orElse(50));
        jdbc.sql("""
                        INSERT INTO issue_days (issue_id, day, project_id, payloads, only_counted)
                        SELECT issue_id, received_at::date, min(project_id), count(*), 1 FROM events GROUP BY 1, 2
                        """).update();
        assertFound("capped days", () -> events.cappedDays(some.issue(), 5).size());
        assertFound("by id", () -> events.find(some.id(), VisibleProjects.ALL).isPresent() ? 1 : 0);
        assertFound(
                "of some projects by id", () -> events.find(some.id(), some20).isPresent() ? 1 : 0);
        assertFound("latest", () -> events.latest(some.issue()).isPresent() ? 1 : 0);
        assertFound("oldest", () -> events.oldest(some.issue()).isPresent() ? 1 : 0);
        StoredEvent whole = events.find(some.id(), VisibleProjects.ALL).orElseThrow();
        assertPlanned("neighbours", () -> events.neighbours(whole).next() == null ? 0 : 1);
        assertPlanned(
                "attachments",
                () -> attachments.ofEvent(some.project(), some.id(), some.at()).size());
        assertPlanned(
                "attachment",
                () -> attachments
                                .find(EnvelopeId.at(some.at()), 1, VisibleProjects.ALL)
                                .isPresent()
                        ? 1
                        : 0);
    }

    @Test
    void explored() {
        DataSource recorded = plans.dataSource();
        JdbcClient client = JdbcClient.create(recorded);
        var reads = new BoundedReads(client, new DataSourceTransactionManager(recorded));
        var compiler = new SearchCompiler();
        var rows = new ExploreQueries(client, compiler, reads);
        var series = new ExploreSeriesQueries(client, compiler, reads, rows);
        var facets = new ExploreFacetQueries(client, compiler, reads);
        Instant from = Instant.parse("2026-11-03T00:00:00Z");
        Instant to = from.plus(Duration.ofDays(2));
        Duration within = Duration.ofMinutes(1);
        for (ExploreDataset dataset :
                List.of(ExploreDataset.EVENTS, ExploreDataset.TRANSACTIONS, ExploreDataset.SPANS)) {
            List<ExploreField> single = List.of(
                    ExploreField.parse("field", "id", dataset), ExploreField.parse("field", "project", dataset));
            var count = (ExploreField.Aggregate) ExploreField.parse("field", "count()", dataset);
            var tag = (ExploreField.Column) ExploreField.parse("field", "tags[a]", dataset);
            for (VisibleProjects projects : List.of(
                    VisibleProjects.ALL, new VisibleProjects(Set.of(1L)), new VisibleProjects(Set.of(1L, 2L)))) {
                var filter = new ExploreFilter(
                        dataset, SearchParser.parse(""), SearchContext.of(to, null, projects), from, to);
                String what = "%s of %s: ".formatted(dataset.word(), projects);
                assertFound(what + "rows", () -> {
                    ExplorePage first = rows.list(filter, single, ExploreSort.NEWEST, null, 20, within);
                    return rows.list(filter, single, ExploreSort.NEWEST, first.next(), 20, within)
                            .rows()
                            .size();
                });
                assertFound(
                        what + "groups",
                        () -> rows.list(filter, List.of(tag, count), new ExploreSort(count, true), null, 20, within)
                                .rows()
                                .size());
                assertFound(what + "counted", () ->
                        (int) rows.count(filter, 10_000, within).orElse(10_000));
                assertFound(
                        what + "series",
                        () -> series.series(filter, List.of(count), List.of(tag), 5, from, Duration.ofHours(1), within)
                                .size());
                assertFound(what + "facets", () ->
                        (int) facets.facets(filter, within).rows());
            }
        }
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
        EventSummary some =
                reader.list(EventFilter.ALL, Position.NEWEST, 50).entries().getLast();

        assertThat(reader.list(EventFilter.ofProject(some.projectId()), Position.NEWEST, 50)
                        .entries())
                .isNotEmpty();
        assertThat(reader.list(EventFilter.ofIssue(some.issueId()), Position.NEWEST, 50)
                        .entries())
                .isNotEmpty();
        assertThat(reader.latest(some.issueId())).isPresent();
        assertThat(reader.count(EventFilter.ALL, 10)).isEmpty();
        assertThatThrownBy(() -> reader.find(some.id(), VisibleProjects.ALL))
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
        assertFound(
                "by id", () -> transactions.find(some.id(), VisibleProjects.ALL).isPresent() ? 1 : 0);
        assertFound(
                "of trace",
                () -> transactions
                        .ofTrace(some.traceId(), VisibleProjects.ALL, 50)
                        .entries()
                        .size());
        assertFound(
                "its spans",
                () -> spans.ofTransaction(some.id(), some.envelopeId(), some.receivedAt())
                        .size());
        assertFound(
                "spans of trace",
                () -> spans.ofTrace(some.traceId(), VisibleProjects.ALL, 50)
                        .entries()
                        .size());
    }

    @Test
    void logs() {
        var logs = new LogQueries(plans.client());
        var middle = new LogPosition(
                Instant.parse("2026-11-03T12:00:00Z"), 0, new LogId(Instant.EPOCH, new UUID(0, 0), 0, 0));
        var some = logs.list(logs(VisibleProjects.ALL, null), LogOrder.NEWEST_FIRST, null, 1)
                .entries()
                .getFirst();
        for (VisibleProjects visible :
                List.of(VisibleProjects.ALL, new VisibleProjects(Set.of(1L)), new VisibleProjects(Set.of(1L, 2L)))) {
            for (LogOrder order : LogOrder.values()) {
                for (LogPosition behind : new LogPosition[] {null, middle}) {
                    assertFound(
                            "%s of %s behind %s".formatted(order, visible, behind),
                            () -> logs.list(logs(visible, null), order, behind, 50)
                                    .entries()
                                    .size());
                }
            }
        }
        assertFound("by id", () -> logs.find(some.id(), VisibleProjects.ALL).isPresent() ? 1 : 0);
        assertFound(
                "of trace",
                () -> logs.list(logs(VisibleProjects.ALL, some.traceId()), LogOrder.OLDEST_FIRST, null, 50)
                        .entries()
                        .size());
        var committed = new CommittedLogs(
                plans.client(), new BoundedReads(plans.client(), new DataSourceTransactionManager(plans.dataSource())));
        String before = committed.now();
        jdbc.sql("""
                        INSERT INTO logs (received_at, envelope_id, position, index, project_id, occurred_at, sequence, level,
                                          severity_number, body, attributes)
                        VALUES ('2026-11-06 23:00Z', gen_random_uuid(), 0, 0, 1, '2026-11-06 23:00Z', 0, 'info', 9, 'new', '{}')
                        """).update();
        assertFound(
                "committed since",
                () -> committed
                        .since(before, logs(VisibleProjects.ALL, null), Instant.parse("2026-11-06T22:00:00Z"), 50)
                        .logs()
                        .size());
    }

    private static LogFilter logs(VisibleProjects visible, UUID trace) {
        return new LogFilter(visible, null, null, trace, null, null, null);
    }

    @Test
    void performance() {
        Instant from = Instant.parse("2026-11-06T00:00:00Z");
        var endpoints = new EndpointQueries(plans.client(), TransactionOperations.withoutTransaction());
        var samples = new EndpointSamples(plans.client());
        var statements = new StatementQueries(plans.client());
        var errors = new TraceErrorQueries(plans.client());
        var some = new VisibleProjects(Set.of(1L, 7L));
        var cart = new EndpointSelection(1, "GET /cart", null, null, null);
        for (Instant now : List.of(from.plusSeconds(80_000), from.plusSeconds(300_000))) {
            var window = DashboardWindow.of(from, now, now);
            for (VisibleProjects projects : List.of(VisibleProjects.ALL, some)) {
                assertFound(
                        "endpoints",
                        () -> endpoints
                                .list(projects, null, window, null, Endpoint.Sort.P95, null, 10)
                                .entries()
                                .size());
                assertPlanned(
                        "statements",
                        () -> statements
                                .find(projects, null, window.from(), window.to(), 10)
                                .slow()
                                .size());
            }
            var counted = new EndpointSelection(1, "n1", "", "", Set.of(""));
            assertFound("endpoint", () ->
                    (int) endpoints.fare(counted, window).now().transactions());
            assertFound(
                    "slowest",
                    () -> samples.slowest(cart, window.from(), window.to(), 5).size());
            assertFound(
                    "spans",
                    () -> samples.slowestSpans(cart, window.from(), window.to(), 5)
                            .size());
            assertPlanned(
                    "issues",
                    () -> samples.issues(cart, window.from(), window.to(), 5).size());
        }
        UUID trace = UUID.randomUUID();
        assertPlanned(
                "errors of a trace",
                () -> errors.ofTrace(trace, VisibleProjects.ALL, 5).entries().size());
        assertPlanned("hidden", () -> errors.hiddenProjects(trace, some));
    }

    @Test
    void issues() {
        var projects = new VisibleProjects(Set.of(1L, 2L));
        var window =
                new IssueFilter.Window(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-02T00:00:00Z"));
        var middle = new IssuePosition(2, 100);

        assertFound("all", () -> list(IssueFilter.ALL, IssueSort.LAST_SEEN));
        assertFound("of projects", () -> list(filter(projects, null, null, null), IssueSort.LAST_SEEN));
        assertFound("by status", () -> list(filter(VisibleProjects.ALL, "ignored", null, null), IssueSort.LAST_SEEN));
        assertFound("by title", () -> list(filter(VisibleProjects.ALL, null, "TITLE 10", null), IssueSort.LAST_SEEN));
        assertFound("in a window", () -> list(filter(VisibleProjects.ALL, null, null, window), IssueSort.LAST_SEEN));
        assertFound("by first seen", () -> list(IssueFilter.ALL, IssueSort.FIRST_SEEN));
        assertFound("by events", () -> list(IssueFilter.ALL, IssueSort.EVENTS));
        assertFound(
                "by events behind",
                () -> issues.list(IssueFilter.ALL, IssueSort.EVENTS, middle, 50)
                        .entries()
                        .size());
        assertFound("by users", () -> list(IssueFilter.ALL, IssueSort.USERS));
        assertPlanned(
                "mine",
                () -> list(
                        new IssueFilter(
                                VisibleProjects.ALL,
                                null,
                                null,
                                null,
                                null,
                                null,
                                new Assignment.To(7),
                                null,
                                null,
                                null,
                                null,
                                null),
                        IssueSort.LAST_SEEN));
        assertFound("counted", () -> (int)
                issues.count(filter(projects, "ignored", null, null), 1_000).orElseThrow());
        assertFound(
                "ids",
                () -> issues.ids(filter(VisibleProjects.ALL, "ignored", null, null), 100)
                        .size());
        assertFound("by id", () -> issues.find(7).isPresent() ? 1 : 0);
        assertFound(
                "some",
                () -> issues.byProject(List.of(7L, 8L), VisibleProjects.ALL).size());
    }

    @Test
    void similarIssues() {
        var similar = new SimilarIssueQueries(plans.client());
        StoredIssue issue = issues.find(7).orElseThrow();

        assertPlanned(
                "of one culprit or word",
                () -> similar.candidates(issue, 100, 200).size());
        assertFound("latest events", () -> similar.latest(List.of(7L, 8L, 9L)).size());
    }

    /** What is counted in a window is read by project and hour; the issues that have most of it may be any. */
    @Test
    void issuesByEventsInAWindowReadTheHoursOfTheirProjects() {
        var window =
                new IssueFilter.Window(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-01T06:00:00Z"));
        plans.take();

        assertThat(list(filter(new VisibleProjects(Set.of(3L)), null, null, window), IssueSort.EVENTS))
                .isPositive();
        assertThat(plans.take())
                .allSatisfy(plan ->
                        assertThat(plan).contains("issue_hours_project").doesNotContain("Seq Scan on issue_hours"));
    }

    private static IssueFilter filter(VisibleProjects projects, String status, String text, IssueFilter.Window window) {
        SearchCondition search = text == null ? null : search(text, SearchDataset.ISSUES);
        return new IssueFilter(projects, status, null, null, null, search, null, window, null, null, null, null);
    }

    private static SearchCondition search(String query, SearchDataset dataset) {
        return new SearchCompiler()
                .compile(
                        SearchParser.parse(query),
                        dataset,
                        SearchContext.of(Instant.parse("2026-11-07T00:00:00Z"), 7L, VisibleProjects.ALL));
    }

    /** An issue is looked up in its order, and its events by its id. */
    @Test
    void queriesOfTheSearchLanguage() {
        for (String query : List.of(
                "is:unresolved",
                "assigned:me is:linked",
                "level:error",
                "customer:acme is:unresolved",
                "has:customer environment:production",
                "trace:0123456789abcdef0123456789abcdef",
                "!level:info environment:[production, \"\"]",
                "browser.name:Saf* OR error.type:TypeError",
                "release:latest release.version:>=1.0",
                "timesSeen:>10 firstSeen:-24h",
                "issue:P1-7 project:p1",
                "0123456789abcdef0123456789abcdef")) {
            assertPlanned(query, () -> list(filter(VisibleProjects.ALL, null, query, null), IssueSort.LAST_SEEN));
            assertPlanned(
                    query,
                    () -> list(
                            new EventFilter(
                                    VisibleProjects.ALL,
                                    null,
                                    null,
                                    null,
                                    search(query, SearchDataset.EVENTS),
                                    null,
                                    null),
                            Position.NEWEST));
        }
    }

    @Test
    void whatPeopleDidWithAnIssue() {
        jdbc.sql("""
                        INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
                        SELECT n, 1 + n % 20, now(), 1, 'Ann', CASE n % 2 WHEN 0 THEN 'status' ELSE 'comment' END, '{}'
                        FROM generate_series(1, 6000) n, generate_series(1, 3)
                        """).update();
        jdbc.sql("ANALYZE issue_activities").update();
        var store = new IssueActivityStore(plans.dataSource(), new DataSourceTransactionManager(pool));

        assertFound(
                "activity", () -> store.activity(8, Long.MAX_VALUE, 2).entries().size());
        assertFound(
                "comments", () -> store.comments(7, Long.MAX_VALUE, 2).entries().size());
        assertFound("last status", () -> store.lastStatus(8).isPresent() ? 1 : 0);
    }

    @Test
    void theTicketsOfAnIssue() {
        jdbc.sql("""
                        INSERT INTO issue_tickets (issue_id, project_id, url, created_at, actor_id, actor_name)
                        SELECT n, 1 + n % 20, 'https://example.com/' || n, now(), 1, 'Ann' FROM generate_series(1, 20000) n
                        """).update();
        jdbc.sql("ANALYZE issue_tickets").update();
        var store = new IssueTicketStore(plans.dataSource(), new DataSourceTransactionManager(pool));

        assertFound("tickets", () -> store.of(7).size());
    }

    @Test
    void whatTimeDoesToIssues() {
        var sweep = new IssueStateSweep(plans.dataSource(), new DataSourceTransactionManager(pool));

        assertPlanned("due", () -> sweep.run(Instant.parse("2026-11-02T00:00:00Z"), () -> false));
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
        assertFound(
                "of issues",
                () -> rollups.issues(List.of(issue, 8L), from, null, null).size());
        assertFound(
                "trends",
                () -> rollups.trends(List.of(issue, 8L), from, 100, Set.of("")).size());
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
    void releases() {
        var releases = new ReleaseQueries(plans.client());
        var deployments = new DeploymentStore(plans.client());
        var two = new VisibleProjects(Set.of(1L, 2L));
        StoredRelease some = releases.list(
                        new ReleaseFilter(VisibleProjects.ALL, null, null, null),
                        ReleaseSort.DATE,
                        ReleasePosition.FIRST,
                        50)
                .entries()
                .getLast();

        for (ReleaseSort sort : ReleaseSort.values()) {
            assertFound(
                    "by " + sort,
                    () -> list(releases, new ReleaseFilter(VisibleProjects.ALL, null, null, false), sort));
        }
        assertFound("of projects", () -> list(releases, new ReleaseFilter(two, null, null, null), ReleaseSort.DATE));
        assertFound(
                "of an environment",
                () -> list(releases, new ReleaseFilter(two, Set.of("staging"), null, null), ReleaseSort.DATE));
        assertFound("by id", () -> releases.find(some.id(), null).isPresent() ? 1 : 0);
        assertFound(
                "by version",
                () -> releases.findVersion(some.project().id(), some.version()).isPresent() ? 1 : 0);
        assertFound(
                "of a version",
                () -> releases.ofVersion(VisibleProjects.ALL, some.version()).size());
        assertFound(
                "before it, with commits",
                () -> releases.previousWithCommits(List.of(some.id())).size());
        assertFound("commits", () -> releases.commits(some.id(), 0, 50).size());
        assertPlanned("users", () -> (int) rollups.usersOfRelease(1, "1.1", null));
        assertFound("latest", () -> deployments.latest(List.of(some.id())).size());
        assertFound(
                "deployments",
                () -> list(deployments, new DeploymentFilter(VisibleProjects.ALL, null, null, null, null)));
        assertFound("deployments of a release", () -> list(deployments, DeploymentFilter.ofRelease(some.id())));
        assertFound(
                "deployments in a time",
                () -> list(
                        deployments,
                        new DeploymentFilter(
                                two, null, null, some.date(), some.date().plusSeconds(1))));
        assertFound(
                "new issues",
                () -> list(
                        new IssueFilter(two, null, null, null, null, null, null, null, null, "1.11", null, null),
                        IssueSort.LAST_SEEN));
        assertPlanned(
                "regressed issues",
                () -> list(
                        new IssueFilter(two, null, null, null, null, null, null, null, null, null, "1.11", null),
                        IssueSort.LAST_SEEN));
        assertFound(
                "hours of a release",
                () -> rollups.release(1, "1.1", Instant.EPOCH, Instant.parse("2027-01-01T00:00:00Z"), null)
                        .size());
        assertFound(
                "issues of a release",
                () -> list(
                        new IssueFilter(two, null, null, null, null, null, null, null, null, null, null, "1.3"),
                        IssueSort.LAST_SEEN));
    }

    @Test
    void sessions() {
        var sessions = new SessionQueries(plans.client());
        Instant from = Instant.parse("2026-11-06T00:00:00Z");
        Instant to = Instant.parse("2026-11-06T12:00:00Z");
        var key = new SessionQueries.ReleaseKey(1, "1.3");

        assertFound("releases", () -> sessions.releases(1, from, null, 10).size());
        for (int minutes : new int[] {5, 60}) {
            var buckets = new SessionBuckets(from, to, Duration.ofMinutes(minutes));
            assertFound("of a release", () -> sum(sessions.series(1, "1.3", Set.of("e3", "e4"), buckets)));
            assertFound("of a project", () -> sum(sessions.series(1, null, null, buckets)));
        }
        assertFound(
                "users", () -> (int) sessions.users(1, "1.3", null, from, to).all());
        assertFound("health", () -> sessions.health(List.of(key), to, null).size());
        assertFound("adoption", () -> sessions.adoption(1, "1.3", null, to).stage() == null ? 0 : 1);
    }

    @Test
    void crons() {
        jdbc.sql("""
                INSERT INTO monitors (project_id, slug, name, status, time_zone, margin_minutes, max_runtime_minutes, failure_threshold,
                                      recovery_threshold, created_at, scheduled_since)
                SELECT 1, 'm' || n, 'M', 'active', 'UTC', 1, 30, 1, 1, now(), now() FROM generate_series(1, 200) n
                """).update();
        jdbc.sql("""
                INSERT INTO monitor_environments (monitor_id, environment, created_at) SELECT id, 'production', now() FROM monitors
                """).update();
        jdbc.sql("""
                INSERT INTO check_ins (environment_id, id, at, status, timeout_at)
                SELECT id, gen_random_uuid(), timestamptz '2026-11-01 00:00Z' + n * interval '1 minute', 'ok', now()
                FROM monitor_environments, generate_series(1, 300) n
                """).update();
        jdbc.sql("ANALYZE monitors, monitor_environments, check_ins").update();
        long monitor =
                jdbc.sql("SELECT min(id) FROM monitors").query(Long.class).single();
        long environment = jdbc.sql("SELECT min(id) FROM monitor_environments")
                .query(Long.class)
                .single();
        var monitors = new MonitorQueries(plans.client());

        assertFound("newest", () -> monitors.newest(List.of(environment), 40).size());
        assertFound(
                "check-ins",
                () -> monitors.page(monitor, null, Position.NEWEST, 50)
                        .entries()
                        .size());
        assertFound(
                "spans",
                () -> monitors.spans(monitor, null, Instant.parse("2026-11-01T00:00:00Z"), Duration.ofHours(1), 5)
                        .size());
    }

    private static int sum(List<SessionCounts> series) {
        return (int) series.stream().mapToLong(SessionCounts::sessions).sum();
    }

    @Test
    void artifacts() {
        var seconds = new AtomicLong();
        // Whatever is kept in memory is too old the next time.
        var artifacts = new ArtifactQueries(
                plans.client(),
                new PostgresBlobStore(plans.dataSource()),
                () -> Instant.ofEpochSecond(seconds.addAndGet(60)));
        var project = new ProjectId(3);
        UUID debugId = UUID.fromString("00000000-0000-0000-0000-000000000007");

        assertFound("of the newest of projects", () -> artifacts.newest(project).isPresent() ? 1 : 0);
        assertFound(
                "by debug id",
                () -> artifacts.byDebugIds(project, List.of(debugId)).size());
        assertFound(
                "by URL",
                () -> artifacts
                        .byUrls(project, "1.7", null, List.of("~/7.js.map", "~/8.js.map"))
                        .size());
        assertFound("of a release", () -> list(artifacts, new VisibleProjects(Set.of(3L)), "1.7", null));
        assertFound("of a project", () -> list(artifacts, new VisibleProjects(Set.of(3L)), null, null));
        assertFound("of a debug id", () -> list(artifacts, VisibleProjects.ALL, null, debugId));
    }

    private static int list(ArtifactQueries artifacts, VisibleProjects projects, String release, UUID debugId) {
        return artifacts
                .list(new ArtifactFilter(projects, release, debugId, null, null), Long.MAX_VALUE, 50)
                .entries()
                .size();
    }

    private static int list(ReleaseQueries releases, ReleaseFilter filter, ReleaseSort sort) {
        return releases.list(filter, sort, ReleasePosition.FIRST, 50).entries().size();
    }

    private static int list(DeploymentStore deployments, DeploymentFilter filter) {
        return deployments.list(filter, DatedPosition.NEWEST, 50).entries().size();
    }

    @Test
    void deadLetters() {
        var letters = new DeadLetterQueries(plans.client());

        assertFound("all", () -> list(letters, new DeadLetterFilter(null, null, null, null)));
        assertFound("open", () -> list(letters, new DeadLetterFilter("open", null, null, null)));
        assertFound("of reason", () -> list(letters, new DeadLetterFilter(null, "internal", null, null)));
        assertFound("of project", () -> list(letters, new DeadLetterFilter("open", null, "item", 11L)));
        assertFound("causes", () -> letters.causes(VisibleProjects.ALL, 50).size());
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
        jdbc.sql("""
                INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
                SELECT i, 1, now(), 1, 'Ann', 'comment', '{}' FROM generate_series(1, 5000) i
                """).update();
        jdbc.sql("""
                INSERT INTO audit_log (at, user_email, via, action, object_type, object_id, object_name)
                SELECT timestamptz '2025-01-01 00:00Z' + i * interval '1 hour', '', 'session', '', '', '', ''
                FROM generate_series(1, 20000) i
                """).update();
        jdbc.sql("""
                INSERT INTO issue_tickets (issue_id, project_id, url, created_at, actor_id, actor_name)
                SELECT i, 1, 'https://example.com/' || i, now(), 1, 'Ann' FROM generate_series(1, 5000) i
                """).update();
        jdbc.sql("ANALYZE issue_activities, issue_tickets, audit_log").update();
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
                        .doesNotContainPattern("Seq Scan on"
                                + " (events|envelopes|envelope_items|event_identities|issue_|transactions|spans|session_|"
                                + "project_(hours|minutes)|dead_letters|audit_log)"));
    }

    @Test
    void ledger() {
        var ledger = new LedgerList(plans.client());
        Position middle = new Position(Instant.parse("2026-11-03T12:00:00Z"), new UUID(0, 0));

        for (Long project : new Long[] {null, 7L}) {
            for (Position behind : new Position[] {Position.NEWEST, middle}) {
                for (Fate fate : new Fate[] {null, Fate.STORED, Fate.DEAD, Fate.FILTERED}) {
                    assertFound(
                            "%s of %s".formatted(fate, project),
                            () -> ledger.page(
                                            new LedgerFilter(fate, null, project, null, null),
                                            VisibleProjects.ALL,
                                            behind,
                                            50)
                                    .entries()
                                    .size());
                }
            }
        }
        assertFound(
                "of visible projects",
                () -> ledger.page(
                                new LedgerFilter(Fate.DEAD, null, null, null, null),
                                new VisibleProjects(Set.of(3L, 4L)),
                                Position.NEWEST,
                                50)
                        .entries()
                        .size());
    }

    @Test
    void alerts() {
        jdbc.sql("""
                        INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
                        SELECT n, 1 + n % 20, now() - n * interval '1 minute', 1, 'Ann', CASE n % 3 WHEN 0 THEN 'regression' ELSE 'comment' END, '{}'
                        FROM generate_series(1, 6000) n
                        """).update();
        jdbc.sql("ANALYZE issue_activities").update();
        var history = new AlertHistory(plans.client());
        var rules = new AlertRuleStore(plans.client());
        var past = new AlertPast(new JdbcTemplate(plans.dataSource()));
        var two = new VisibleProjects(Set.of(1L, 2L));
        Instant first = Instant.parse("2026-11-01T00:00:00Z");
        Instant end = first.plus(Duration.ofDays(DAYS));

        assertFound("firings", () -> list(history, new FiringFilter(VisibleProjects.ALL, null, null, false)));
        assertFound("firings of projects", () -> list(history, new FiringFilter(two, null, null, false)));
        assertFound("firings of a rule", () -> list(history, new FiringFilter(VisibleProjects.ALL, 7L, null, false)));
        assertFound(
                "firings for an issue", () -> list(history, new FiringFilter(VisibleProjects.ALL, null, 7L, false)));
        assertFound("firings now", () -> list(history, new FiringFilter(VisibleProjects.ALL, null, null, true)));
        assertFound(
                "firings a day",
                () -> history.perDay(List.of(1L, 2L), LocalDate.EPOCH).size());
        assertPlanned("failures", () -> history.lastFailures(List.of(1L, 2L)).size());
        assertFound(
                "rules",
                () -> rules.list(VisibleProjects.ALL, Long.MAX_VALUE, 50)
                        .entries()
                        .size());
        assertFound("issues of the past", () -> past.issues(1, first, 50).size());
        assertPlanned(
                "where a number was reached",
                () -> past.reachable(1, first, end, null, Duration.ofMinutes(5), 10)
                        .size());
        assertPlanned("changes", () -> past.changes(1, first, end, 50).size());
        assertFound(
                "events of an issue", () -> past.events(1, first, end, true, 50).size());
        assertPlanned("the event before", () -> past.before(1, end).isPresent() ? 1 : 0);
    }

    private static int list(AlertHistory history, FiringFilter filter) {
        return history.list(filter, DatedPosition.NEWEST, 50).entries().size();
    }

    /** Steps of a regroup of many events: by the project, by places of events, by hashes and by issues. */
    @Test
    void regroups() {
        jdbc.sql("""
                INSERT INTO regroups (project_id, from_at, until_at, strategy, fingerprint_rules, stacktrace_rules,
                                      former_fingerprint_rules, former_stacktrace_rules, state, phase, total, created_at, created_by)
                SELECT 1 + n % 20, timestamptz '2026-11-01 00:00Z', timestamptz '2026-11-07 00:00Z', 's', '', '', '', '',
                       CASE WHEN n <= 2 THEN 'previewing' ELSE 'undone' END, 'read', 1, now(), 'ann'
                FROM generate_series(1, 5000) n
                """).update();
        jdbc.sql("""
                INSERT INTO regrouped_events (regroup_id, received_at, event_id, issue_id, strategy, hash, title)
                SELECT 7, received_at, event_id, issue_id, strategy, hash, title FROM events
                """).update();
        jdbc.sql("""
                INSERT INTO regroup_groups (regroup_id, issue_id, strategy, hash, new_hash, events, latest_received_at,
                                            latest_event_id, title)
                SELECT 7, n, 's', '', '', 1, now(), gen_random_uuid(), 't' FROM generate_series(1, 5000) n
                """).update();
        jdbc.sql("""
                INSERT INTO issue_hashes (project_id, strategy, hash, issue_id, created_at)
                SELECT project_id, 's', decode(md5(id::text), 'hex'), id, now() FROM issues
                """).update();
        jdbc.sql("ANALYZE regroups, regrouped_events, regroup_groups, issue_hashes")
                .update();
        var jobs = new JobStore(jdbc);
        var store = new RegroupStore(plans.client(), jobs);
        EventGrouping fixed = (_, _, _) -> new EventGrouping.Grouped("0".repeat(32), null, "t", null);
        EventGrouping.Source groupings = new EventGrouping.Source() {
            @Override
            public EventGrouping by(Regroup.Rules rules) {
                return fixed;
            }

            @Override
            public EventGrouping readable(long project, Regroup.Rules rules) {
                return fixed;
            }

            @Override
            public String minified(String payloadJson) {
                return payloadJson;
            }
        };

        assertFound(
                "of a project",
                () -> store.list(1, Long.MAX_VALUE, 50).entries().size());
        assertFound("by id", () -> store.find(7).isPresent() ? 1 : 0);
        assertPlanned(
                "its changes",
                () -> store.changes(7, RegroupChange.Kind.MERGE, 0, 50)
                        .entries()
                        .size());
        for (JobHandler handler : List.of(
                new RegroupPreview(plans.dataSource(), groupings),
                new RegroupApply(plans.dataSource(), groupings, Duration.ZERO),
                new RegroupUndo(plans.dataSource(), groupings, Duration.ZERO))) {
            assertPlanned(handler.kind(), () -> steps(jobs, handler));
        }
    }

    /** The first steps of a job of each phase, with what a page of events needs. */
    private static int steps(JobStore jobs, JobHandler handler) {
        List<String> phases = switch (handler.kind()) {
            case "regroup-preview" -> List.of("previewing read");
            case "regroup" -> List.of("applying read", "applying move", "applying follow", "applying name");
            default -> List.of("undoing move", "undoing file");
        };
        long id = jobs.enqueue(
                handler.kind(),
                "{\"project_id\": 8, \"regroup_id\": 7, \"user_id\": 1, \"user_name\": \"Ann\"}",
                "ann");
        Job job = jobs.find(id).orElseThrow();
        for (String phase : phases) {
            jdbc.sql("""
                            UPDATE regroups SET state = split_part(:phase, ' ', 1), phase = split_part(:phase, ' ', 2),
                                                cursor_at = 'infinity', applied_at = timestamptz '2026-11-03 00:00Z',
                                                undone_at = timestamptz '2026-11-04 00:00Z'
                            WHERE id = 7
                            """).param("phase", phase).update();
            assertThat(handler.step(job)).isInstanceOf(JobStep.Advanced.class);
        }
        return phases.size();
    }

    @Test
    void whatAlertRulesAsk() {
        var frequency = new IssueFrequency(plans.client());
        var facts = new AlertFacts(plans.dataSource());
        Instant now = Instant.parse("2026-11-04T10:10:00Z");
        for (Duration window : List.of(Duration.ofMinutes(5), Duration.ofHours(3), Duration.ofDays(2))) {
            assertPlanned(
                    "events within " + window, () -> (int) frequency.events(7, "production", now.minus(window), null));
            assertPlanned("users within " + window, () -> (int) frequency.users(7, null, now.minus(window), null));
            assertPlanned("events before within " + window, () ->
                    (int) frequency.events(7, null, now.minus(window.multipliedBy(2)), now.minus(window)));
        }
        for (Duration window : List.of(Duration.ofMinutes(5), Duration.ofHours(3))) {
            assertPlanned(
                    "issues of a project within " + window,
                    () -> frequency
                            .ofProject(3, null, now.minus(window), now, 100)
                            .size());
        }
        assertFound("an issue", () -> facts.issue(7).isPresent() ? 1 : 0);
        assertFound("its newest event", () -> facts.latestEvent(7).isPresent() ? 1 : 0);
    }

    private static int list(DeadLetterQueries letters, DeadLetterFilter filter) {
        return letters.list(filter, VisibleProjects.ALL, Long.MAX_VALUE, 50)
                .entries()
                .size();
    }

    private static int list(IssueFilter filter, IssueSort sort) {
        return issues.list(filter, sort, IssuePosition.FIRST, 50).entries().size();
    }

    private static int list(EventFilter filter, Position behind) {
        return events.list(filter, behind, 50).entries().size();
    }

    @Test
    void dashboardsAndSpikes() {
        jdbc.sql("""
                        INSERT INTO spikes (project_id, issue_id, started_at, noted_at, last_at, ended_at, peak, usual, threshold,
                                            short_history)
                        SELECT p.id, n % 50, timestamptz '2026-11-01 00:00Z' + n * interval '1 minute',
                               timestamptz '2026-11-01 00:00Z' + n * interval '1 minute', now(),
                               CASE WHEN n % 50 <> 0 OR n < 950 THEN now() END, 90, 10, 30, false
                        FROM projects p, generate_series(1, 999) n
                        """).update();
        jdbc.sql("ANALYZE spikes").update();
        var dashboard = new DashboardQueries(plans.client(), TransactionOperations.withoutTransaction());
        Instant from = Instant.parse("2026-11-06T00:00:00Z");
        var some = new VisibleProjects(Set.of(1L, 7L));
        for (Instant now : List.of(from.plusSeconds(80_000), from.plusSeconds(300_000))) {
            var window = DashboardWindow.of(from, now, now);
            for (VisibleProjects projects : List.of(VisibleProjects.ALL, some)) {
                assertFound("bars", () ->
                        (int) dashboard.errors(projects, null, window).events());
                assertFound("figures", () ->
                        (int) dashboard.figures(projects, null, window).now().errors());
                assertPlanned("in environments", () -> (int)
                        dashboard.figures(projects, Set.of("e1"), window).now().errors());
                assertFound(
                        "releases",
                        () -> dashboard.releases(projects, null, window, 5).size());
            }
        }
        var counts = new SpikeCounts(plans.client());
        Instant now = from.plusSeconds(40_000);
        assertFound(
                "minutes", () -> counts.minutes(now.minusSeconds(3_000), now).size());
        assertFound("same hours", () -> counts.sameHours(Set.of(1L, 2L), now, 7).size());
        assertPlanned("busy issues", () -> counts.busyIssues(now, 1, Set.of()).size());
        assertFound(
                "hours of issues",
                () -> counts.hoursBefore(Set.of(1L, 2L, 3L, 4L), now, 168).size());
        var spikes = new SpikeQueries(plans.client());
        assertPlanned("open spikes", () -> new SpikeStore(plans.client()).open().size());
        assertFound(
                "started",
                () -> spikes.startedSince(Instant.parse("2026-11-01T16:30:00Z")).size());
        assertFound("spikes", () -> list(spikes, VisibleProjects.ALL, null));
        assertFound("spikes of projects", () -> list(spikes, some, 0L));
        assertFound("spikes of an issue", () -> list(spikes, VisibleProjects.ALL, 7L));
    }

    @Test
    void suggestions() {
        var suggestions = new SuggestionQueries(plans.client());
        Instant from = Instant.parse("2026-11-01T00:00:00Z");
        for (VisibleProjects some : List.of(VisibleProjects.ALL, new VisibleProjects(Set.of(3L, 4L)))) {
            assertFound("keys", () -> suggestions.tagKeys(some, "k", 100).size());
            assertFound(
                    "values", () -> suggestions.tagValues(some, "k1", "v", 20).size());
            assertFound(
                    "sampled values",
                    () -> suggestions
                            .sampledValues(SampledTable.EVENTS, "e.level", "", some, from, "", 20)
                            .size());
            assertFound(
                    "sampled names",
                    () -> suggestions
                            .sampledValues(SampledTable.TRANSACTIONS, "t.name", "", some, from, "cart", 20)
                            .size());
            assertFound(
                    "sampled issues",
                    () -> suggestions
                            .sampledValues(SampledTable.ISSUES, "i.level", "", some, from, "", 20)
                            .size());
            assertPlanned(
                    "sampled keys",
                    () -> suggestions
                            .sampledKeys(SampledTable.TRANSACTIONS, some, from, "", 20)
                            .size());
            assertFound("levels", () -> suggestions.levels(some, from, "", 20).size());
            assertFound(
                    "versions", () -> suggestions.releases(some, from, "1.", 20).size());
        }
    }

    private static int list(SpikeQueries spikes, VisibleProjects projects, Long issue) {
        return spikes.list(new SpikeQueries.SpikeFilter(projects, issue, null, null, null), DatedPosition.NEWEST, 20)
                .entries()
                .size();
    }

    @Test
    void feedback() {
        jdbc.sql("""
                        INSERT INTO feedback (received_at, project_id, feedback_id, envelope_id, occurred_at, source, message, event_id, tags)
                        SELECT received_at, project_id, gen_random_uuid(), envelope_id, received_at, 'api', 'It broke', event_id, '{}'
                        FROM events WHERE get_byte(uuid_send(event_id), 0) < 16
                        """).update();
        jdbc.sql("""
                        INSERT INTO event_identities (project_id, event_id, received_at)
                        SELECT project_id, feedback_id, received_at FROM feedback
                        """).update();
        jdbc.sql("""
                        INSERT INTO feedback_states (project_id, feedback_id, status, changed_at, changed_by)
                        SELECT project_id, feedback_id, 'resolved', now(), 'ann' FROM feedback
                        WHERE get_byte(uuid_send(feedback_id), 0) < 128
                        """).update();
        jdbc.sql("ANALYZE feedback, feedback_states, event_identities").update();
        var feedback = new FeedbackQueries(plans.client());
        var some = new VisibleProjects(Set.of(1L));
        for (VisibleProjects projects : List.of(VisibleProjects.ALL, some, new VisibleProjects(Set.of(1L, 7L)))) {
            for (FeedbackStatus status : FeedbackStatus.values()) {
                var filter = new FeedbackFilter(projects, status, null, null, null, null, null, null);
                assertPlanned(
                        "a page of " + status,
                        () -> feedback.list(filter, Position.NEWEST, 50)
                                .entries()
                                .size());
            }
        }
        var all = new FeedbackFilter(some, null, null, null, null, null, null, null);
        StoredFeedback one = feedback.list(all, Position.NEWEST, 1).entries().getFirst();
        var ofEnvironment = new FeedbackFilter(some, null, null, Set.of("e1"), null, null, null, null);
        assertPlanned(
                "of an environment",
                () -> feedback.list(ofEnvironment, Position.NEWEST, 50)
                        .entries()
                        .size());
        assertFound("one", () -> feedback.find(one.id(), some).isPresent() ? 1 : 0);
        assertPlanned(
                "of an issue",
                () -> feedback.list(FeedbackFilter.ofIssue(1, 7), Position.NEWEST, 50)
                        .entries()
                        .size());
        var day = new FeedbackFilter(
                some,
                null,
                null,
                null,
                null,
                Instant.parse("2026-11-03T00:00:00Z"),
                Instant.parse("2026-11-04T00:00:00Z"),
                null);
        assertPlanned("counts", () -> feedback.counts(day).size());
        var statuses = List.of(FeedbackStatus.SPAM, FeedbackStatus.IGNORED).iterator();
        assertFound(
                "changed",
                () -> new FeedbackStore(plans.client())
                        .change(
                                List.of(one.id()),
                                new FeedbackStore.Change(statuses.next(), false, null),
                                some,
                                "ann",
                                Instant.parse("2026-11-06T00:00:00Z"))
                        .size());
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
                .allSatisfy(
                        plan -> assertThat(plan)
                                .doesNotContainPattern(
                                        "Seq Scan on (events|alert_firings|envelope|event_identities|issue|transactions|spans|logs|attachments|feedback_2|artifact_files|release|session_|spikes|"
                                                + "deployments|check_ins|transaction_(hours|minutes)|"
                                                + "project_(hours|minutes)|dead_letters|regroups|regroup_groups|regrouped_events)"));
        if (Boolean.getBoolean(TestSize.PROPERTY)) {
            System.out.printf("%s: %d ms%n", what, took.toMillis());
        }
        return found;
    }

    private static void insert(String sql) {
        jdbc.sql(sql).param("events", EVENTS).param("days", DAYS).update();
    }
}
