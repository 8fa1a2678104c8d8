package dev.resentry.query.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EnvelopesIT {
    private static final Instant AT = Instant.parse("2026-11-18T12:00:00.123456Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final long PROJECT = ROWS.project("enveloped");

    @Test
    void showsAnEnvelopeItsItemsAndItsBytes() throws IOException {
        byte[] body = gzip("{}\n{\"type\":\"event\"}\n{\"a\":1}\n");
        UUID id = ROWS.envelope(PROJECT, AT, "envelope", "gzip", body);
        UUID event = UUID.randomUUID();
        ROWS.item(id, AT, 0, PROJECT, "event", 20, 7, event);
        String path = "/api/v1/envelopes/" + id;

        JsonNode envelope = API.get(path + "/").json();
        assertThat(envelope.path("id").asString()).isEqualTo(id.toString());
        assertThat(envelope.path("project_id").asLong()).isEqualTo(PROJECT);
        assertThat(envelope.path("received_at").asString()).isEqualTo("2026-11-18T12:00:00.123456Z");
        assertThat(envelope.path("content_encoding").asString()).isEqualTo("gzip");
        assertThat(envelope.path("body_size").asInt()).isEqualTo(body.length);
        assertThat(envelope.path("outcome").asString()).isEqualTo("stored");

        JsonNode items = API.get(path + "/items/").json();
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.path(0).path("event_id").asString()).isEqualTo(StoredRows.hex(event));
        assertThat(items.path(0).path("size").asInt()).isEqualTo(7);

        Reply raw = API.get(path + "/raw");
        assertThat(raw.bytes()).isEqualTo(body);
        assertThat(raw.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(raw.header("Content-Encoding")).isEmpty();
        assertThat(raw.header("X-Resentry-Content-Encoding")).isEqualTo("gzip");
        assertThat(API.get(path + "/items/0/payload").text()).isEqualTo("{\"a\":1}");
        assertThat(API.get(path + "/items/1/payload").status()).isEqualTo(404);
    }

    @Test
    void cutsTheEventOutOfEachFormOfAStoreBody() throws IOException {
        String json = "{\"message\":\"hello\"}";
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(json.getBytes(UTF_8));
        }
        List<byte[]> bodies = List.of(
                json.getBytes(UTF_8),
                Base64.getEncoder().encode(json.getBytes(UTF_8)),
                Base64.getEncoder().encode(deflated.toByteArray()));

        for (byte[] body : bodies) {
            UUID id = ROWS.envelope(PROJECT, AT, "store", null, body);
            ROWS.item(id, AT, 0, PROJECT, "event", 0, json.length(), null);
            assertThat(API.get("/api/v1/envelopes/%s/items/0/payload".formatted(id))
                            .text())
                    .isEqualTo(json);
        }
    }

    @Test
    void saysSoWhenABodyCannotBeDecoded() {
        UUID id = ROWS.envelope(PROJECT, AT, "envelope", "gzip", new byte[] {1, 2, 3});
        ROWS.item(id, AT, 0, PROJECT, "event", 0, 1, null);

        Reply reply = API.get("/api/v1/envelopes/%s/items/0/payload".formatted(id));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asString()).isEqualTo("not_found");
    }

    @Test
    void listsThoseOfAProject() {
        long other = ROWS.project("listed-envelopes");
        List<UUID> ids = java.util.stream.IntStream.range(0, 7)
                .mapToObj(i -> ROWS.envelope(other, AT.plusSeconds(i), "envelope", null, new byte[] {1}))
                .toList()
                .reversed();
        String path = "/api/v1/projects/%d/envelopes/".formatted(other);

        JsonNode first = API.get(path + "?limit=4").json();
        JsonNode second = API.get(path + "?limit=4&cursor=" + first.path("next").asString())
                .json();

        assertThat(java.util.stream.Stream.of(first, second)
                        .flatMap(page -> page.path("results").valueStream())
                        .map(envelope -> UUID.fromString(envelope.path("id").asString())))
                .containsExactlyElementsOf(ids);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(API.get("/api/v1/projects/999999/envelopes/").status()).isEqualTo(404);
    }

    @Test
    void knowsNoSuchEnvelope() {
        for (String path : List.of("", "/items", "/raw", "/items/0/payload")) {
            assertThat(API.get("/api/v1/envelopes/" + StoredRows.envelopeId(AT) + path)
                            .status())
                    .isEqualTo(404);
            assertThat(API.get("/api/v1/envelopes/nonsense" + path).status()).isEqualTo(404);
            assertThat(API.get("/api/v1/envelopes/" + new UUID(-1, -1) + path).status())
                    .isEqualTo(404);
        }
    }

    private static byte[] gzip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
