package dev.resentry.storage.regroup;

import static dev.resentry.storage.rollup.RollupDatabase.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.ingest.BatchRecord;
import dev.resentry.storage.issue.Author;
import dev.resentry.storage.job.Job;
import dev.resentry.storage.job.JobHandler;
import dev.resentry.storage.job.JobRunner;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.project.ProjectProcessingStore;
import dev.resentry.storage.regroup.Regroup.Rules;
import dev.resentry.storage.rollup.RollupDatabase;
import dev.resentry.storage.rollup.RollupDatabase.Said;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Events of project 1 on a real database, with rules that anybody can follow: an event of kind {@code 7} has the hash 7, unless the
 * rules say {@code 7=1}, or {@code 7=1:Name} for a title too. Kinds from {@value #FIRST_MINIFIED} on are minified; {@link #sourceMaps} tell of
 * which kind they are.
 */
final class RegroupedPast implements AutoCloseable {
    static final Author ANN = new Author(1, "Ann", "ann@example.com");
    static final String STRATEGY = "s";
    static final int FIRST_MINIFIED = 20;

    private static final List<String> TABLES = List.of(
            "events",
            "issues",
            "issue_hashes",
            "merged_issues",
            "issue_hours",
            "issue_users",
            "issue_tags",
            "issue_tag_keys",
            "project_minutes",
            "project_hours",
            "event_identities",
            "issue_tickets",
            "events_outbox",
            "issue_activities");

    final RollupDatabase database = new RollupDatabase();
    final JobStore jobs = new JobStore(database.jdbc);
    final RegroupStore regroups = new RegroupStore(database.jdbc, jobs);
    final Map<Integer, Integer> sourceMaps = new ConcurrentHashMap<>();
    final TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(database.pool));

    private final FakeGroupings groupings = new FakeGroupings();

    RegroupedPast() {
        new SchemaMigration(database.pool).migrate();
        database.addProject(1);
    }

    @Override
    public void close() {
        database.close();
    }

    void empty() {
        database.jdbc.sql("""
                        TRUNCATE envelopes, envelope_items, events, event_identities, issue_hashes, issues, issue_hours, issue_users,
                                 issue_tags, issue_tag_keys, project_minutes, project_hours, merged_issues, issue_activities,
                                 project_processing, import_tokens, jobs, pending_recounts, issue_moves, regroups, regroup_groups, regroup_changes,
                                 regrouped_events, regrouped_hashes, regrouped_issues, events_outbox, deleted_issues, deleted_rows,
                                 issue_releases, release_hours, issue_days, issue_tickets, repaired_issues, artifact_uploads, missing_source_maps,
                                 artifact_files, artifact_bundles
                        """).update();
        sourceMaps.clear();
    }

    private final class FakeGroupings implements EventGrouping.Source {
        @Override
        public EventGrouping by(Rules rules) {
            return (_, _, payload) -> grouped(
                    rules.fingerprints(),
                    UntrustedJson.STORED.tree(payload).path("kind").intValue());
        }

        @Override
        public EventGrouping readable(long project, Rules rules) {
            return (_, _, payload) -> {
                int kind = UntrustedJson.STORED.tree(payload).path("kind").intValue();
                Integer original = sourceMaps.get(kind);
                EventGrouping.Grouped grouped = grouped(rules.fingerprints(), original == null ? kind : original);
                return new EventGrouping.Grouped(
                        grouped.hash(),
                        null,
                        grouped.title(),
                        "kind%d.ts".formatted(original == null ? kind : original),
                        original == null
                                ? new EventGrouping.ReadablePayload(null, kind >= FIRST_MINIFIED)
                                : new EventGrouping.ReadablePayload(
                                        "{\"kind\": %d, \"was\": %d}".formatted(original, kind), false));
            };
        }

        @Override
        public String minified(String payloadJson) {
            JsonNode payload = UntrustedJson.STORED.tree(payloadJson);
            return payload.has("was")
                    ? "{\"kind\": %d}".formatted(payload.path("was").intValue())
                    : payloadJson;
        }
    }

    private static EventGrouping.Grouped grouped(String rules, int kind) {
        int number = kind;
        String title = "Kind " + kind;
        for (String rule : rules.split(" ", -1)) {
            if (rule.startsWith(kind + "=")) {
                String[] parts = rule.substring(rule.indexOf('=') + 1).split(":", -1);
                number = Integer.parseInt(parts[0]);
                title = parts.length > 1 ? parts[1] : title;
            }
        }
        return new EventGrouping.Grouped(hash(STRATEGY, number).hex(), null, title, null);
    }

    /** Stores events that arrive now, by the rules that the project has. */
    void store(int kind, int count, long firstUser, int users) {
        storeAt(Instant.now(), STRATEGY, kind, count, firstUser, users);
    }

    void storeAt(Instant at, String strategy, int kind, int count, long firstUser, int users) {
        List<BatchRecord> events = new ArrayList<>();
        EventGrouping.Grouped grouped = grouped(rules(), kind);
        for (int i = 0; i < count; i++) {
            Instant time = at.minus(i, ChronoUnit.MILLIS).truncatedTo(ChronoUnit.MICROS);
            events.add(RollupDatabase.event(
                    new Said(
                            1,
                            kind,
                            time,
                            time,
                            null,
                            "error",
                            "1.0",
                            firstUser + i % users,
                            Map.of("kind", "k" + kind)),
                    hash(strategy, Integer.parseInt(grouped.hash(), 16)),
                    List.of()));
        }
        database.batches.store(events);
        // As the processor would have written them.
        database.jdbc
                .sql("""
                        UPDATE events SET payload_json = format('{"kind": %s}', :kind), title = :title,
                                          culprit = CASE WHEN :minified THEN 'app.min.js' END, needs_source_maps = :minified
                        WHERE payload = '{}' AND title = 'Title'
                        """)
                .param("kind", kind)
                .param("minified", kind >= FIRST_MINIFIED)
                .param("title", grouped.title())
                .update();
        database.jdbc
                .sql("""
                        UPDATE issues SET title = :title, culprit = CASE WHEN :minified THEN 'app.min.js' END
                        WHERE title = 'Title'
                        """)
                .param("minified", kind >= FIRST_MINIFIED)
                .param("title", grouped.title())
                .update();
    }

    String rules() {
        return new ProjectProcessingStore(database.jdbc)
                .find(1)
                .map(found -> String.valueOf(found.fingerprintRules()))
                .orElse("");
    }

    void changeRules(String rules) {
        var store = new ProjectProcessingStore(database.jdbc);
        long revision = store.find(1).map(found -> found.revision()).orElse(0L);
        assertThat(store.replaceGroupingRules(1, rules, "", revision, "bob@example.com"))
                .isPresent();
    }

    Regroup begin(String rules) {
        return transaction.execute(_ -> regroups.preview(1, STRATEGY, new Rules(rules, ""), Duration.ofDays(3), ANN)
                .orElseThrow());
    }

    Regroup preview(String rules) {
        Regroup begun = begin(rules);
        finishJobs();
        Regroup previewed = find(begun);
        assertThat(previewed.state()).isEqualTo(RegroupState.PREVIEWED);
        return previewed;
    }

    Regroup find(Regroup regroup) {
        return regroups.find(regroup.id()).orElseThrow();
    }

    boolean startApplying(Regroup regroup) {
        return Boolean.TRUE.equals(transaction.execute(_ -> regroups.apply(find(regroup), ANN)));
    }

    boolean startUndoing(Regroup regroup) {
        return Boolean.TRUE.equals(transaction.execute(_ -> regroups.undo(find(regroup), ANN)));
    }

    Regroup apply(Regroup regroup) {
        assertThat(startApplying(regroup)).isTrue();
        finishJobs();
        assertThat(find(regroup).state()).isEqualTo(RegroupState.APPLIED);
        return find(regroup);
    }

    Regroup undo(Regroup regroup) {
        assertThat(startUndoing(regroup)).isTrue();
        finishJobs();
        assertThat(find(regroup).state()).isEqualTo(RegroupState.UNDONE);
        return find(regroup);
    }

    /** Holds uploads against the events. */
    SourceMapRepair repair() {
        return new SourceMapRepair(database.pool, STRATEGY, Duration.ZERO);
    }

    private List<JobHandler> handlers() {
        return List.of(
                repair(),
                new RegroupPreview(database.pool, groupings),
                new RegroupApply(database.pool, groupings, Duration.ZERO),
                new RegroupUndo(database.pool, groupings, Duration.ZERO));
    }

    void finishJobs() {
        while (new JobRunner(jobs, handlers()).runNext(() -> false)) {
            // Until no job is left.
        }
    }

    /** One step of one runner; false if there was no job. */
    boolean step() {
        var asked = new AtomicInteger();
        return new JobRunner(jobs, handlers()).runNext(() -> asked.getAndIncrement() > 0);
    }

    /** Does each step in a process that dies before it has said so, and once more in the next one. */
    void finishJobsByRunnersThatDie(Regroup regroup) {
        do {
            Job job = jobs.find(find(regroup).jobId()).orElseThrow();
            handlers().stream()
                    .filter(handler -> handler.kind().equals(job.kind()))
                    .forEach(handler -> handler.step(job));
        } while (step());
    }

    /** All rows that a regroup may touch, by table. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach(table ->
                rows.put(table, database.texts("SELECT to_jsonb(t)::text FROM %s t ORDER BY 1".formatted(table))));
        return rows;
    }

    /** Title, events and users of all issues, by their ids. */
    List<String> issues() {
        return database.texts("SELECT title || ' ' || event_count || ' ' || users_affected FROM issues ORDER BY id");
    }

    /** How many events of which kind an issue has, by the ids of issues. */
    List<String> filed() {
        return database.texts("""
                SELECT string_agg(kind || 'x' || events, ' ' ORDER BY kind)
                FROM (SELECT issue_id, payload ->> 'kind' AS kind, count(*) AS events FROM events GROUP BY 1, 2) AS e
                GROUP BY issue_id ORDER BY issue_id
                """);
    }

    long issueOf(int hash) {
        return database.jdbc
                .sql("SELECT issue_id FROM issue_hashes WHERE strategy = :strategy AND hash = :hash")
                .param("strategy", STRATEGY)
                .param("hash", hash(STRATEGY, hash).toByteArray())
                .query(Long.class)
                .single();
    }

    /** Roll-ups are as if all had been counted from the events. */
    void assertCountedExactly() {
        Map<String, List<String>> counted = database.rollups();
        database.forgetRollups();
        database.rebuildAll(
                Instant.now().minus(Duration.ofDays(9)), Instant.now().plusSeconds(60));
        assertThat(database.rollups()).isEqualTo(counted);
    }
}
