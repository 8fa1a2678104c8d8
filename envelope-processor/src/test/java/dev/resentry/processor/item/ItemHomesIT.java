package dev.resentry.processor.item;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.envelope.EnvelopeId;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.processor.RunningProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each item of an envelope has its own outcome and its payload, and those with tables of their own their rows. */
@Timeout(180)
class ItemHomesIT {
    private static final String TRACE = "4c79f60c11214eb38604f4ae0781bfb2";
    private static final String SPAN = """
            {"trace_id":"%s","span_id":"b01b9f6349558cd1","parent_span_id":"fa90fdead5f74052","op":"db","description":"SELECT 1",\
            "start_timestamp":1795175940.5,"timestamp":1795175941,"data":{"db.system":"postgresql"}}""".formatted(TRACE);
    private static final String TRANSACTION = """
            {"transaction":"GET /cart","start_timestamp":1795175940,"timestamp":1795175941.5,"release":"shop@1.2",\
            "contexts":{"trace":{"trace_id":"%s","span_id":"fa90fdead5f74052","op":"http.server"}},"spans":[%s]}""".formatted(TRACE, SPAN);
    private static final String SPANS = """
            {"items":[{"trace_id":"%s","span_id":"c01b9f6349558cd1","name":"GET","is_segment":true,"status":"ok",\
            "start_timestamp":1795175940.5,"end_timestamp":1795175941,"attributes":{"sentry.op":{"type":"string","value":"http.client"},\
            "size":{"type":"integer","value":7}},"links":[]}]}""".formatted(TRACE);
    private static final String LOGS = """
            {"items":[{"timestamp":1795175940.5,"trace_id":"%s","level":"warn","body":"Stock is low",\
            "attributes":{"shelf":{"type":"integer","value":3}}},{"timestamp":1795175940.5,"body":"Next"}]}""".formatted(TRACE);
    private static final String LOG_HEADER =
            ",\"content_type\":\"application/vnd.sentry.items.log+json\",\"item_count\":2";
    private static final String SESSION = "{\"started\":\"2026-11-20T12:00:00Z\",\"attrs\":{\"release\":\"shop@1.2\"}}";
    private static final String SESSIONS = """
            {"aggregates":[{"started":"2026-11-20T12:00:00Z","exited":3}],"attrs":{"release":"shop@1.2"}}""";
    private static final String CHECK_IN = "{\"monitor_slug\":\"nightly\",\"status\":\"ok\"}";
    private static final String CONTAINER = "\"content_type\":\"application/vnd.sentry.items.span.v2+json\"";

    private static RunningProcessor processor;

    @BeforeAll
    static void start() throws InterruptedException {
        processor = new RunningProcessor();
    }

    @AfterAll
    static void stop() {
        processor.close();
    }

    @Test
    void everyTypeIsStoredWithItsPayloadThoseThatNobodyKnowsToo() throws Exception {
        List<String> types = Stream.concat(
                        Stream.of(ItemType.Known.values()).map(ItemType::wireName), Stream.of("hologram"))
                .toList();
        Instant at = Instant.parse("2026-11-20T12:00:00.123456Z");
        for (String type : types) {
            send(
                    at,
                    "{}\n{\"type\":\"%s\"%s}\n%s\n"
                            .formatted(type, type.equals("log") ? LOG_HEADER : "", payload(type)));
        }
        awaitAll();

        assertThat(texts(
                        "SELECT type || ' ' || outcome || ' ' || coalesce(drop_cause, '') FROM envelope_items WHERE received_at = '"
                                + at + "'"))
                .containsExactlyInAnyOrderElementsOf(
                        types.stream().map(type -> type + " stored ").toList());
        assertThat(texts("""
                        SELECT i.type || ' ' || encode(substring(body FROM payload_offset + 1 FOR payload_length), 'escape')
                        FROM envelope_items i JOIN envelopes e ON e.id = i.envelope_id AND e.received_at = i.received_at
                        WHERE i.received_at = '%s'
                        """.formatted(at)))
                .containsExactlyInAnyOrderElementsOf(
                        types.stream().map(type -> type + " " + payload(type)).toList());
    }

    @Test
    void aTransactionComesOnceWithItsSpansAndItsAttachmentHoweverOftenItIsSent() throws Exception {
        Instant at = Instant.parse("2026-11-20T13:00:00Z");
        String id = UUID.randomUUID().toString().replace("-", "");
        String envelope = """
                {"event_id":"%s"}
                {"type":"transaction"}
                %s
                {"type":"attachment","content_type":"text/plain; charset=utf-8"}
                note
                {"type":"attachment","attachment_type":"event.minidump","filename":" "}
                note
                """.formatted(id, TRANSACTION);
        send(at, envelope);
        // An SDK's retry, in an envelope of its own.
        send(at, envelope);
        awaitAll();

        String ofEvent = " WHERE received_at = '%s'".formatted(at);
        assertThat(texts(
                        "SELECT concat_ws(' ', event_id, name, op, trace_id, span_id, duration_ms, release, span_count, payload -> 'spans' IS NULL) "
                                + "FROM transactions" + ofEvent))
                .containsExactly(
                        UUID.fromString(id.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"))
                                + " GET /cart http.server 4c79f60c-1121-4eb3-8604-f4ae0781bfb2 fa90fdead5f74052 1500 shop@1.2 1 t");
        assertThat(texts(
                        "SELECT concat_ws(' ', replace(transaction_id::text, '-', ''), op, description, duration_ms, data) FROM spans"
                                + ofEvent))
                .containsExactly(id + " db SELECT 1 500 {\"db.system\": \"postgresql\"}");
        assertThat(texts("SELECT concat_ws(' ', name, content_type, attachment_type, size) FROM attachments" + ofEvent
                        + " ORDER BY position"))
                .containsExactly(
                        "attachment-1.txt text/plain; charset=utf-8 event.attachment 4",
                        "minidump.dmp application/octet-stream event.minidump 4");
        assertThat(processor.count("blobs WHERE content = 'note'"))
                .as("equal bytes are kept once")
                .isEqualTo(1);
        assertThat(texts("SELECT type || ' ' || outcome FROM envelope_items" + ofEvent))
                .containsExactlyInAnyOrder(
                        "transaction stored",
                        "attachment stored",
                        "attachment stored",
                        "transaction duplicate",
                        "attachment duplicate",
                        "attachment duplicate");
    }

    @Test
    void spansComeInContainersAndWhatIsWrongInThemIsSaid() throws Exception {
        Instant at = Instant.parse("2026-11-20T14:00:00Z");
        send(at, "{}\n{\"type\":\"span\",%s,\"item_count\":1}\n%s\n".formatted(CONTAINER, SPANS));
        send(at, "{}\n{\"type\":\"span\",%s,\"item_count\":2}\n%s\n".formatted(CONTAINER, SPANS));
        send(at, "{}\n{\"type\":\"span\",%s}\n%s\n".formatted(CONTAINER, SPANS));
        send(
                at,
                "{}\n{\"type\":\"span\",%s,\"item_count\":1}\n%s\n"
                        .formatted(CONTAINER, SPANS.replace("c01b9f6349558cd1", "none")));
        send(at, "{}\n{\"type\":\"span\",%s,\"item_count\":1}\n{\"items\":[\n".formatted(CONTAINER));
        send(at, "{}\n{\"type\":\"transaction\"}\n%s\n".formatted(TRANSACTION.replace("b01b9f6349558cd1", "none")));
        awaitAll();

        assertThat(texts("""
                        SELECT concat_ws(' ', span_id, segment, op, description, status, duration_ms, data, other)
                        FROM spans WHERE received_at = '%s'
                        """.formatted(at)))
                .containsExactly(
                        "c01b9f6349558cd1 t http.client GET ok 500 {\"size\": 7, \"sentry.op\": \"http.client\"} {\"links\": []}");
        assertThat(texts(
                        "SELECT drop_reason || ' ' || drop_cause FROM envelope_items WHERE received_at = '%s' AND outcome = 'dropped'"
                                .formatted(at)))
                .satisfiesExactlyInAnyOrder(
                        cause -> assertThat(cause).isEqualTo("invalid_item item_count: 2, but items has 1"),
                        cause -> assertThat(cause).startsWith("invalid_item item_count: missing"),
                        cause -> assertThat(cause).startsWith("invalid_item items[0].span_id: \"none\""),
                        cause -> assertThat(cause).startsWith("invalid_json byte "));
        // Of a transaction, only the span goes.
        assertThat(texts(
                        "SELECT concat_ws(' ', span_count, payload #>> '{errors,0,name}', payload #>> '{errors,0,reason}') FROM transactions WHERE received_at = '%s'"
                                .formatted(at)))
                .singleElement()
                .asString()
                .startsWith("1 spans.0 spans[0].span_id: \"none\"");
    }

    @Test
    void logsOfAContainerAreRowsEachAndOfAnotherOneNoneIsStored() throws Exception {
        Instant at = Instant.parse("2026-11-20T15:00:00Z");
        send(at, "{}\n{\"type\":\"log\"%s}\n%s\n".formatted(LOG_HEADER, LOGS));
        send(at, "{}\n{\"type\":\"log\"%s}\n%s\n".formatted(LOG_HEADER.replace("2", "3"), LOGS));
        awaitAll();

        assertThat(texts("""
                        SELECT concat_ws(' ', index, occurred_at AT TIME ZONE 'UTC', trace_id, level, severity_number, body, attributes)
                        FROM logs WHERE received_at = '%s' ORDER BY index
                        """.formatted(at)))
                .containsExactly(
                        "0 2026-11-20 11:59:00.5 4c79f60c-1121-4eb3-8604-f4ae0781bfb2 warn 13 Stock is low {\"shelf\": 3}",
                        "1 2026-11-20 11:59:00.5 info 9 Next {}");
        assertThat(texts(
                        "SELECT drop_reason || ' ' || drop_cause FROM envelope_items WHERE received_at = '%s' AND outcome = 'dropped'"
                                .formatted(at)))
                .containsExactly("invalid_item item_count: 3, but items has 2");
    }

    private static String payload(String type) {
        return switch (type) {
            case "event" -> "{\"message\":\"an event\"}";
            case "transaction" -> TRANSACTION;
            case "span" -> SPAN;
            case "session" -> SESSION;
            case "sessions" -> SESSIONS;
            case "log" -> LOGS;
            case "check_in" -> CHECK_IN;
            case "feedback" -> "{\"contexts\":{\"feedback\":{\"message\":\"Nice\"}}}";
            case "user_report" -> "{\"comments\":\"It broke\"}";
            default -> "the payload of a " + type;
        };
    }

    private static void send(Instant receivedAt, String body) throws Exception {
        processor.send(EnvelopeId.at(receivedAt), receivedAt, body.getBytes(UTF_8));
    }

    /** Behind a record that is the last of the only partition. */
    private static void awaitAll() throws Exception {
        String last = "last" + UUID.randomUUID();
        processor.send("{}\n{\"type\":\"%s\"}\nx\n".formatted(last));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> processor.count("envelope_items WHERE type = '%s'".formatted(last)) == 1);
    }

    private static List<String> texts(String query) {
        return processor.jdbc().sql(query).query(String.class).list();
    }
}
