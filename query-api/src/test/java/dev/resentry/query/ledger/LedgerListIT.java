package dev.resentry.query.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LedgerListIT {
    private static final Instant AT = Instant.parse("2026-11-16T09:00:00Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final long PROJECT = ROWS.project("ledger-listed");

    private static final UUID PLAIN = envelope(0, "stored");
    private static final UUID TWICE = envelope(1, "stored", "duplicate");
    private static final UUID DEAD_ITEM = envelope(2, "stored", "dropped invalid_json");
    private static final UUID LIMITED = envelope(3, "dropped rate_limited", "dropped rate_limited");
    private static final UUID DEAD = deadEnvelope(4);
    private static final UUID FILTERED = envelope(5, "filtered localhost", "filtered localhost");

    @Test
    void everythingIsListedTheNewestFirstWithWhatBecameOfItsItems() {
        List<JsonNode> rows = list("");

        assertThat(ids(rows)).containsExactly(FILTERED, DEAD, LIMITED, DEAD_ITEM, TWICE, PLAIN);
        JsonNode row = rows.get(3);
        assertThat(row.path("fate").asString()).isEqualTo("stored");
        assertThat(row.path("items").asInt()).isEqualTo(2);
        assertThat(row.at("/outcomes/stored").asInt()).isEqualTo(1);
        assertThat(row.at("/outcomes/dead").asInt()).isEqualTo(1);
        assertThat(row.at("/outcomes/dropped").asInt()).isZero();
        assertThat(row.path("types").valueStream().map(JsonNode::asString)).containsExactly("attachment", "event");
        assertThat(row.path("size").asInt()).isEqualTo(2);
        assertThat(rows.get(1).path("fate").asString()).isEqualTo("dead");
        assertThat(rows.get(1).path("reason").asString()).isEqualTo("invalid_envelope");
    }

    @Test
    void anOutcomeIsThatOfTheEnvelopeOrOfOneOfItsItems() {
        assertThat(ids(list("&outcome=stored"))).containsExactly(DEAD_ITEM, TWICE, PLAIN);
        assertThat(ids(list("&outcome=duplicate"))).containsExactly(TWICE);
        assertThat(ids(list("&outcome=dropped"))).containsExactly(LIMITED);
        assertThat(ids(list("&outcome=dead"))).containsExactly(DEAD, DEAD_ITEM);
        assertThat(ids(list("&outcome=filtered"))).containsExactly(FILTERED);
        assertThat(list("&outcome=filtered").getFirst().at("/outcomes/filtered").asInt())
                .isEqualTo(2);
        assertThat(ids(list("&reason=localhost"))).containsExactly(FILTERED);
        assertThat(ids(list("&reason=level"))).isEmpty();
        assertThat(ids(list("&outcome=dropped&reason=localhost"))).isEmpty();
        assertThat(ids(list("&reason=invalid_json"))).containsExactly(DEAD_ITEM);
        assertThat(ids(list("&outcome=dropped&reason=invalid_json"))).isEmpty();
    }

    @Test
    void pagesFollowOneAnother() {
        List<UUID> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = page("&outcome=dead&limit=1" + cursor);
            page.path("results")
                    .forEach(row -> seen.add(UUID.fromString(row.path("id").asString())));
            cursor = page.path("next").isNull()
                    ? ""
                    : "&cursor=" + page.path("next").asString();
        } while (!cursor.isEmpty());

        assertThat(seen).containsExactly(DEAD, DEAD_ITEM);
    }

    @Test
    void aTimeBeginsWithItsFirstMomentAndEndsBeforeItsLast() {
        assertThat(ids(list("&from=%s&to=%s".formatted(AT.plusSeconds(1), AT.plusSeconds(3)))))
                .containsExactly(DEAD_ITEM, TWICE);
        assertThat(ids(list("&outcome=dead&to=" + AT.plusSeconds(4)))).containsExactly(DEAD_ITEM);
    }

    @Test
    void whatCannotBeAskedForIsNamed() {
        assertThat(API.get("/api/v1/ledger?outcome=gone").json().path("message").asString())
                .contains("'gone' (expected: stored, duplicate, dropped, filtered, dead)");
        assertThat(API.get("/api/v1/ledger?reason=mood").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/ledger?outcome=stored&reason=internal").status())
                .isEqualTo(400);
        assertThat(API.get("/api/v1/ledger?project=999999").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/ledger?from=%s&to=%s".formatted(AT, AT)).status())
                .isEqualTo(400);
    }

    private static List<JsonNode> list(String filter) {
        return page(filter).path("results").valueStream().toList();
    }

    private static JsonNode page(String filter) {
        return API.get("/api/v1/ledger?project=%d%s".formatted(PROJECT, filter)).json();
    }

    private static List<UUID> ids(List<JsonNode> rows) {
        return rows.stream()
                .map(row -> UUID.fromString(row.path("id").asString()))
                .toList();
    }

    /** The first item is an event, the others are attachments. */
    private static UUID envelope(int second, String... outcomes) {
        Instant at = AT.plusSeconds(second);
        UUID id = ROWS.envelope(PROJECT, at, "envelope", null, "{}".getBytes(UTF_8));
        for (int i = 0; i < outcomes.length; i++) {
            String[] words = outcomes[i].split(" ");
            ROWS.item(id, at, i, PROJECT, i == 0 ? "event" : "attachment", 0, 1, UUID.randomUUID(), words[0]);
            if (words.length > 1) {
                API.database()
                        .sql("""
                                UPDATE envelope_items SET drop_reason = :reason, drop_cause = 'a test'
                                WHERE envelope_id = :id AND position = :position
                                """)
                        .param("reason", words[1])
                        .param("id", id)
                        .param("position", i)
                        .update();
            }
        }
        return id;
    }

    private static UUID deadEnvelope(int second) {
        UUID id = envelope(second);
        API.database().sql("""
                        UPDATE envelopes SET outcome = 'dropped', drop_reason = 'invalid_envelope', drop_cause = 'a test',
                                             item_count = 0
                        WHERE id = :id
                        """).param("id", id).update();
        return id;
    }
}
