package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.Rule.ENVELOPE;
import static dev.resentry.gateway.endpoint.Rule.ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.publish.EnvelopePublisher.Publication;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What of an envelope is judged at the door: its first line, and nothing behind it (ingest protocol, sections 2.1, 2.2 and
 * 2.7). What the processor judges is kept.
 */
class EnvelopeConformanceTest {
    private static final String HEADER = "{\"event_id\":\"%s\"}".formatted(ID);
    private static final IngestScene SCENE = new IngestScene();

    @AfterAll
    static void stop() {
        SCENE.close();
    }

    @AfterEach
    void reset() {
        SCENE.publishingBecomes(new Publication.Kept());
        SCENE.projects().complete(true);
        SCENE.forget();
    }

    @TestFactory
    Stream<DynamicTest> aBrokenFirstLineIsRejectedAtOnce() {
        return SCENE.show(
                judged("22: zero bytes", "").rejected(400, "empty request body"),
                judged("blank only", " \n\t ").rejected(400, "invalid event envelope", "has no header"),
                judged("25: a blank behind the header", HEADER + " \n").rejected(400, "expected '}'"),
                judged("25: a carriage return behind the header", HEADER + "\r\n")
                        .rejected(400, "byte 0x0d"),
                judged("30: a list", "[]\n").rejected(400, "invalid event envelope"),
                judged("30: a text", "\"x\"\n").rejected(400, "invalid event envelope"),
                judged("30: a number", "5\n").rejected(400, "invalid event envelope"),
                judged("30: words", "rubbish\n").rejected(400, "invalid event envelope"),
                judged("an object that is cut off", "{\"event_id\":").rejected(400, "invalid event envelope"),
                judged("two objects", "{}{}\n").rejected(400, "invalid event envelope"),
                judged("31: an event id that is none", "{\"event_id\":\"not-a-uuid\"}\n")
                        .rejected(400, "event_id"),
                judged("an event id that is a number", "{\"event_id\":5}\n")
                        .rejected(400, "event_id: expected a string"),
                judged("an event id given twice", "{\"event_id\":null,\"event_id\":null}\n")
                        .rejected(400, "given twice"),
                judged("sent_at given twice", "{\"sent_at\":null,\"sent_at\":null}\n")
                        .rejected(400, "given twice"),
                judged("sent_at that is no time", "{\"sent_at\":\"yesterday\"}\n")
                        .rejected(400, "sent_at"),
                judged("a dsn that is none", "{\"dsn\":\"x\"}\n").rejected(400, "dsn: not a DSN"));
    }

    @TestFactory
    Stream<DynamicTest> aSoundFirstLineIsEnough() {
        return SCENE.show(
                judged("1: a header without newline", HEADER).keptWithId(Endpoint.ENVELOPE),
                judged("2: a header", HEADER + "\n").keptWithId(Endpoint.ENVELOPE),
                judged("3: an empty header", "{}\n").keptWithoutId(Endpoint.ENVELOPE),
                judged("an empty header without newline", "{}").keptWithoutId(Endpoint.ENVELOPE),
                judged("4: empty items", HEADER + "\n{\"type\":\"attachment\",\"length\":0}\n\n")
                        .keptWithId(Endpoint.ENVELOPE),
                judged("14: sent_at", "{\"sent_at\":\"1970-01-01T00:02:03Z\"}\n")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("15: sent_at null", "{\"sent_at\":null}\n").keptWithoutId(Endpoint.ENVELOPE),
                judged("2.2: a dsn that is null is none", "{\"dsn\":null}\n").keptWithoutId(Endpoint.ENVELOPE),
                judged("13: no dsn, as the request says who sends", "{\"sdk\":{\"name\":\"x\"}}\n")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("19: an origin other than the request's is ignored", "{\"origin\":\"https://a.example\"}\n")
                        .header("Origin", "https://b.example")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("43: an alias of an item", "{}\n{\"type\":\"profile_chunk_ui\"}\n{}")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("an event id that is null", "{\"event_id\":null}\n").keptWithoutId(Endpoint.ENVELOPE),
                judged("20: a session needs no id", "{}\n{\"type\":\"session\"}\n{}")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("24: an empty line behind the header", HEADER + "\n\n{\"type\":\"event\"}\n{}")
                        .keptWithId(Endpoint.ENVELOPE),
                judged("blanks before the header", "  \n" + HEADER + "\n").keptWithId(Endpoint.ENVELOPE),
                judged("32: a dashed id in capitals", "{\"event_id\":\"9EC79C33-EC99-42AB-8353-589FCB2E04DC\"}\n")
                        .keptWithId(Endpoint.ENVELOPE),
                judged("33: an event without id gets one", "{}\n{\"type\":\"event\"}\n{}")
                        .keptWithNewId(Endpoint.ENVELOPE),
                judged("33: so does a transaction", "{}\n{\"type\":\"transaction\"}\n{}")
                        .keptWithNewId(Endpoint.ENVELOPE),
                judged("33: so does an attachment", "{}\n{\"type\":\"attachment\"}\nx")
                        .keptWithNewId(Endpoint.ENVELOPE),
                judged("33: so does feedback", "{}\n{\"type\":\"feedback\"}\n{}")
                        .keptWithNewId(Endpoint.ENVELOPE),
                judged("2.4: a client report does not", "{}\n{\"type\":\"client_report\"}\n{}")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("2.4: a check-in does not", "{}\n{\"type\":\"check_in\"}\n{}")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("36: trace of a wrong shape", "{\"trace\":5}\n").keptWithoutId(Endpoint.ENVELOPE),
                judged("unknown keys", "{\"x\":[{}],\"x\":1}\n").keptWithoutId(Endpoint.ENVELOPE),
                judged("2.2: what is for servers only", "{\"origin\":\"https://evil.example\",\"remote_addr\":5}\n")
                        .keptWithoutId(Endpoint.ENVELOPE),
                judged("a header longer than is looked at", "{\"x\":\"" + "y".repeat(9000) + "\"}\n")
                        .keptWithoutId(Endpoint.ENVELOPE));
    }

    @TestFactory
    Stream<DynamicTest> whatFollowsTheFirstLineIsNotJudgedByTheGateway() {
        return SCENE.show(
                later("10: an unknown item", "{\"type\":\"invalid_unknown\"}\nhelloworld\n"),
                later("21: a carriage return in a payload", "{\"type\":\"attachment\"}\nx\r\n"),
                later("23: two newlines at the end", "{\"type\":\"event\"}\n{}\n\n"),
                later("26: a length beyond the end", "{\"type\":\"event\",\"length\":41}\n{}"),
                later("27: a length that is too small", "{\"type\":\"event\",\"length\":1}\n{}"),
                later("28: an item without type", "{}\n{}"),
                later("29: a length that is a text", "{\"type\":\"event\",\"length\":\"2\"}\n{}"),
                later("29: a length below zero", "{\"type\":\"event\",\"length\":-1}\n{}"),
                later("34: an item for servers", "{\"type\":\"integration\"}\n{}"),
                later("37: an event that is no JSON", "{\"type\":\"event\"}\nrubbish"),
                later("38: two events", "{\"type\":\"event\"}\n{}\n{\"type\":\"event\"}\n{}"),
                later("39: a hundred and one sessions", "{\"type\":\"session\"}\n{}\n".repeat(101)),
                later("40: a container without content type", "{\"type\":\"log\"}\n{}"),
                later("41: an unknown kind of attachment", "{\"type\":\"attachment\",\"attachment_type\":\"x\"}\nx"),
                later("no item header at all", "rubbish"),
                later("bytes that are no text", "\0\1\2\u00ff"));
    }

    @TestFactory
    Stream<DynamicTest> theContentTypeOfAnEnvelopeIsIgnored() {
        return Stream.of(
                        "application/x-sentry-envelope",
                        "text/plain;charset=UTF-8",
                        "application/x-www-form-urlencoded",
                        "multipart/form-data",
                        "multipart/form-data; boundary=x",
                        "application/json",
                        "nonsense",
                        "")
                .flatMap(type -> SCENE.show(Rule.envelope("1.4", "content type '%s'".formatted(type))
                        .auth()
                        .type(type)
                        .keptWithId(Endpoint.ENVELOPE)));
    }

    @TestFactory
    Stream<DynamicTest> answersAreNeverCompressed() {
        return Stream.of("gzip", "gzip, deflate, br, zstd", "identity;q=0, *", "br")
                .flatMap(accepted -> SCENE.show(
                        Rule.envelope("1.2", "kept, though %s is accepted".formatted(accepted))
                                .auth()
                                .header("Accept-Encoding", accepted)
                                .keptWithId(Endpoint.ENVELOPE)
                                .withHeader("Content-Type", "application/json"),
                        Rule.envelope("1.2", "refused, though %s is accepted".formatted(accepted))
                                .header("Accept-Encoding", accepted)
                                .rejected(401, "missing authorization information")));
    }

    @Test
    void theReceiptHoldsTheHeadersOfTheRequest() throws Exception {
        RawEnvelope.Receipt receipt = receiptOf(
                "X-Sentry-Auth: " + Rule.AUTH,
                "User-Agent: agent/1",
                "Origin: https://shop.example",
                "X-Forwarded-For: 10.9.8.7, 10.0.0.1",
                "Content-Type: text/plain");

        assertThat(receipt.client()).isEqualTo("t/1");
        assertThat(receipt.userAgent()).isEqualTo("agent/1");
        assertThat(receipt.origin()).isEqualTo("https://shop.example");
        assertThat(receipt.remoteAddress()).isEqualTo("10.9.8.7");
        assertThat(receipt.contentType()).isEqualTo("text/plain");
        assertThat(receipt.eventId()).hasToString(ID);
    }

    @Test
    void aSenderWithoutAClientNameIsRecordedByUserAgentAndAddress() throws Exception {
        RawEnvelope.Receipt receipt = receiptOf(
                "X-Sentry-Auth: Sentry sentry_key=" + ConformanceProjects.KEY,
                "User-Agent: agent/1",
                "Referer: https://shop.example/cart");

        assertThat(receipt.client()).isEqualTo("agent/1");
        assertThat(receipt.origin()).isEqualTo("https://shop.example/cart");
        assertThat(receipt.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(receipt.contentType()).isNull();
        assertThat(receipt.contentEncoding()).isNull();
    }

    @Test
    void theAddressOfASenderBehindATrustedProxyIsTakenFromTheProxysHeader() throws Exception {
        RawEnvelope.Receipt receipt = receiptOf(
                "X-Sentry-Auth: " + Rule.AUTH,
                "X-Forwarded-For: 198.51.100.1, 203.0.113.7",
                "X-Forwarded-For: 10.0.0.1");

        assertThat(receipt.remoteAddress())
                .as("the right-most that is no proxy's")
                .isEqualTo("203.0.113.7");
    }

    @Test
    void anEnvelopeThatIsNotKeptIsNeverAnswered200() throws Exception {
        SCENE.publishingBecomes(new Publication.Unavailable("no broker"));

        Rule.envelope("1.2", "no broker")
                .auth()
                .rejected(503, "no broker")
                .withHeader("Retry-After", "5")
                .check(SCENE);
    }

    @Test
    void unknownKeysGetATemporaryErrorWhileProjectsAreStillLoading() throws Exception {
        SCENE.projects().complete(false);

        for (String target : List.of(
                "/api/99/envelope/?sentry_key=" + ConformanceProjects.KEY,
                "/api/42/envelope/?sentry_key=" + "9".repeat(32),
                "/api/store/?sentry_key=" + "9".repeat(32))) {
            Rule.of("1.2", "just started")
                    .post(target)
                    .body(ENVELOPE)
                    .rejected(503, "does not know all projects yet")
                    .withHeader("Retry-After", "5")
                    .check(SCENE);
        }
        Rule.report("S5", "just started", "/api/v1/events")
                .body("{\"project_key\":\"unheard-of\",\"message\":\"m\"}")
                .rejected(503, "does not know all projects yet")
                .withHeader("Retry-After", "5")
                .check(SCENE);
    }

    @Test
    void knownKeysAreAcceptedWhileProjectsAreStillLoading() throws Exception {
        SCENE.projects().complete(false);

        Rule.envelope("1.2", "just started")
                .auth()
                .kept(Endpoint.ENVELOPE, 200)
                .eventId(ID)
                .check(SCENE);
        Rule.report("S5", "just started", "/api/v1/events")
                .body("{\"project_key\":\"shop\",\"message\":\"m\"}")
                .keptWithNewId(Endpoint.ERROR_REPORT)
                .check(SCENE);
    }

    private static RawEnvelope.Receipt receiptOf(String... headers) throws Exception {
        SCENE.forget();
        try (Wire wire = SCENE.connect()) {
            wire.say("POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(String.join("\r\n", headers), ENVELOPE.length(), ENVELOPE));
            assertThat(wire.response().status()).isEqualTo(200);
        }
        return SCENE.nextKept().receipt();
    }

    private static Rule judged(String words, String body) {
        return Rule.of("2.7", words).post("/api/42/envelope/").auth().body(body);
    }

    private static Rule later(String words, String items) {
        return Rule.of("2.7", words)
                .post("/api/42/envelope/")
                .auth()
                .body(HEADER + "\n" + items)
                .keptWithId(Endpoint.ENVELOPE);
    }
}
