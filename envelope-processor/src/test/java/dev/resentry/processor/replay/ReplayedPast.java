package dev.resentry.processor.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.json.UntrustedJson;
import dev.resentry.processor.RunningProcessor;
import dev.resentry.storage.job.JobState;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.replay.ReplayRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A running processor whose past can be changed, and the replays that it is asked for. */
final class ReplayedPast implements AutoCloseable {
    /** How many records the processor may be behind for a replay to go on. */
    static final int MAX_LAG = 20;

    private static final List<String> TABLES = List.of(
            "envelopes",
            "envelope_items",
            "events",
            "transactions",
            "spans",
            "logs",
            "attachments",
            "feedback",
            "event_identities",
            "issues",
            "issue_hashes",
            "dead_letters",
            "topic_fates",
            "envelope_totals",
            "outcome_totals",
            "issue_hours",
            "issue_users",
            "issue_tags",
            "issue_tag_keys",
            "issue_releases",
            "releases",
            "project_minutes",
            "project_hours",
            "release_hours",
            "transaction_minutes",
            "transaction_hours");

    final RunningProcessor processor;
    final JobStore jobs;

    ReplayedPast() throws InterruptedException {
        processor = new RunningProcessor(List.of("--resentry.replay.max-lag=" + MAX_LAG), ReplayedItems.class);
        jobs = processor.bean(JobStore.class);
        // As a migration would.
        sql("""
                CREATE TABLE temperatures (received_at timestamptz NOT NULL, envelope_id uuid NOT NULL,
                                           degrees bigint NOT NULL, PRIMARY KEY (received_at, envelope_id))
                PARTITION BY RANGE (received_at)
                """);
        sql("INSERT INTO partitioned_tables VALUES ('temperatures')");
        texts("SELECT ensure_day_partitions(current_date)::text");
    }

    @Override
    public void close() {
        processor.close();
    }

    /** Runs a statement. */
    void sql(String statement) {
        processor.jdbc().sql(statement).update();
    }

    static ReplayRequest everything(boolean dryRun) {
        Instant now = Instant.now();
        return new ReplayRequest(
                now.minus(20, ChronoUnit.DAYS), now.plus(1, ChronoUnit.MINUTES), List.of(), List.of(), dryRun);
    }

    JsonNode replay(ReplayRequest request) {
        return resultOf(jobs.enqueue(ReplayRequest.KIND, request.json(), "test"));
    }

    JsonNode resultOf(long job) {
        JobState ended = await().atMost(Duration.ofSeconds(90))
                .until(
                        () -> jobs.find(job).orElseThrow().state(),
                        state -> state instanceof JobState.Succeeded
                                || (state instanceof JobState.Queued(var _, var failure) && failure != null));
        assertThat(ended).isInstanceOf(JobState.Succeeded.class);
        return UntrustedJson.STORED.tree(((JobState.Succeeded) ended).resultJson());
    }

    static String change(JsonNode result, String table) {
        for (JsonNode change : result.path("tables")) {
            if (change.path("table").asString().equals(table)) {
                return "%s %s %s".formatted(change.path("added"), change.path("changed"), change.path("removed"));
            }
        }
        return "none";
    }

    /** Events of several issues, one of them twice, an envelope twice, and what is dropped, kept or a dead letter. */
    void sendOfEveryKind() throws Exception {
        UUID twice = UUID.randomUUID();
        processor.send(event(UUID.randomUUID(), "an event"));
        processor.send(event(UUID.randomUUID(), "an event of another kind"));
        processor.send(event(twice, "an event"));
        processor.send(event(twice, "an event"));
        processor.send(
                "{}\n{\"type\":\"event\"}\n{\"message\":\"without an id\"}\n{\"type\":\"event\"}\n{\"message\":\"and one more\"}\n");
        processor.send(transaction(UUID.randomUUID().toString()));
        processor.send(log("a log", "another log"));
        processor.send(feedback(UUID.randomUUID()));
        processor.send("rubbish");
        processor.send(
                "{}\n{\"type\":\"event\"}\nno json\n{\"type\":\"never-heard-of\"}\n{}\n{\"type\":\"attachment\"}\nnote\n");
        processor.send(
                "{}\n{\"type\":\"client_report\"}\n{\"discarded_events\":[{\"reason\":\"sample_rate\",\"category\":\"error\",\"quantity\":3}]}\n");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        EnvelopeId again = EnvelopeId.at(now);
        processor.send(again, now, event(UUID.randomUUID(), "an event").getBytes(UTF_8));
        // Another body under the id of an envelope that is stored must not count now either.
        send(again, now, event(UUID.randomUUID(), "an event that nobody stored"));
    }

    void send(String body) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        send(EnvelopeId.at(now), now, body);
    }

    /** Sends it and a last one behind it on the only partition, and waits for that. */
    void send(EnvelopeId id, Instant receivedAt, String body) throws Exception {
        processor.send(id, receivedAt, body.getBytes(UTF_8));
        String last = "last-" + UUID.randomUUID();
        processor.send("{}\n{\"type\":\"%s\"}\nx\n".formatted(last));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> processor.count("envelope_items WHERE type = '%s'".formatted(last)) == 1);
    }

    static String event(UUID id, String message) {
        return """
                {"event_id":"%s"}
                {"type":"event"}
                {"message":"%s","level":"error","environment":"production","release":"shop@1.2",\
                "user":{"id":"%s"},"tags":{"shop":"berlin"}}
                """.formatted(id.toString().replace("-", ""), message, message.length());
    }

    static String log(String... bodies) {
        String entries = Arrays.stream(bodies)
                .map(
                        "{\"timestamp\":1795175940.5,\"level\":\"info\",\"body\":\"%s\",\"attributes\":{\"shelf\":{\"value\":3}}}"
                                ::formatted)
                .collect(Collectors.joining(","));
        return "{}\n{\"type\":\"log\",\"content_type\":\"application/vnd.sentry.items.log+json\",\"item_count\":%d}\n{\"items\":[%s]}\n"
                .formatted(bodies.length, entries);
    }

    static String feedback(UUID id) {
        return """
                {"event_id":"%s"}
                {"type":"feedback"}
                {"contexts":{"feedback":{"message":"The cart is empty","name":"Ann","contact_email":"ann@example.com"}}}
                """.formatted(id.toString().replace("-", ""));
    }

    /** One of now, so that minutes of it are kept. */
    static String transaction(String id) {
        long at = Instant.now().getEpochSecond() - 60;
        return """
                {"event_id":"%1$s"}
                {"type":"transaction"}
                {"transaction":"GET /cart","start_timestamp":%2$d,"timestamp":%3$d.5,"contexts":{"trace":\
                {"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"fa90fdead5f74052","op":"http.server"}},"spans":[\
                {"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"b01b9f6349558cd1","parent_span_id":"fa90fdead5f74052",\
                "op":"db","description":"SELECT 1","start_timestamp":%2$d.5,"timestamp":%3$d}]}
                {"type":"attachment","filename":"note.txt"}
                a note
                """.formatted(id.replace("-", ""), at, at + 1);
    }

    /** All rows as JSON, by table. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        TABLES.forEach(
                // Which transaction stored a log is no part of what it is.
                table -> rows.put(
                        table,
                        texts("SELECT (to_jsonb(t) - 'stored_by')::text FROM %s t ORDER BY 1".formatted(table))));
        return rows;
    }

    List<String> texts(String query) {
        return processor.jdbc().sql(query).query(String.class).list();
    }

    long number(String query, Object value) {
        return processor.jdbc().sql(query.formatted(value)).query(Long.class).single();
    }
}
