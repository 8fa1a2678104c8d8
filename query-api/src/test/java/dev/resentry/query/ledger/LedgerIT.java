package dev.resentry.query.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LedgerIT {
    private static final Instant AT = Instant.parse("2026-11-17T12:00:00.123456Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final long PROJECT = ROWS.project("accounted");

    @Test
    void aTimeInWhichNothingCameBalances() {
        JsonNode balance = API.get("/api/v1/ledger/balance?from=2026-10-01T00:00:00Z&to=2026-10-02T00:00:00Z")
                .json();

        assertThat(balance.at("/envelopes/accepted").asLong()).isZero();
        assertThat(balance.at("/envelopes/in_flight").asLong()).isZero();
        assertThat(balance.at("/envelopes/difference").asLong()).isZero();
        assertThat(balance.at("/items/difference").asLong()).isZero();
        assertThat(API.get("/api/v1/ledger/balance?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theFateOfAnEventIsFoundByItsIdAndByThatOfItsEnvelope() {
        UUID envelope = ROWS.envelope(PROJECT, AT, "envelope", null, "{}".getBytes(UTF_8));
        UUID event = UUID.randomUUID();
        ROWS.item(envelope, AT, 0, PROJECT, "event", 20, 7, event);
        API.database().sql("""
                        INSERT INTO event_identities (project_id, event_id, received_at)
                        SELECT project_id, event_id, received_at FROM envelope_items WHERE event_id = :event
                        """).param("event", event).update();
        API.database().sql("""
                        UPDATE envelopes SET topic_id = gen_random_uuid(), partition = 3, record_offset = 77, gateway = 'front-1',
                                             processed_at = received_at + interval '1 second'
                        WHERE id = :id
                        """).param("id", envelope).update();

        for (String id : new String[] {StoredRows.hex(event), envelope.toString()}) {
            JsonNode entry = API.get("/api/v1/ledger/" + id).json();
            assertThat(entry.path("known").asBoolean()).isTrue();
            JsonNode found = entry.at("/envelopes/0");
            assertThat(found.path("id").asString()).isEqualTo(envelope.toString());
            assertThat(found.path("gateway").asString()).isEqualTo("front-1");
            assertThat(found.path("partition").asInt()).isEqualTo(3);
            assertThat(found.path("offset").asLong()).isEqualTo(77);
            assertThat(found.path("processed_at").asString()).isEqualTo("2026-11-17T12:00:01.123456Z");
            assertThat(found.path("fate").asString()).isEqualTo("stored");
            assertThat(found.at("/items/0/outcome").asString()).isEqualTo("stored");
        }
    }

    @Test
    void ofAnUnknownIdItSaysWhatWasRefusedAboutThatTime() {
        API.database().sql("""
                        INSERT INTO outcome_totals (project_id, hour, category, outcome, reason, source, items, quantity)
                        VALUES (:project, '2026-11-17T11:00:00Z', 'error', 'rate_limited', 'hourly', 'gateway', 0, 9),
                               (:project, '2026-11-17T11:00:00Z', 'error', 'stored', '', 'processor', 0, 5)
                        """).param("project", PROJECT).update();

        JsonNode entry = API.get("/api/v1/ledger/" + StoredRows.envelopeId(AT) + "?project=" + PROJECT)
                .json();

        assertThat(entry.path("known").asBoolean()).isFalse();
        assertThat(entry.path("in_flight").asLong()).isZero();
        assertThat(entry.path("refused").size()).isEqualTo(1);
        assertThat(entry.at("/refused/0/outcome").asString()).isEqualTo("rate_limited");
        assertThat(entry.at("/refused/0/quantity").asLong()).isEqualTo(9);
        assertThat(API.get("/api/v1/ledger/no-id").status()).isEqualTo(400);
        assertThat(API.get("/api/v1/outcomes?project=" + PROJECT + "&from=2026-11-17T00:00:00Z&to=2026-11-18T00:00:00Z")
                        .json()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aDeadLetterIsFoundByItsEnvelope() {
        UUID envelope = StoredRows.envelopeId(AT);
        ROWS.deadLetter(PROJECT, envelope);

        JsonNode entry = API.get("/api/v1/ledger/" + envelope).json();

        assertThat(entry.path("known").asBoolean()).isTrue();
        assertThat(entry.at("/dead_letters/0/reason").asString()).isEqualTo("invalid_envelope");
    }
}
