package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.event.EventId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One rule of the ingest protocol, shown by one request: what is sent, what is answered and what is kept. Whatever a case
 * does not mention is checked all the same: what every answer has, the shape of refusals, and a receipt without surprises.
 */
final class Rule {
    static final String ID = "9ec79c33ec9942ab8353589fcb2e04dc";
    static final String ENVELOPE = "{\"event_id\":\"%s\"}\n{\"type\":\"event\"}\n{}\n".formatted(ID);
    static final String EVENT = "{\"event_id\":\"%s\",\"message\":\"x\"}".formatted(ID);
    static final String AUTH = "Sentry sentry_version=7, sentry_client=t/1, sentry_key=" + ConformanceProjects.KEY;

    private final String section;
    private final String words;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> answerHeaders = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();
    private String method = "POST";
    private String target = "/api/42/envelope/";
    private byte[] body = {};
    private int status = 200;
    private boolean report;
    private @Nullable String wholeAnswer;

    private @Nullable Endpoint endpoint;
    private byte @Nullable [] keptBody;
    private @Nullable String query;
    private @Nullable String slug;
    private @Nullable String eventId;
    private boolean newId;
    private long project = 42;
    private String key = ConformanceProjects.KEY;

    private Rule(String section, String words) {
        this.section = section;
        this.words = words;
    }

    /** A rule of a section of the ingest protocol, or of our own features by their letter. */
    static Rule of(String section, String words) {
        return new Rule(section, words);
    }

    /** A good envelope without credentials. */
    static Rule envelope(String section, String words) {
        return of(section, words).post("/api/42/envelope/").body(ENVELOPE);
    }

    /** One of our own doors, whose refusals have the shape of S5. */
    static Rule report(String section, String words, String path) {
        Rule rule = of(section, words).post(path).type("application/json");
        rule.report = true;
        return rule;
    }

    Rule post(String path) {
        return method("POST", path);
    }

    Rule get(String path) {
        return method("GET", path);
    }

    Rule method(String name, String path) {
        method = name;
        target = path;
        return this;
    }

    Rule header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Rule auth() {
        return header("X-Sentry-Auth", AUTH);
    }

    Rule type(String contentType) {
        return header("Content-Type", contentType);
    }

    Rule encoding(String contentEncoding) {
        return header("Content-Encoding", contentEncoding);
    }

    Rule body(String text) {
        return body(text.getBytes(UTF_8));
    }

    Rule body(byte[] bytes) {
        body = bytes;
        return this;
    }

    /** Refused, with these words in the answer. */
    Rule rejected(int code, String... fragments) {
        status = code;
        said.addAll(List.of(fragments));
        return this;
    }

    /** Answered without anything to be kept. */
    Rule answered(int code) {
        return rejected(code);
    }

    Rule withHeader(String name, String value) {
        answerHeaders.put(name, value);
        return this;
    }

    /** Kept as it came, with this status and exactly this in the answer's body. */
    Rule kept(Endpoint kind, int code, String response) {
        kept(kind, code);
        wholeAnswer = response;
        return this;
    }

    Rule kept(Endpoint kind, int code) {
        endpoint = kind;
        status = code;
        return this;
    }

    /** Kept, and answered with the id the sender gave. */
    Rule keptWithId(Endpoint kind) {
        return kept(kind, 200, "{\"id\":\"%s\"}".formatted(ID)).eventId(ID);
    }

    /** Kept, and answered with an id of our own making. */
    Rule keptWithNewId(Endpoint kind) {
        newId = true;
        return kept(kind, 200);
    }

    /** Kept, and answered with no id as there is no event. */
    Rule keptWithoutId(Endpoint kind) {
        return kept(kind, 200, "{}");
    }

    Rule eventId(String id) {
        eventId = id;
        return this;
    }

    Rule newEventId() {
        newId = true;
        return this;
    }

    Rule query(String raw) {
        query = raw;
        return this;
    }

    Rule slug(String name) {
        slug = name;
        return this;
    }

    Rule bodyIs(String text) {
        keptBody = text.getBytes(UTF_8);
        return this;
    }

    Rule ofProject(long id, String publicKey) {
        project = id;
        key = publicKey;
        return this;
    }

    void check(IngestScene scene) throws IOException, InterruptedException {
        scene.forget();
        WireResponse response = response(scene);

        assertThat(response.status()).as("%s; %s", this, response.text()).isEqualTo(status);
        said.forEach(fragment -> assertThat(response.text()).contains(fragment));
        assertThat(response.headers()).containsAllEntriesOf(lowerCased(answerHeaders));
        if (wholeAnswer != null) {
            assertThat(response.text()).isEqualTo(wholeAnswer);
        }
        assertEveryAnswersHeaders(response);
        if (status >= 400) {
            assertRefusalsShape(response);
        }
        if (endpoint != null) {
            assertReceipt(scene.nextKept(), response);
        }
        scene.assertNothingElseKept();
    }

    private WireResponse response(IngestScene scene) throws IOException {
        try (Wire wire = scene.connect()) {
            wire.say(request());
            WireResponse response = method.equals("HEAD") ? wire.answerWithoutBody() : wire.response();
            assertThat(wire.ends()).as("the connection ends as was asked").isTrue();
            return response;
        }
    }

    private static Map<String, String> lowerCased(Map<String, String> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    /** Sections 1.2 and 1.5. */
    private static void assertEveryAnswersHeaders(WireResponse response) {
        assertThat(response.headers())
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("access-control-expose-headers", "x-sentry-error, x-sentry-rate-limits, retry-after")
                .containsEntry("server", "resentry")
                .containsEntry("cross-origin-resource-policy", "cross-origin")
                .containsKey("content-length")
                .doesNotContainKeys("content-encoding", "transfer-encoding", "access-control-allow-credentials");
    }

    private void assertRefusalsShape(WireResponse response) {
        if (method.equals("HEAD")) {
            return;
        }
        assertThat(response.header("content-type")).isEqualTo("application/json");
        JsonNode json = response.json();
        if (report) {
            assertThat(json.propertyNames()).containsExactlyInAnyOrder("error", "message", "status_code", "details");
            assertThat(json.get("status_code").asInt()).isEqualTo(status);
            assertThat(json.get("message").asString()).isNotBlank();
            assertThat(json.get("details").isObject()).isTrue();
        } else {
            assertThat(json.get("detail").asString()).isNotBlank();
            assertThat(json.get("causes").isArray()).isTrue();
            assertThat(response.header("x-sentry-error")).isNotBlank();
        }
    }

    private void assertReceipt(RawEnvelope envelope, WireResponse response) {
        RawEnvelope.Receipt receipt = envelope.receipt();
        assertThat(envelope.body()).isEqualTo(keptBody == null ? body : keptBody);
        assertThat(receipt.endpoint()).isEqualTo(endpoint);
        assertThat(receipt.projectId().value()).isEqualTo(project);
        assertThat(receipt.publicKey()).hasToString(key);
        assertThat(receipt.query()).isEqualTo(query);
        assertThat(receipt.slug()).isEqualTo(slug);
        assertThat(receipt.contentType()).isEqualTo(headers.get("Content-Type"));
        assertThat(receipt.contentEncoding()).isEqualTo(keptBody == null ? headers.get("Content-Encoding") : null);
        assertThat(receipt.limited()).isEmpty();
        if (newId) {
            assertThat(receipt.eventId()).isEqualTo(new EventId(receipt.id().value()));
            assertThat(response.text().replace("-", ""))
                    .satisfiesAnyOf(
                            text -> assertThat(text).contains(receipt.eventId().toString()),
                            // Browsers and attachments are told nothing.
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).startsWith("GIF89a"));
        } else if (eventId == null) {
            assertThat(receipt.eventId()).isNull();
        } else {
            assertThat(receipt.eventId()).hasToString(eventId);
        }
    }

    private byte[] request() {
        var out = new ByteArrayOutputStream();
        out.writeBytes("%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                .formatted(method, target)
                .getBytes(ISO_8859_1));
        headers.forEach((name, value) ->
                out.writeBytes("%s: %s\r\n".formatted(name, value).getBytes(ISO_8859_1)));
        if (body.length > 0 || method.equals("POST")) {
            out.writeBytes("Content-Length: %d\r\n".formatted(body.length).getBytes(ISO_8859_1));
        }
        out.writeBytes("\r\n".getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(section, words);
    }
}
